import { randomBytes } from "node:crypto"
import { type Change, NexusError, type StatePath } from "@nexus/protocol"
import { rowOfEvent } from "./anchor.ts"
import { openRecord, type RecordBackend } from "./backend.ts"
import type { ChangeSource } from "./change-source.ts"
import { type Alert, alertsOf } from "./detect/alerts.ts"
import { type NexusEvent, nexusSchema } from "./schema/nexus.ts"
import type { EventRow, HandlerMetrics, RecordReader, RowQuery, SpanRow } from "./store/event-store.ts"
import { diffGraphs, type TwinDiff } from "./twin/diff.ts"
import { type TimelineEntry, timelineOf } from "./twin/timeline.ts"
import { type TwinState, twinAt } from "./twin/twin.ts"
import { type WhyChain, whyOf } from "./twin/why.ts"

/**
 * TriLog as the kernel knows it: three ways to record, which never wait and never throw, and the readings of what was
 * recorded. A reading first waits until what was recorded before it is written, so that "now" means now; when ClickHouse
 * is away it reads the journal instead, and says so in `source`.
 */
export interface TriLog {
  /** Resolves once the store answers, or has been given up. Nothing needs to wait for it. */
  readonly ready: Promise<void>
  recordChange(change: Change): void
  recordEvent(event: NexusEvent): void
  recordSpan(span: SpanRow): void
  /** The workspace as it was after every change up to `atMs`. */
  workspaceAt(workspace: string, atMs: number): Promise<TwinState>
  /** What happened between two instants, newest first; about one object, or about the workspace. */
  timeline(workspace: string, fromMs: number, toMs: number, limit?: number, object?: string): Promise<TimelineEntry[]>
  diff(workspace: string, aMs: number, bMs: number): Promise<TwinDiff>
  /** Why the value at `path` of the panel's state is what it is (now, or was at `atMs`). */
  why(workspace: string, panel: string, path: StatePath, atMs?: number): Promise<WhyChain>
  /** Runs, failures and percentiles of every handler, by five minutes. */
  metrics(workspace: string, fromMs: number, toMs: number): Promise<readonly HandlerMetrics[]>
  /** Handlers that behaved unusually between two instants. */
  alerts(workspace: string, fromMs: number, toMs: number): Promise<readonly Alert[]>
  trace(traceId: string): ReturnType<RecordReader["trace"]>
  /** Removes everything about a workspace; for one that was deleted. */
  forget(workspace: string): Promise<void>
  /** Resolves true once everything recorded so far is in the store. */
  flush(): Promise<boolean>
  status(): TriLogStatus
  /** Writes what is queued and ends, within this time; changes that were not written are read from the journal again. */
  close(withinMs?: number): Promise<void>
}

/** How the record is: who answers, and what waits, was lost or was refused since the start. */
export interface TriLogStatus {
  readonly backend: "clickhouse" | "journal"
  /** Why it is the journal. */
  readonly reason?: string
  readonly queued: number
  /** Events and spans that were lost to a full queue, and changes that are read from the journal instead. */
  readonly dropped: number
  /** Events that did not fit the schema. */
  readonly refused: number
  /** Age of the oldest record that is not written yet. */
  readonly lagMs: number
  /** Days that ClickHouse keeps; the journal answers for what is older. */
  readonly retentionDays: number
  readonly schema: string
  /** The process of the embedded engine, where there is one. */
  readonly pid?: number
}

/** `url` before `dataDir`; without either the journal (`source`) answers. Without `clock`, the system's. */
export interface TriLogOptions {
  /** Where the embedded ClickHouse keeps its data; without it (and without `url`) the journal is the backend. */
  readonly dataDir: string | undefined
  /** A ClickHouse server, `http://user:password@host:8123`. */
  readonly url?: string | undefined
  readonly source: ChangeSource
  /** False keeps the journal as the backend even where chDB could run. */
  readonly embedded?: boolean
  readonly clock?: () => number
  readonly log?: (line: string) => void
  readonly retentionDays?: number
  /** Keys the hashes of personal fields; without one, hashes hold for this process only. */
  readonly hashKey?: string
  readonly capacity?: number
  readonly flushMs?: number
}

const SETTLE_MS = 2000
const MAX_ENTRIES = 2000

