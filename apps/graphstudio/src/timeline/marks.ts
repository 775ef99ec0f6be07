import type { KernelStart } from "@nexus/protocol"
import { say } from "../words/say.ts"
import type { TimelineEntry } from "./twin.ts"

/** What else happened than a change, and stands on the slider with a sign of its own. */
export type MarkKind = "version" | "patch" | "run" | "failed" | "restart"

export interface Mark {
  readonly kind: MarkKind
  readonly at: number
  readonly summary: string
}

const MOST_RUNS = 200

/** The times that Nexus was started again, by its starts, newest first: the first of them all is no restart. */
export function restarts(starts: readonly KernelStart[]): readonly Mark[] {
  return starts.slice(0, -1).map(({ at }, index) => {
    const orderly = starts[index + 1]?.endedAt !== undefined
    const summary = orderly
      ? say("Nexus was stopped and started again")
      : say("Nexus ended without a word and was started again")
    return { kind: "restart", at, summary }
  })
}

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
