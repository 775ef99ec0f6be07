import { useEffect, useState } from "react"
import { usePanel } from "./panel-context.ts"
import { word } from "./words.ts"

/** How far a file of the workspace is on its way to this page. */
export type Opening =
  | { readonly at: "none" | "waiting" }
  | { readonly at: "here"; readonly url: string }
  | { readonly at: "failed"; readonly message: string }

const NONE: Opening = { at: "none" }
const WAITING: Opening = { at: "waiting" }

/** Opens the file `id` for this page and lets it go again; `undefined` opens nothing. */
export function useOpenedFile(id: string | undefined): Opening {
  const { files } = usePanel()
  const [opened, setOpened] = useState<{ readonly id: string; readonly opening: Opening }>()
  useEffect(() => {
    if (id === undefined || !files) return
    const stop = new AbortController()
    let release: (() => void) | undefined
    files.open(id, stop.signal).then(
      (file) => {
        if (stop.signal.aborted) return file.release()
        release = () => file.release()
        setOpened({ id, opening: { at: "here", url: file.url } })
      },
      (error: unknown) => {
        if (stop.signal.aborted) return
        setOpened({ id, opening: { at: "failed", message: error instanceof Error ? error.message : String(error) } })
      },
    )
    return () => {
      stop.abort()
      release?.()
      setOpened(undefined)
    }
  }, [id, files])
  if (id === undefined) return NONE
  if (!files) return { at: "failed", message: word("Files of the workspace are shown in the studio.") }
  return opened?.id === id ? opened.opening : WAITING
}
