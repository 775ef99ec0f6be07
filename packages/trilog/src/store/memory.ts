import { Change, type Snapshot } from "@nexus/protocol"
import { contiguous } from "./contiguous.ts"
import type { EventRow, EventStore, HandlerMetrics, RowQuery, SpanRow } from "./event-store.ts"

const WHOLE = "change_committed"
const MAX_SNAPSHOTS = 16
const MAX_TOKENS = 1000

export interface MemoryStore extends EventStore {
  /** Takes everything out, to be written elsewhere. */
  drain(): { readonly rows: readonly EventRow[]; readonly spans: readonly SpanRow[] }
}

/** Rows in memory, the oldest dropped beyond `capacity`. For tests, and for events where there is no ClickHouse. */
export function createMemoryStore(capacity = 100_000): MemoryStore {
  const tokens = new Set<string>()
  let rows: EventRow[] = []
  let spans: SpanRow[] = []
  let snapshots: Snapshot[] = []

  const once = (token: string): boolean => {
    if (tokens.has(token)) return false
    tokens.add(token)
    const [oldest] = tokens
    if (tokens.size > MAX_TOKENS && oldest !== undefined) tokens.delete(oldest)
    return true
  }
  const wholes = (workspace: string): EventRow[] =>
    rows.filter((row) => row.type === WHOLE && row.workspace === workspace)

  return {
    async write(batch, token) {
      if (!once(token)) return
      rows.push(...batch)
      if (rows.length > capacity) rows = rows.slice(rows.length - capacity)
    },
    async writeSpans(batch, token) {
      if (!once(token)) return
      spans.push(...batch)
      if (spans.length > capacity) spans = spans.slice(spans.length - capacity)
    },
    async writeSnapshot(snapshot) {
      const others = snapshots.filter(({ workspace, seq }) => workspace !== snapshot.workspace || seq !== snapshot.seq)
      snapshots = [...others, snapshot].slice(-MAX_SNAPSHOTS)
    },
    async newest() {
      const found = new Map<string, { seq: number; submission: string }>()
      for (const row of rows) {
        if (row.type !== WHOLE || (found.get(row.workspace)?.seq ?? 0) > row.seq) continue
        found.set(row.workspace, { seq: row.seq, submission: changeOf(row).submission })
      }
      return found
    },
    async forget(workspace) {
      rows = rows.filter((row) => row.workspace !== workspace)
      spans = spans.filter((span) => span.workspace !== workspace)
      snapshots = snapshots.filter((snapshot) => snapshot.workspace !== workspace)
    },
    async seqAt(workspace, at) {
      return wholes(workspace).reduce((seq, row) => (row.at <= at ? Math.max(seq, row.seq) : seq), 0)
    },
    async changes(workspace, after, upTo) {
      const between = wholes(workspace).filter(({ seq }) => seq > after && seq <= upTo)
      const bySeq = new Map(between.map((row) => [row.seq, row]))
      const ordered = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
      return contiguous(ordered.map(changeOf), after, upTo)
    },
    async snapshotBefore(workspace, seq) {
      const before = snapshots.filter((snapshot) => snapshot.workspace === workspace && snapshot.seq <= seq)
      return before.sort((a, b) => b.seq - a.seq)[0]
    },
    async touching(workspace, panel, state, before, limit) {
      const seqs = rows
        .filter((row) => row.workspace === workspace && row.objectId === panel && row.seq < before && gives(row, state))
        .map(({ seq }) => seq)
      return [...new Set(seqs)].sort((a, b) => b - a).slice(0, limit)
    },
    async rows(query) {
      return newestFirst(rows.filter((row) => answers(row, query))).slice(0, query.limit)
    },
    async runRows(workspace, run) {
      return rows.filter((row) => row.workspace === workspace && row.run === run).sort((a, b) => a.at - b.at)
    },
    async trace(traceId) {
      return {
        spans: spans.filter((span) => span.traceId === traceId).sort((a, b) => a.start - b.start),
        events: rows.filter((row) => row.traceId === traceId).sort((a, b) => a.at - b.at),
      }
    },
    async metrics(workspace, from, to) {
      return metricsOf(rows.filter((row) => row.workspace === workspace && row.at >= from && row.at <= to))
    },
    async series(workspace, from, to) {
      const asked = rows.filter((row) => row.workspace === workspace && row.at >= slotOf(from) && row.at <= to)
      const slots = Map.groupBy(asked, (row) => slotOf(row.at))
      const points = [...slots].flatMap(([at, of]) =>
        metricsOf(of).map(({ panel, handler, runs, failed, p95Ms }) => ({ panel, handler, at, runs, failed, p95Ms })),
      )
      return points.sort((a, b) => a.at - b.at)
    },
    async close() {},
    drain() {
      const taken = { rows, spans }
      rows = []
      spans = []
      return taken
    },
  }
}

/** Can a row of a panel have given `state` its value? */
export function gives(row: Pick<EventRow, "type" | "state">, state: string): boolean {
  if (row.type === "state_changed") return row.state === state
  return row.type === "panel_added" || row.type === "entity_removed"
}

/** Does a row belong in the answer to `query`? */
export function answers(row: EventRow, query: Omit<RowQuery, "limit">): boolean {
  if (row.workspace !== query.workspace || row.at < query.from || row.at > query.to) return false
  return query.object === undefined ? row.seq === 0 || row.type === WHOLE : row.objectId === query.object
}

export function newestFirst(rows: readonly EventRow[]): EventRow[] {
  return rows.toSorted((a, b) => b.at - a.at || b.seq - a.seq || (a.type < b.type ? -1 : 1))
}

function changeOf(row: EventRow): Change {
  return Change.parse(JSON.parse(row.payload))
}

/** The start of the five minutes that hold `at`. */
function slotOf(at: number): number {
  return Math.floor(at / 300_000) * 300_000
}

function metricsOf(rows: readonly EventRow[]): HandlerMetrics[] {
  const groups = Map.groupBy(
    rows.filter(({ type, status }) => type === "execution_completed" && status !== "waiting"),
    ({ objectId, handler }) => JSON.stringify([objectId, handler]),
  )
  const found = [...groups.values()].flatMap((group): HandlerMetrics[] => {
    const [first] = group
    if (!first) return []
    const times = group.map(({ durationMs }) => durationMs).sort((a, b) => a - b)
    const at = (quantile: number): number => times[Math.min(times.length - 1, Math.floor(quantile * times.length))] ?? 0
    return [
      {
        panel: first.objectId,
        handler: first.handler,
        runs: group.length,
        failed: group.filter(({ status }) => status === "failed").length,
        p50Ms: at(0.5),
        p95Ms: at(0.95),
        p99Ms: at(0.99),
      },
    ]
  })
  return found.sort((a, b) => b.runs - a.runs || (a.panel + a.handler < b.panel + b.handler ? -1 : 1))
}
