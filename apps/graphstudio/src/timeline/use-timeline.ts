import { type ApiClient, endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import * as z from "zod"
import { sentence } from "../connect/sentence.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { type Mark, restarts, toMarks } from "./marks.ts"
import { type Moment, toMoments } from "./moments.ts"
import { TimelineEntry } from "./twin.ts"

const LIMIT = 2000

export interface Timeline {
  /** Oldest first; `undefined` until they are here. */
  readonly moments: readonly Moment[] | undefined
  /** What happened beside changes, oldest first. */
  readonly marks: readonly Mark[]
  /** The instant that counts as now on this timeline. */
  readonly now: number
  readonly error: string | undefined
}

/** What happened in the open workspace, read when the time slider opens. */
export function useTimeline(): Timeline {
  const { api, workspace } = useDesk()
  const [now] = useState(() => Date.now())
  const [moments, setMoments] = useState<readonly Moment[]>()
  const [marks, setMarks] = useState<readonly Mark[]>([])
  const [error, setError] = useState<string>()

  useEffect(() => {
    let here = true
    const query = { workspace, from: "0", to: String(now), limit: String(LIMIT) }
    api.call(endpoints.twinTimeline, { query }).then(
      async (answer) => {
        if (!here) return
        const entries = z.array(TimelineEntry).parse(answer.entries)
        setMoments(toMoments(entries))
        const others = await readMarks(api, workspace)
        if (here) setMarks(toMarks(entries, others))
      },
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [api, workspace, now])
  return { moments, marks, now, error }
}

const COMMITS = "100"

/** Commits, patches and restarts, as far as they can be read: the slider is of use without them. */
async function readMarks(api: ApiClient, workspace: string): Promise<readonly Mark[]> {
  const [history, proposed, started] = await Promise.allSettled([
    api.call(endpoints.listHistory, { query: { workspace, limit: COMMITS } }),
    api.call(endpoints.listPatches, { query: { workspace } }),
    api.call(endpoints.listStarts),
  ])
  const commits = history.status === "fulfilled" ? history.value.commits : []
  const patches = proposed.status === "fulfilled" ? proposed.value.patches : []
  return [
    ...(started.status === "fulfilled" ? restarts(started.value.starts) : []),
    ...commits.map(({ at, message }): Mark => ({ kind: "version", at, summary: message.split("\n")[0] ?? "" })),
    ...patches.map(({ createdAt, reason }): Mark => ({ kind: "patch", at: createdAt, summary: reason })),
  ]
}
