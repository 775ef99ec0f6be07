import { endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import * as z from "zod"
import { sentence } from "../connect/sentence.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { type Moment, toMoments } from "./moments.ts"
import { TimelineEntry } from "./twin.ts"

const LIMIT = 2000

export interface Timeline {
  /** Oldest first; `undefined` until they are here. */
  readonly moments: readonly Moment[] | undefined
  /** The instant that counts as now on this timeline. */
  readonly now: number
  readonly error: string | undefined
}

/** What happened in the open workspace, read when the time slider opens. */
export function useTimeline(): Timeline {
  const { api, workspace } = useDesk()
  const [now] = useState(() => Date.now())
  const [moments, setMoments] = useState<readonly Moment[]>()
  const [error, setError] = useState<string>()

  useEffect(() => {
    let here = true
    const query = { workspace, from: "0", to: String(now), limit: String(LIMIT) }
    api.call(endpoints.twinTimeline, { query }).then(
      ({ entries }) => here && setMoments(toMoments(z.array(TimelineEntry).parse(entries))),
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [api, workspace, now])
  return { moments, now, error }
}
