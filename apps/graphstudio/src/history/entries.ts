import type { Change } from "@nexus/protocol"
import { isTick, type Moment } from "../timeline/moments.ts"

export type HistoryFilter = "everything" | "mine"

/** One line of the history: a change, or several of the same hand and words in a row. */
export interface HistoryEntry {
  readonly last: Moment
  readonly count: number
  /** How many of one's own steps taking back leads to before this; absent where it is no step that can be taken back. */
  readonly back?: number
}

/** In a row and at most this long after one another, the same words by the same hand are one line. */
const TOGETHER_MS = 60_000

/**
 * The lines of a history, newest first. `undo` holds the refs of the steps that can be taken back, newest last. Clocks
 * that tick are left out: nobody did that.
 */
export function toEntries(
  moments: readonly Moment[],
  filter: HistoryFilter,
  self: string,
  undo: readonly { readonly refs: readonly string[] }[],
): readonly HistoryEntry[] {
  const depth = new Map(undo.flatMap(({ refs }, index) => refs.map((ref) => [ref, undo.length - index] as const)))
  const entries: HistoryEntry[] = []
  for (const moment of moments.toReversed()) {
    if (isTick(moment) || (filter === "mine" && !isOwn(moment, self, depth))) continue
    const back = moment.ref === undefined ? undefined : depth.get(moment.ref)
    const above = entries.at(-1)
    if (above && above.back === back && belongs(above.last, moment, above.count)) {
      entries[entries.length - 1] = { ...above, count: above.count + 1 }
    } else entries.push({ last: moment, count: 1, ...(back === undefined ? {} : { back }) })
  }
  return entries
}

function isOwn({ actor, ref }: Moment, self: string, depth: ReadonlyMap<string, number>): boolean {
  return actor?.id === self || (ref !== undefined && depth.has(ref))
}

function belongs(above: Moment, moment: Moment, count: number): boolean {
  const same = above.actor?.id === moment.actor?.id && above.summary === moment.summary
  return same && above.at - moment.at <= TOGETHER_MS * count
}

/** A change as it is heard, as a moment. */
export function momentOf({ seq, at, cause, submission }: Change): Moment {
  return { seq, at, summary: cause.reason, actor: cause.actor, ref: cause.run?.id ?? submission }
}
