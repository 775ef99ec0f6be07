import { setImmediate as breath } from "node:timers/promises"
import type { Failure, Handler, HostReply, Limits, Outcome, Panel, RunRecord } from "@nexus/protocol"
import type { World } from "@nexus/reactor"
import { sourceHash } from "../workspace/run-id.ts"
import type { TriggerRequest } from "../workspace/workspace.ts"
import type { HeadBody, StepBody } from "./bodies.ts"
import { KnownSecrets } from "./known-secrets.ts"
import { type Redactor, type Secret, secretsIn } from "./redact.ts"
import type { RecordEntry, RecordedHead, RecordLimits, RunRecords, WantedRecords } from "./run-records.ts"

/**
 * Tells the store what became of runs, and never keeps one waiting: turns are put into a bounded queue, one loop makes
 * them into text without secrets and writes. What finds the queue full is dropped and counted, and its run is cut; a
 * store that fails costs records and nothing else. Writing before a turn's change is told to anybody was refused: a run
 * would then be as slow as two disks.
 */
export interface RunRecorder {
  /** A turn is over; what it is told stays as it is. */
  turn(turn: TurnSeen): void
  /** The run is over for good. */
  ended(end: RunEnd): void
  /** The run goes on elsewhere: nothing more of it comes from here. */
  left(run: string): void
  /** What was secret in this run so far: a value that was replaced meanwhile may still be in its memory. */
  secretsOf(run: string): readonly Secret[]
  /** Goes on with a run whose secrets another kernel knew. */
  remember(workspace: string, run: string, secrets: readonly Secret[]): void

  list(workspace: string, wanted: WantedRecords): ReturnType<RunRecords["list"]>
  read(workspace: string, run: string): Promise<RunRecord | undefined>
  forget(workspace: string): Promise<void>
  status(): { readonly queued: number; readonly dropped: number }
  /** Writes what is queued, and closes the store. */
  close(): Promise<void>
}

/** A turn as the run saw it, and what came of it. */
export interface TurnSeen {
  readonly workspace: string
  readonly run: string
  readonly request: Pick<TriggerRequest, "panel" | "handler" | "trigger" | "person" | "args">
  readonly seed: number
  readonly limits: Limits
  readonly turn: number
  readonly panel: Panel
  /** With the first turn. */
  readonly handler?: Handler
  readonly input: World & { readonly nowMs: number }
  readonly replies: readonly HostReply[]
  readonly outcome: Outcome
  /** Its effects became so. */
  readonly applied: boolean
  readonly seq: number
}

export interface RunEnd {
  readonly workspace: string
  readonly run: string
  readonly failure: Failure | undefined
  readonly turns: number
  readonly seq: number
}

export interface RunRecorderOptions {
  readonly store: RunRecords
  readonly limits: Pick<RecordLimits, "recordBytes">
  /** Turns and ends that wait to be written. */
  readonly capacity: number
  readonly clock: () => number
  readonly log: (message: string, detail: object) => void
}

type Seen =
  | { readonly kind: "turn"; readonly turn: TurnSeen }
  | { readonly kind: "end"; readonly end: RunEnd; readonly at: number }

const FLUSH_MS = 100
/** Turns that are made into text before others get their turn. */
const AT_ONCE = 20

