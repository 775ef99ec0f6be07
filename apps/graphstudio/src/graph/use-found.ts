import { endpoints, type QueryAnswer } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { useDesk } from "../workspace/desk-context.ts"

const REST_MS = 200
const MOST_FOUND = 20

export interface Found {
  readonly answer: QueryAnswer | undefined
  readonly error: string | undefined
}

/** What the kernel finds for these words in names and texts, once the keys rest; `cut` in it says that there is more. */
export function useFound(text: string): Found {
  const desk = useDesk()
  const [found, setFound] = useState<Found>({ answer: undefined, error: undefined })
  const words = text.trim()
  useEffect(() => {
    if (!words) return setFound({ answer: undefined, error: undefined })
    let here = true
    const query = { find: "text" as const, text: words, limit: MOST_FOUND }
    const timer = setTimeout(() => {
      desk.api.call(endpoints.queryGraph, { body: { workspace: desk.workspace, query } }).then(
        (answer) => here && setFound({ answer, error: undefined }),
        (error: unknown) => here && setFound({ answer: undefined, error: sentence(error) }),
      )
    }, REST_MS)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [desk, words])
  return found
}
