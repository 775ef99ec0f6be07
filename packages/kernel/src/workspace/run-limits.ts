import { type Actor, type Limits, NexusError, RunLimits, type RunLimitsAnswer } from "@nexus/protocol"
import * as z from "zod"
import type { ValueStore } from "../storage/journal.ts"

/**
 * What the handlers of one workspace may use: the kernel's limits, where an owner did not set less. Each run takes them as
 * they are when it begins and keeps them to its end. They stand in the journal's value store, with who set what, and not
 * in the graph: there an editor could write them, and an undo or a checkout would bring yesterday's back.
 */
const SPACE = "run-limits"
const KEY = "set"
const REMEMBERED = 50

const Kept = z.object({
  history: z
    .array(z.object({ at: z.number(), by: z.object({ id: z.string(), name: z.string() }), set: RunLimits }))
    .min(1),
})
type Kept = Readonly<z.infer<typeof Kept>>

export interface RunLimitsParts {
  readonly workspace: string
  readonly values: ValueStore
  /** The kernel's own. */
  readonly most: Limits
  readonly clock: () => number
}

export interface WorkspaceLimits {
  /** For the next run. */
  readonly now: Limits
  answer(): RunLimitsAnswer
  /** Resolves when it would survive a crash. Throws `invalid-input` for more than the kernel allows. */
  set(limits: RunLimits, by: Pick<Actor, "id" | "name">): Promise<RunLimitsAnswer>
}

export async function openRunLimits({ workspace, values, most, clock }: RunLimitsParts): Promise<WorkspaceLimits> {
  const found = await values.get(workspace, SPACE, KEY)
  let history = found === undefined ? [] : Kept.parse(JSON.parse(found)).history
  const now = (): Limits => lesser(most, history[0]?.set ?? {})
  const answer = (): RunLimitsAnswer => ({ set: history[0]?.set ?? {}, limits: now(), most, history: [...history] })
  return {
    get now() {
      return now()
    },
    answer,
    set: async (set, { id, name }) => {
      for (const [what, limit] of entriesOf(set)) {
        if (limit <= most[what]) continue
        const detail = `This kernel allows at most ${most[what]}, and ${limit} was asked for.`
        throw new NexusError({ code: "invalid-input", detail, path: `limits.${what}` })
      }
      const kept: Kept = { history: [{ at: clock(), by: { id, name }, set }, ...history].slice(0, REMEMBERED) }
      await values.set(workspace, SPACE, KEY, JSON.stringify(kept))
      history = kept.history
      return answer()
    },
  }
}

/** A kernel that was started anew with less allows less, whatever was set before. */
function lesser(most: Limits, set: RunLimits): Limits {
  const limits = { ...most }
  for (const [what, limit] of entriesOf(set)) limits[what] = Math.min(limit, most[what])
  return limits
}

function entriesOf(set: RunLimits): [keyof Limits, number][] {
  return RunLimits.keyof().options.flatMap((what) => {
    const limit = set[what]
    return limit === undefined ? [] : [[what, limit]]
  })
}
