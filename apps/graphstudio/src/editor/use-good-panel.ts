import type { Panel } from "@nexus/protocol"
import { type RefObject, startTransition, useEffect, useState } from "react"
import type { Reading } from "../language/messages.ts"
import type { CodeEditorHandle } from "./CodeEditor.tsx"

/** How long nobody types before the preview is painted anew. */
const REST_MS = 120

/**
 * The panel of the last text that worked. While the text does not work the one before lives on, so typing in the middle of
 * a document never blanks the preview. It is asked for once the keys rest: painting is the page's own work.
 */
export function useGoodPanel(
  code: RefObject<CodeEditorHandle | null>,
  reading: Reading | undefined,
): Panel | undefined {
  const [good, setGood] = useState<Panel>()
  useEffect(() => {
    if (!reading?.works) return
    let here = true
    const rests = setTimeout(async () => {
      const panel = await code.current?.panel()
      if (here && panel) startTransition(() => setGood(panel))
    }, REST_MS)
    return () => {
      here = false
      clearTimeout(rests)
    }
  }, [code, reading])
  return good
}
