import type { Actor } from "@nexus/protocol"
import type { TimelineEntry } from "./twin.ts"

/** An instant at which the workspace changed. */
export interface Moment {
  readonly seq: number
  readonly at: number
  readonly summary: string
  readonly actor?: Actor | undefined
  /** The submission or run it came from. */
  readonly ref?: string | undefined
}

/** The changes among the entries, one per seq, oldest first. */
export function toMoments(entries: readonly TimelineEntry[]): Moment[] {
  const bySeq = new Map<number, Moment>()
  for (const { seq, at, summary, actor, type, run, fields } of entries) {
    if (seq === undefined || (bySeq.has(seq) && type !== "change_committed")) continue
    const ref = run ?? fields?.submission
    bySeq.set(seq, { seq, at, summary, actor, ...(ref === undefined ? {} : { ref }) })
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** The last change at or before `at`; `undefined` before the first. */
export function momentAt(moments: readonly Moment[], at: number): Moment | undefined {
  let low = 0
  let high = moments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moments[middle]?.at ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1
    else high = middle
  }
  return moments[low - 1]
}

/** A clock's ticks are told from what people did: they are drawn faintly and stepped over. */
export function isTick({ actor }: Moment): boolean {
  return actor?.kind === "schedule"
}

/** The change before or after the one on screen, ticks aside; stepping past the last leads back to now, `undefined`. */
export function step(moments: readonly Moment[], at: number | undefined, direction: -1 | 1): Moment | undefined {
  const done = moments.filter((moment) => !isTick(moment))
  const stops = done.length > 0 ? done : moments
  if (direction > 0) return at === undefined ? undefined : stops.find((moment) => moment.at > at)
  const shown = at === undefined ? moments.at(-1) : momentAt(moments, at)
  return shown && stops.findLast(({ seq }) => seq < shown.seq)
}
