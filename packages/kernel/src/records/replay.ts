import {
  createId,
  equalJson,
  type Failure,
  type Json,
  type Outcome,
  type RecordedOutcome,
  type RunRecord,
} from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import { withoutCredentials } from "./redact.ts"

/**
 * A run once more, from its record alone: the sandbox is given turn by turn what it was given then, and what it gives back
 * is held against what it gave back then. No kernel takes part: nothing is written and nobody is asked.
 */
export interface Replayed {
  readonly run: string
  /** Everything came out as it was recorded. */
  readonly equal: boolean
  /** What did not, in the first turn that came out differently. */
  readonly differences: readonly Difference[]
  /** Secrets were replaced in the record: what a handler makes of one, such as its length, comes out differently. */
  readonly redacted: boolean
  /** Why it could not be replayed, or why its differences say nothing of the handler; in words. */
  readonly notReplayable?: string
}

export interface Difference {
  readonly turn: number
  readonly what: "status" | "value" | "effects" | "calls" | "failure"
  readonly recorded: Json
  readonly now: Json
}

/** What a handler does by itself. Other failures are of the sandbox and its surroundings. */
const OWN: ReadonlySet<Failure["code"]> = new Set([
  "handler-failed",
  "handler-timeout",
  "handler-memory",
  "too-large",
  "quota-exceeded",
])

export async function replayRun(record: RunRecord, sandbox: Sandbox): Promise<Replayed> {
  const { run, panel, handler, source, line, args, seed, limits, steps } = record
  const ends = (differences: readonly Difference[], notReplayable?: string): Replayed => ({
    run,
    redacted: record.redacted,
    equal: differences.length === 0 && notReplayable === undefined,
    differences,
    ...(notReplayable === undefined ? {} : { notReplayable }),
  })
  const refused = whyNot(record)
  if (refused !== undefined) return ends([], refused)
  const id = createId("replay")
  let waits = false
  try {
    for (const { turn, at: nowMs, state, computed, imports, replies, outcome: recorded } of steps) {
      const world = { state, computed, imports, nowMs }
      const outcome =
        turn === 0
          ? await sandbox.run({
              ...{ id, panel, handler, source, line, limits, tenant: "replay" },
              input: { ...world, args, seed },
            })
          : await sandbox.resume({ id, replies, input: world })
      waits = outcome.status === "waiting"
      const timing = timingOf(recorded, outcome)
      if (timing !== undefined) return ends([], timing)
      const differences = differencesOf(turn, recorded, outcome)
      if (differences.length > 0) return ends(differences)
      if (timedOut(recorded)) break
    }
    return ends([])
  } finally {
    if (waits) sandbox.discard(id)
  }
}

/** Why a record tells too little of its handler, in words. */
export function whyNot({ cut, cutReason, steps, turns }: RunRecord): string | undefined {
  if (cut || steps.length < turns || steps.length === 0) return cutReason ?? "it was not recorded whole"
  const failure = steps.at(-1)?.outcome.failure
  if (!failure || OWN.has(failure.code)) return undefined
  return `its last turn ended with ${failure.code}, which was nothing that the handler did`
}

function timedOut({ failure }: Pick<RecordedOutcome, "failure">): boolean {
  return failure?.code === "handler-timeout"
}

/** A budget of time is used up sooner on a slower machine, so a timeout that was not repeated says nothing. */
function timingOf(recorded: RecordedOutcome, now: Outcome): string | undefined {
  const isNow = now.status === "failed" && now.failure.code === "handler-timeout"
  if (isNow === timedOut(recorded)) return undefined
  const depends = "that depends on how fast the machine is"
  return isNow ? `it took longer than its time now; ${depends}` : `it took longer than its time then; ${depends}`
}

function differencesOf(turn: number, recorded: RecordedOutcome, outcome: Outcome): Difference[] {
  const now = recordable(outcome)
  if (timedOut(recorded)) return []
  if (recorded.status !== now.status)
    return [{ turn, what: "status", recorded: statusOf(recorded), now: statusOf(now) }]
  return (["value", "failure", "effects", "calls"] as const).flatMap((what) => {
    const [before, after] = [plain(recorded[what]), plain(now[what])]
    return equalJson(before, after) ? [] : [{ turn, what, recorded: before, now: after }]
  })
}

/** An outcome as a record would hold it. */
function recordable({ usage: _, ...outcome }: Outcome): RecordedOutcome {
  return outcome.status === "waiting" ? { ...outcome, calls: outcome.calls.map(withoutCredentials) } : outcome
}

function statusOf({ status, failure }: RecordedOutcome): Json {
  return failure ? `${status}: ${failure.code}` : status
}

/** As JSON, without what is `undefined`. */
function plain(value: unknown): Json {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}
