import { useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { gallerySource } from "../home/gallery-sources.ts"

/** A source that was fetched, or why it was not. */
interface Fetched {
  readonly folder: string
  readonly source?: string
  readonly failed?: string
}

/** The source of a gallery panel; nothing while it is on its way, and for no panel. */
export function useSource(folder: string | undefined): Fetched | undefined {
  const [fetched, setFetched] = useState<Fetched>()
  useEffect(() => {
    if (folder === undefined) return
    let here = true
    gallerySource(folder).then(
      (source) => here && setFetched({ folder, source }),
      (error: unknown) => here && setFetched({ folder, failed: sentence(error) }),
    )
    return () => {
      here = false
    }
  }, [folder])
  return fetched?.folder === folder ? fetched : undefined
}
