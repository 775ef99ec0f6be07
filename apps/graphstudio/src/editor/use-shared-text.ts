import type { Failure, Writer } from "@nexus/protocol"
import type { SharedText } from "@nexus/reactor/text"
import { useEffect, useState } from "react"

/** How a shared text stands, as it is shown beside it. */
export interface TextStanding {
  readonly live: boolean
  readonly saved: boolean
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
  const onlyHere = standing !== undefined && !standing.live && !standing.saved
  useEffect(() => {
    if (!onlyHere) return
    // What the kernel does not have lives in this page alone; the browser asks before it is closed.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", ask)
    return () => removeEventListener("beforeunload", ask)
  }, [onlyHere])
  return standing
}

function standingOf(text: SharedText): TextStanding {
  const { live, others, failure } = text
  return { live, others, failure, saved: text.document.saved }
}