export function createRunRecorder({ store, limits, capacity, clock, log }: RunRecorderOptions): RunRecorder {
  /** Of the runs under way that saw any. */
  const secrets = new Map<string, readonly Secret[]>()
  const known = new KnownSecrets()
  let queue: Seen[] = []
  let writing: Promise<void> | undefined
  let underWay = 0
  let dropped = 0
  let told = false
  let timer: NodeJS.Timeout | undefined

  const drop = (count: number, why: string): void => {
    dropped += count
    if (!told) log("runs are not recorded", { why, dropped })
    told = true
  }
  const accept = (seen: Seen): void => {
    if (queue.length + underWay >= capacity) drop(1, "too many wait to be written")
    else queue.push(seen)
    timer ??= setTimeout(flush, FLUSH_MS)
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing ??= write().finally(() => {
      writing = undefined
      underWay = 0
      if (queue.length > 0) timer ??= setTimeout(flush, FLUSH_MS)
    })
    return writing
  }
  const write = async (): Promise<void> => {
    const taken = queue
    queue = []
    underWay = taken.length
    for (let from = 0; from < taken.length; from += AT_ONCE) {
      const some = taken.slice(from, from + AT_ONCE)
      try {
        await store.put(some.map((seen) => toEntry(seen, known, limits.recordBytes)))
        told = false
      } catch (error) {
        drop(some.length, String(error))
      }
      await breath()
    }
  }
  /** All that was told before is in the store, or never will be. */
  const settled = async (): Promise<void> => {
    await writing
    if (queue.length > 0) await flush()
  }

  return {
    turn: (turn) => {
      const { workspace, run, panel, input, outcome } = turn
      const seen = [...secretsIn(panel, input.state, outcome.effects)]
      if (seen.length > 0) secrets.set(run, unique([...(secrets.get(run) ?? []), ...seen]))
      known.add(workspace, seen)
      accept({ kind: "turn", turn })
    },
    ended: (end) => {
      accept({ kind: "end", end, at: clock() })
      secrets.delete(end.run)
    },
    left: (run) => {
      secrets.delete(run)
    },
    secretsOf: (run) => secrets.get(run) ?? [],
    remember: (workspace, run, mine) => {
      if (mine.length > 0) secrets.set(run, mine)
      known.add(workspace, mine)
    },
    list: async (workspace, wanted) => {
      await settled()
      return store.list(workspace, wanted)
    },
    read: async (workspace, run) => {
      await settled()
      return store.read(workspace, run)
    },
    forget: async (workspace) => {
      await settled()
      await store.forget(workspace)
    },
    status: () => ({ queued: queue.length + underWay, dropped }),
    close: async () => {
      await settled()
      await store.close()
    },
  }
}

function unique(secrets: readonly Secret[]): Secret[] {
  return [...new Map(secrets.map((secret) => [secret.value, secret])).values()]
}

function toEntry(seen: Seen, known: KnownSecrets, most: number): RecordEntry {
  if (seen.kind === "turn") return turnEntry(seen.turn, known.redactorOf(seen.turn.workspace), most)
  const { workspace, run, failure, turns, seq } = seen.end
  return {
    kind: "end",
    ...{ workspace, run, turns, seq, at: seen.at },
    status: failure ? "failed" : "finished",
    failure: failure && known.redactorOf(workspace).failure(failure),
  }
}

function turnEntry(seen: TurnSeen, redactor: Redactor, most: number): RecordEntry {
  const { workspace, run, turn, input, replies, outcome, applied, seq } = seen
  const { usage, ...asked } = outcome
  const head = seen.handler && headOf(seen, seen.handler, redactor, most)
  const body = {
    at: input.nowMs,
    state: redactor.state(input.state),
    computed: redactor.object(input.computed),
    imports: redactor.object(input.imports),
    replies: replies.map((reply) => redactor.reply(reply)),
    outcome: redactor.outcome(asked),
    usage,
    applied,
  }
  const step: StepBody = { ...body, redacted: redactor.used }
  return {
    kind: "turn",
    ...{ workspace, run, turn, seq, at: input.nowMs, status: outcome.status },
    body: within(JSON.stringify(step), most),
    ...(head ? { head } : {}),
  }
}

function headOf(
  { request, seed, limits, panel: { title } }: TurnSeen,
  { source, line }: Handler,
  redactor: Redactor,
  most: number,
): RecordedHead {
  const { panel, handler, trigger, person, args } = request
  const known = {
    title,
    trigger,
    line,
    limits,
    seed,
    ...(person ? { person: { id: person.id, name: person.name } } : {}),
  }
  const body: HeadBody = { ...known, args: redactor.json(args) }
  const text = JSON.stringify(body)
  const whole = text.length <= most
  return {
    ...{ panel, handler, source, hash: sourceHash(source), whole },
    body: whole ? text : JSON.stringify({ ...known, args: null } satisfies HeadBody),
  }
}

function within(text: string, most: number): string | undefined {
  return text.length <= most ? text : undefined
}
