import { type Change, NexusError } from "@nexus/protocol"
import { rowsOfChange } from "./anchor.ts"
import type { ChangeSource } from "./change-source.ts"
import { type Batch, batchesOf } from "./store/batch.ts"
import type { EventRow, EventStore, SpanRow } from "./store/event-store.ts"

/**
 * Everything recorded passes through here and never waits: callers append to bounded queues, one loop writes. Being the
 * only writer it keeps one invariant: of each workspace the store holds a prefix of the journal. A change that does not
 * continue the prefix (the queue was full, the process had been away) is not written; the workspace is marked behind
 * and read from the journal up to its end. So events and spans may be dropped, and are counted; changes are not lost.
 */
export interface Recorder {
  change(change: Change): void
  event(row: EventRow): void
  span(row: SpanRow): void
  /** Resolves true once all that was recorded before is in the store (for `workspace`: caught up with its journal). */
  settle(workspace: string | undefined, timeoutMs: number): Promise<boolean>
  forget(workspace: string): Promise<void>
  status(): {
    readonly queued: number
    readonly dropped: number
    readonly lagMs: number
    readonly failing: string | undefined
  }
  /** Writes what is queued, for at most `timeoutMs`. */
  close(timeoutMs?: number): Promise<void>
}

export interface RecorderOptions {
  readonly store: EventStore
  readonly source: ChangeSource
  readonly clock: () => number
  readonly log: (line: string) => void
  /** Makes the deduplication tokens of this process its own. */
  readonly session: string
  /** Called after changes of a workspace were written; its failure is logged only. */
  readonly afterWrite?: (workspace: string, last: Change) => Promise<void>
  readonly flushMs?: number
  readonly capacity?: number
}

const PAGE = 500
const FULL_BATCH = 2500

