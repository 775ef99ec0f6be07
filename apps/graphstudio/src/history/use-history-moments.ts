import { useEffect, useMemo, useState } from "react"
import type { Moment } from "../timeline/moments.ts"
import { useTimeline } from "../timeline/use-timeline.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { momentOf } from "./entries.ts"

/** What happened here, oldest first, and what happens while one looks. `undefined` until it is here. */
export function useHistoryMoments(): {
  readonly moments: readonly Moment[] | undefined
  readonly error: string | undefined
} {
  const { mirror } = useDesk()
  const { moments, error } = useTimeline()
  const [since, setSince] = useState<readonly Moment[]>([])
  useEffect(
    () => mirror.onTouched((_, change) => change && setSince((before) => [...before, momentOf(change)])),
    [mirror],
  )
  const all = useMemo(() => {
    const known = new Map((moments ?? []).map((moment) => [moment.seq, moment]))
    for (const moment of since) known.set(moment.seq, moment)
    return [...known.values()].sort((a, b) => a.seq - b.seq)
  }, [moments, since])
  return { moments: moments && all, error }
}
