import { setImmediate as breath } from "node:timers/promises"
import type { RunRecord } from "@nexus/protocol"
import { KnownSecrets } from "./known-secrets.ts"
import { type Secret, secretsIn } from "./redact.ts"
import type { RecordLimits, RunRecords, WantedRecords } from "./run-records.ts"
import { type RunEnd, type Seen, type TurnSeen, toEntry } from "./to-entry.ts"

/**
 * Tells the store what became of runs, and never keeps one waiting: turns are put into a bounded queue, one loop makes
 * them into text without secrets and writes. What finds the queue full is dropped and counted, and its run is cut; a
 * store that fails costs records and nothing else. Writing before a turn's change is told to anybody was refused: a run
 * would then be as slow as two disks.
 */
export interface RunRecorder {
  /** A workspace was opened, and these of its runs go on; others that waited do not. */
  opened(workspace: string, going: readonly string[]): void
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

export interface RunRecorderOptions {
  readonly store: RunRecords
  readonly limits: Pick<RecordLimits, "recordBytes">
  /** Turns and ends that wait to be written. */
  readonly capacity: number
  readonly clock: () => number
  readonly log: (message: string, detail: object) => void
}

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
    opened: (workspace, going) => accept({ kind: "opening", workspace, at: clock(), going }),
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
