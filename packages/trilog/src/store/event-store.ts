import type { Change, Snapshot } from "@nexus/protocol"

/**
 * The port TriLog writes to and reads from. Rows are flat because the store is columnar; a change is one row about the
 * workspace that holds it whole, and one small row for each object it touched. Writing is idempotent by token, so the
 * recorder may retry without thinking. The memory and ClickHouse adapters pass one acceptance suite.
 */
export interface EventRow {
  readonly workspace: string
  readonly objectType: string
  readonly objectId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The change it belongs to; 0 for an event that is no part of one. */
  readonly seq: number
  readonly type: string
  readonly version: number
  readonly process: string
  readonly actorKind: string
  readonly actorId: string
  readonly run: string
  readonly handler: string
  readonly traceId: string
  /** The state a change touched in a panel, "" elsewhere. */
  readonly state: string
  readonly status: string
  readonly durationMs: number
  /** JSON text. */
  readonly payload: string
}

/** One finished OpenTelemetry span; `workspace` is "" where it is about none. */
export interface SpanRow {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string
  readonly workspace: string
  readonly service: string
  readonly name: string
  readonly kind: string
  /** Milliseconds since the epoch, with fractions. */
  readonly start: number
  readonly durationMs: number
  readonly status: string
  /** JSON text. */
  readonly attributes: string
}

/** The runs of one handler in a stretch of time, with percentiles of their duration. */
export interface HandlerMetrics {
  readonly panel: string
  readonly handler: string
  readonly runs: number
  readonly failed: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

/** One handler's runs of five minutes. */
export interface SeriesPoint {
  readonly panel: string
  readonly handler: string
  readonly at: number
  readonly runs: number
  readonly failed: number
  readonly p95Ms: number
}

export interface RowQuery {
  readonly workspace: string
  readonly from: number
  readonly to: number
  readonly limit: number
  /** Rows about this object; without it, changes and events but not the rows of touched objects. */
  readonly object?: string
}

/** What the twin, the timeline and `why` read. `at` and ranges are milliseconds, bounds included. */
export interface RecordReader {
  /** The last change at or before `at`; 0 when there is none. */
  seqAt(workspace: string, at: number): Promise<number>
  /** Changes with `after` < seq ≤ `upTo`, in order, without a gap; throws `unavailable` when the record has one. */
  changes(workspace: string, after: number, upTo: number): Promise<readonly Change[]>
  snapshotBefore(workspace: string, seq: number): Promise<Snapshot | undefined>
  /** Offers a snapshot made while reading, where there is nobody else to make them. */
  readonly keepSnapshot?: (snapshot: Snapshot) => Promise<void>
  /** The changes before `before` that touched the panel (as a whole, or this state of it), newest first. */
  touching(workspace: string, panel: string, state: string, before: number, limit: number): Promise<readonly number[]>
  /** Newest first. */
  rows(query: RowQuery): Promise<readonly EventRow[]>
  runRows(workspace: string, run: string): Promise<readonly EventRow[]>
  trace(traceId: string): Promise<{ readonly spans: readonly SpanRow[]; readonly events: readonly EventRow[] }>
  metrics(workspace: string, from: number, to: number): Promise<readonly HandlerMetrics[]>
  /** The same by five minutes, oldest first. */
  series(workspace: string, from: number, to: number): Promise<readonly SeriesPoint[]>
}

export interface EventStore extends RecordReader {
  /**
   * Keeps `rows`, once for each `token`; rows of one change are never split over two calls. Rejects with `invalid-input`
   * when the store understood and refused them.
   */
  write(rows: readonly EventRow[], token: string): Promise<void>
  writeSpans(rows: readonly SpanRow[], token: string): Promise<void>
  writeSnapshot(snapshot: Snapshot, at: number): Promise<void>
  /** The newest change kept of each workspace. */
  newest(): Promise<ReadonlyMap<string, { readonly seq: number; readonly submission: string }>>
  /** Removes everything about a workspace. */
  forget(workspace: string): Promise<void>
  close(): Promise<void>
}