/** Opens the record at once; its `ready` says when the store is there. A store that is away is no rejection. */
export async function createTriLog(options: TriLogOptions): Promise<TriLog> {
  const { source, clock = Date.now, log = () => {}, retentionDays = 90 } = options
  const hashKey = options.hashKey ?? randomBytes(32).toString("hex")
  const backend: RecordBackend = openRecord({ ...options, clock, log, retentionDays })
  let refused = 0

  /** Reads what the store holds; the journal where the store is away, behind, or not whole. */
  async function reading<Value>(
    workspace: string,
    read: (reader: RecordReader, from: Source) => Promise<Value>,
  ): Promise<Value> {
    const { store, recorder } = backend.current()
    if (store) {
      const fresh = await recorder.settle(workspace, recorder.status().failing ? 50 : SETTLE_MS)
      if (fresh) {
        try {
          return await read(checkedBy(source, store), "clickhouse")
        } catch (error) {
          log(`TriLog reads the journal instead: ${String(error)}`)
        }
      }
    } else await recorder.settle(undefined, SETTLE_MS)
    return await read(backend.journal, "journal")
  }

  /** Newest first: what the store keeps, then what only the journal still has. */
  async function rowsOf(reader: RecordReader, query: RowQuery): Promise<readonly EventRow[]> {
    const limit = Math.min(Math.max(1, Math.floor(query.limit)), MAX_ENTRIES)
    const edge = clock() - retentionDays * 86_400_000
    if (reader === backend.journal || query.from >= edge) return await reader.rows({ ...query, limit })
    const kept = query.to < edge ? [] : await reader.rows({ ...query, from: edge, limit })
    const to = Math.min(query.to, edge - 1)
    const older = kept.length < limit ? await backend.journal.rows({ ...query, to, limit: limit - kept.length }) : []
    return [...kept, ...older]
  }

  const changeOf =
    (workspace: string) =>
    async (seq: number): Promise<Change | undefined> => {
      const [change] = await source.changes(workspace, seq - 1, 1)
      return change?.seq === seq ? change : undefined
    }

  return {
    ready: backend.ready,
    recordChange(change) {
      backend.recordChange(change)
    },
    recordEvent(event) {
      try {
        const checked = nexusSchema.check(event, hashKey)
        if (!checked.ok) throw new NexusError(checked.failure)
        backend.current().recorder.event(rowOfEvent(checked, nexusSchema))
      } catch (error) {
        refused += 1
        if (refused <= 20) log(`TriLog refused an event: ${String(error)}`)
      }
    },
    recordSpan(span) {
      backend.current().recorder.span(span)
    },
    workspaceAt: (workspace, at) =>
      reading(workspace, async (reader, from) => {
        const { graph, seq } = await twinAt(reader, workspace, at)
        return { seq, at, ...graph.toSnapshot(), source: from }
      }),
    timeline: (workspace, from, to, limit = 200, object) =>
      reading(workspace, async (reader) => {
        const rows = await rowsOf(reader, { workspace, from, to, limit, ...(object !== undefined && { object }) })
        return await timelineOf(rows, nexusSchema, changeOf(workspace))
      }),
    diff: (workspace, a, b) =>
      reading(workspace, async (reader) => {
        const [before, after] = [await twinAt(reader, workspace, a), await twinAt(reader, workspace, b)]
        const ends = { from: { at: a, seq: before.seq }, to: { at: b, seq: after.seq } }
        return { ...ends, ...diffGraphs(before.graph, after.graph) }
      }),
    why: (workspace, panel, path, at = clock()) =>
      reading(workspace, async (reader) => {
        const question = { workspace, panel, path, at }
        const chain = await whyOf(reader, question, changeOf(workspace))
        const forgotten = chain.links.length === 0 && chain.value !== undefined && reader !== backend.journal
        return forgotten ? await whyOf(backend.journal, question, changeOf(workspace)) : chain
      }),
    metrics: (workspace, from, to) => reading(workspace, (reader) => reader.metrics(workspace, from, to)),
    alerts: (workspace, from, to) => reading(workspace, (reader) => alertsOf(reader, workspace, from, to)),
    async trace(traceId) {
      const { store, recorder } = backend.current()
      await recorder.settle(undefined, SETTLE_MS)
      return await (store ?? backend.journal).trace(traceId)
    },
    forget: (workspace) => backend.current().recorder.forget(workspace),
    flush: () => backend.current().recorder.settle(undefined, SETTLE_MS),
    status() {
      const { store, recorder, reason } = backend.current()
      const { queued, dropped, lagMs, failing } = recorder.status()
      const why = reason ?? failing
      const pid = backend.pid()
      return {
        backend: store && !failing ? "clickhouse" : "journal",
        ...(why !== undefined && { reason: why }),
        queued,
        dropped,
        refused,
        lagMs,
        retentionDays,
        schema: nexusSchema.version,
        ...(pid !== undefined && { pid }),
      }
    },
    close: (withinMs = 2000) => backend.close(withinMs),
  }
}

type Source = TwinState["source"]

/** `store`, whose word on the last change at an instant is held against the journal: retention may have taken it. */
function checkedBy(source: ChangeSource, store: RecordReader): RecordReader {
  return {
    ...store,
    async seqAt(workspace, at) {
      const seq = await store.seqAt(workspace, at)
      const [next] = await source.changes(workspace, seq, 1)
      if (next === undefined || next.at > at) return seq
      throw new NexusError({ code: "unavailable", what: "The record", detail: `it no longer has change ${next.seq}.` })
    },
  }
}
