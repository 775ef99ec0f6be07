import type { TimelineEntry } from "./twin.ts"

/** What else happened than a change, and stands on the slider with a sign of its own. */
export type MarkKind = "version" | "patch" | "run" | "failed"

export interface Mark {
  readonly kind: MarkKind
  readonly at: number
  readonly summary: string
}

const MOST_RUNS = 200

/** Runs among the entries and what else there is, oldest first; of very many runs the newest, for a slider has no room for all. */
export function toMarks(entries: readonly TimelineEntry[], others: readonly Mark[] = []): readonly Mark[] {
  const ran = entries.flatMap(({ at, type, summary }): Mark[] => {
    if (type !== "execution_completed") return []
    return [{ kind: / failed /.test(summary) ? "failed" : "run", at, summary }]
  })
  const marks = [...ran, ...others].sort((one, other) => one.at - other.at)
  const runs = marks.filter(({ kind }) => kind === "run")
  const dropped = new Set(runs.slice(0, Math.max(0, runs.length - MOST_RUNS)))
  return marks.filter((mark) => !dropped.has(mark))
}