export function createRecorder(options: RecorderOptions): Recorder {
  const { store, source, clock, log, afterWrite, session, flushMs = 250, capacity = 50_000 } = options
  const cursors = new Map<string, number>()
  const behind = new Set<string>()
  let changes: Change[] = []
  let rows: EventRow[] = []
  let spans: SpanRow[] = []
  let learnt = false
  let writing = 0
  let dropped = 0
  let batches = 0
  let oldest: number | undefined
  let failing: string | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let cycle: Promise<void> | undefined

  const wake = (delayMs: number): void => {
    if (closed || cycle) return
    if (delayMs === 0) clearTimeout(timer)
    else if (timer) return
    timer = setTimeout(() => void run(), delayMs)
  }
  const queued = (): number => changes.length + rows.length + spans.length

  function accept<Item>(queue: Item[], item: Item, onFull: () => void): void {
    if (queue.length >= capacity || closed) {
      dropped += 1
      onFull()
    } else {
      queue.push(item)
      oldest ??= clock()
    }
    wake(queued() >= FULL_BATCH ? 0 : flushMs)
  }

  function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    cycle ??= writeAll()
      .catch((error: unknown) => {
        if (!closed) log(`TriLog could not write: ${String(error)}`)
      })
      .finally(() => {
        cycle = undefined
        if (queued() > 0 || behind.size > 0 || !learnt) wake(failing ? 2000 : flushMs)
      })
    return cycle
  }

  async function writeAll(): Promise<void> {
    const taken = { changes, rows, spans }
    const since = oldest
    changes = []
    rows = []
    spans = []
    oldest = undefined
    writing = taken.changes.length + taken.rows.length + taken.spans.length
    try {
      if (!learnt) await learn()
      const last = new Map<string, Change>()
      for (const change of taken.changes) {
        const reached = last.get(change.workspace)?.seq ?? cursors.get(change.workspace)
        if (reached === undefined || change.seq > reached + 1) behind.add(change.workspace)
        else if (change.seq === reached + 1 && !behind.has(change.workspace)) last.set(change.workspace, change)
        else continue
      }
      const next = taken.changes.filter(({ workspace, seq }) => {
        const from = cursors.get(workspace)
        return from !== undefined && seq > from && seq <= (last.get(workspace)?.seq ?? 0)
      })
      await writeChanges(next)
      for (const batch of batchesOf(taken.rows, ({ at }) => at))
        await lossy(batch, (token) => store.write(batch.items, token))
      for (const batch of batchesOf(taken.spans, ({ start }) => start)) {
        await lossy(batch, (token) => store.writeSpans(batch.items, token))
      }
      for (const workspace of behind) await catchUp(workspace)
    } catch (error) {
      oldest ??= since
      for (const { workspace } of taken.changes) behind.add(workspace)
      throw error
    } finally {
      writing = 0
    }
  }

  /** What the store holds already, and whether it is this journal's: another history is forgotten and read anew. */
  async function learn(): Promise<void> {
    const [newest, workspaces] = [await persist(() => store.newest()), await source.workspaces()]
    for (const [workspace, { seq, submission }] of newest) {
      const [change] = workspaces.includes(workspace) ? await source.changes(workspace, seq - 1, 1) : []
      if (change?.seq === seq && change.submission === submission) cursors.set(workspace, seq)
      else await persist(() => store.forget(workspace))
    }
    for (const workspace of workspaces) behind.add(workspace)
    learnt = true
  }

  async function catchUp(workspace: string): Promise<void> {
    for (;;) {
      const from = cursors.get(workspace) ?? 0
      const page = await source.changes(workspace, from, PAGE)
      if (page.length === 0) {
        cursors.set(workspace, from)
        behind.delete(workspace)
        return
      }
      cursors.set(workspace, from)
      await writeChanges(page)
    }
  }

  async function writeChanges(accepted: readonly Change[]): Promise<void> {
    const anchored = accepted.flatMap((change) => {
      const of = rowsOfChange(change)
      return of.map((row, index) => ({ row, change, ends: index === of.length - 1 }))
    })
    for (const { items } of batchesOf(
      anchored,
      ({ row }) => row.at,
      ({ ends }) => ends,
    )) {
      const token = `${session}-${batches++}`
      await persist(() =>
        store.write(
          items.map(({ row }) => row),
          token,
        ),
      )
      for (const { change } of items) cursors.set(change.workspace, change.seq)
    }
    const last = new Map(accepted.map((change) => [change.workspace, change]))
    for (const [workspace, change] of last) {
      await afterWrite?.(workspace, change).catch((error: unknown) => log(`TriLog took no snapshot: ${String(error)}`))
    }
  }

  async function lossy<Item>(batch: Batch<Item>, write: (token: string) => Promise<void>): Promise<void> {
    const token = `${session}-${batches++}`
    try {
      await persist(() => write(token))
    } catch (error) {
      dropped += batch.items.length
      if (!closed) log(`TriLog dropped ${batch.items.length} records: ${String(error)}`)
    }
  }

  /** Tries until it is done; gives up on what the store itself refuses again and again, and when closing. */
  async function persist<Value>(attempt: () => Promise<Value>): Promise<Value> {
    for (let tries = 1; ; tries += 1) {
      try {
        const value = await attempt()
        failing = undefined
        return value
      } catch (error) {
        const refused = error instanceof NexusError && error.failure.code === "invalid-input"
        failing = refused ? undefined : error instanceof Error ? error.message : String(error)
        if (closed || (refused && tries >= 5)) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.min(500, 25 * 2 ** tries)))
      }
    }
  }

  async function settle(workspace: string | undefined, timeoutMs: number): Promise<boolean> {
    const known = (): boolean => workspace === undefined || (cursors.has(workspace) && !behind.has(workspace))
    if (!cycle && queued() === 0 && learnt && known()) return true
    if (workspace !== undefined && !cursors.has(workspace)) behind.add(workspace)
    let overdue: NodeJS.Timeout | undefined
    const timeout = new Promise<false>((resolve) => {
      overdue = setTimeout(() => resolve(false), timeoutMs)
    })
    const written = (async (): Promise<boolean> => {
      await cycle
      await run()
      return learnt && known() && failing === undefined
    })()
    const done = await Promise.race([written, timeout])
    clearTimeout(overdue)
    return done
  }

  return {
    change: (change) => accept(changes, change, () => behind.add(change.workspace)),
    event: (row) => accept(rows, row, () => {}),
    span: (row) => accept(spans, row, () => {}),
    settle,
    async forget(workspace) {
      await cycle
      behind.delete(workspace)
      cursors.delete(workspace)
      changes = changes.filter((change) => change.workspace !== workspace)
      rows = rows.filter((row) => row.workspace !== workspace)
      spans = spans.filter((span) => span.workspace !== workspace)
      await store.forget(workspace)
    },
    status: () => ({
      queued: queued() + writing,
      dropped,
      lagMs: oldest === undefined ? 0 : Math.max(0, clock() - oldest),
      failing,
    }),
    async close(timeoutMs = 1000) {
      if (closed) return
      await settle(undefined, timeoutMs)
      closed = true
      clearTimeout(timer)
      await cycle
    },
  }
}
