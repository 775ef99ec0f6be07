import { Change, ClientMessage, Failure, Operation, Role, Snapshot } from "@nexus/protocol"
import type { Conflict, Left, Queued } from "@nexus/reactor/client"
import * as z from "zod"

/**
 * What the browser's database gives back, parsed like anything from outside: an earlier version of this page may have
 * written it. A graph that is not understood is asked for again; of a queue, what is understood is taken and the rest
 * stays where it is.
 */
const StepRecord = z.object({
  refs: z.array(z.string()),
  group: z.string().optional(),
  what: z.string().optional(),
  operations: z.array(Operation),
})
const Steps = z.object({ undo: z.array(StepRecord), redo: z.array(StepRecord) })
const Graph = z.object({ role: Role, snapshot: Snapshot })
const ConflictRecord = z.object({
  ref: z.string(),
  at: z.number(),
  reason: z.string(),
  operations: z.array(Operation),
  failure: Failure,
})
const QueuedRecord = z.object({ message: ClientMessage, at: z.number(), undoes: z.array(z.string()) })

export function parseSteps(value: unknown): Left["steps"] {
  const parsed = Steps.safeParse(value)
  if (!parsed.success) return { undo: [], redo: [] }
  const toSteps = (steps: z.infer<typeof StepRecord>[]) =>
    steps.map(({ refs, group, what, operations }) => ({
      refs,
      group,
      operations,
      ...(what === undefined ? {} : { what }),
    }))
  return { undo: toSteps(parsed.data.undo), redo: toSteps(parsed.data.redo) }
}

export function parseConfirmed(graph: unknown, changes: readonly unknown[]): Left["confirmed"] {
  const parsed = Graph.safeParse(graph)
  if (!parsed.success) return undefined
  const { role, snapshot } = parsed.data
  const followed: Change[] = []
  let { seq } = snapshot
  for (const value of changes) {
    const change = Change.safeParse(value)
    if (!change.success) break
    if (change.data.seq !== seq + 1) continue
    followed.push(change.data)
    seq += 1
  }
  return { role, snapshot, changes: followed }
}

export function parseConflicts(values: readonly unknown[]): readonly Conflict[] {
  return values.flatMap((value) => {
    const parsed = ConflictRecord.safeParse(value)
    return parsed.success ? [parsed.data] : []
  })
}

export function parseQueued(value: unknown): Queued | undefined {
  const parsed = QueuedRecord.safeParse(value)
  if (!parsed.success) return undefined
  const { message, at, undoes } = parsed.data
  const isRequest = message.kind === "operations_submit" || message.kind === "handler_trigger"
  return isRequest ? { message, at, undoes } : undefined
}
