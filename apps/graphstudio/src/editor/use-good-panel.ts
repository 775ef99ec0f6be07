import type { Panel } from "@nexus/protocol"
import { type RefObject, startTransition, useCallback, useEffect, useRef, useState } from "react"
import type { Reading } from "../language/messages.ts"
import type { CodeEditorHandle } from "./CodeEditor.tsx"

/** How long nobody types before the preview is painted anew; a panel that takes long to paint waits longer. */
const REST_MS = 120
const LONGEST_REST_MS = 1500

interface GoodPanel {
  /** The panel of the last text that worked. */
  readonly good: Panel | undefined
  /** Tell every reading of the text here. */
  readonly offer: (reading: Reading) => void
  /** Tell when the good panel is on the screen: how long that took decides how long the next one waits. */
  readonly painted: () => void
}

/**
 * While the text does not work the last panel that did lives on, so typing in the middle of a document never blanks the
 * preview. A panel is asked for only once the keys rest, because taking it over and painting it is the page's own work.
 */
export function useGoodPanel(code: RefObject<CodeEditorHandle | null>): GoodPanel {
  const [good, setGood] = useState<Panel>()
  const rests = useRef<ReturnType<typeof setTimeout>>(undefined)
  const startedAt = useRef<number>(undefined)
  const rest = useRef(REST_MS)

  useEffect(() => () => clearTimeout(rests.current), [])

  const painted = useCallback(() => {
    if (startedAt.current === undefined) return
    rest.current = Math.min(LONGEST_REST_MS, Math.max(REST_MS, 4 * (performance.now() - startedAt.current)))
  }, [])

  const offer = useCallback(
    (reading: Reading) => {
      clearTimeout(rests.current)
      if (!reading.works) return
      rests.current = setTimeout(async () => {
        startedAt.current = performance.now()
        const panel = await code.current?.workingPanel()
        if (panel) startTransition(() => setGood(panel))
      }, rest.current)
    },
    [code],
  )
  return { good, offer, painted }
}
