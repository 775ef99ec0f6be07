import type { Failure, Writer } from "@nexus/protocol"
import type { SharedText } from "@nexus/reactor/text"
import { useEffect, useState } from "react"

/** How a shared text stands, as it is shown beside it. */
export interface TextStanding {
  readonly live: boolean
  readonly saved: boolean
  /** What the kernel does not have: would it be there again without this page, and did the browser refuse to keep it? */
  readonly safe: boolean
  readonly unkept: boolean
  readonly others: readonly Writer[]
  readonly failure: Failure | undefined
}

/** Looking at the whole text for each key would cost more than the key. */
const LOOK_MS = 150

export function useSharedText(text: SharedText | undefined): TextStanding | undefined {
  const [standing, setStanding] = useState(() => text && standingOf(text))
  useEffect(() => {
    if (!text) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      rest = undefined
      setStanding(standingOf(text))
    }
    const soon = () => {
      rest ??= setTimeout(look, LOOK_MS)
    }
    const listen = () => text.document.doc.on("update", soon)
    listen()
    const stops = [text.onNews(soon), text.onReplaced(listen)]
    look()
    return () => {
      clearTimeout(rest)
      text.document.doc.off("update", soon)
      for (const stop of stops) stop()
    }
  }, [text])
  const onlyHere = standing !== undefined && !standing.live && !standing.saved && !standing.safe
  useEffect(() => {
    if (!onlyHere) return
    // Neither the kernel nor the browser's database has it: it lives in this page alone.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", ask)
    return () => removeEventListener("beforeunload", ask)
  }, [onlyHere])
  return standing
}

function standingOf(text: SharedText): TextStanding {
  const { live, others, failure, safe, unkept } = text
  return { live, others, failure, safe, unkept, saved: text.document.saved }
}
