import type { Agent } from "node:http"
import {
  type ClickHouseClient,
  ClickHouseError,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from "@clickhouse/client"
import { Change, NexusError, Snapshot } from "@nexus/protocol"
import * as z from "zod"
import { contiguous } from "../contiguous.ts"
import type { EventStore } from "../event-store.ts"
import {
  clampInstant,
  EVENT_COLUMNS,
  fromStoredEvent,
  fromStoredSpan,
  SPAN_COLUMNS,
  toStoredEvent,
  toStoredSpan,
} from "./rows.ts"
import { tablesOf } from "./tables.ts"

export interface ClickHouseAddress {
  readonly url: string
  readonly username?: string
  readonly password?: string
  /** Carries the requests; for an engine behind a Unix socket. */
  readonly agent?: Agent
}

const DATABASE = "nexus_trilog"

/** A six-hour bucket, and the slack by which clocks of one workspace may disagree. */
const BUCKET_MS = 6 * 3_600_000

const READ = { output_format_json_quote_64bit_integers: 0, max_execution_time: 20 } as const
const WRITE = { insert_deduplicate: 1, deduplicate_blocks_in_dependent_materialized_views: 1 } as const

const SeqRow = z.object({ seq: z.number() })
const PayloadRow = z.object({ payload: z.string() })
const NewestRow = z.object({ workspace: z.string(), seq: z.number(), payload: z.string() })
const SeriesRow = z.object({
  panel: z.string(),
  handler: z.string(),
  at: z.number(),
  runs: z.number(),
  failed: z.number(),
  times: z.tuple([z.number(), z.number(), z.number()]),
})
const MetricsRow = z.object({
  panel: z.string(),
  handler: z.string(),
  runs: z.number(),
  failed: z.number(),
  times: z.tuple([z.number(), z.number(), z.number()]),
})

/**
 * The record in ClickHouse, through its stock client: a server of its own or chDB behind our HTTP face, which it cannot
 * tell apart. Reads name the six-hour buckets they need beside the instants, since the buckets are what the tables are
 * ordered by; a read by trace names nothing else, or the optimizer would drop the projection.
 */
export async function openClickHouseStore(address: ClickHouseAddress, retentionDays: number): Promise<EventStore> {
  const client = clientOf(address)
  try {
    for (const query of tablesOf(DATABASE, retentionDays)) await client.command({ query })
  } catch (error) {
    await client.close()
    throw error
  }

  async function select<Row>(row: z.ZodType<Row>, query: string, params: Record<string, unknown>): Promise<Row[]> {
    const answer = await client.query({ query, query_params: params, format: "JSONEachRow", clickhouse_settings: READ })
    return z.array(row).parse(await answer.json())
  }
  async function insert(table: string, values: readonly object[], settings: ClickHouseSettings): Promise<void> {
    try {
      await client.insert({
        table: `${DATABASE}.${table}`,
        values,
        format: "JSONEachRow",
        clickhouse_settings: settings,
      })
    } catch (error) {
      if (!(error instanceof ClickHouseError)) throw error
      throw new NexusError({ code: "invalid-input", detail: `${error.type}: ${error.message}` }, { cause: error })
    }
  }
  const whole =
    "workspace = {workspace:String} AND object_type = 'Workspace' AND object_id = {workspace:String} AND type = 'change_committed'"
  const during = "bucket BETWEEN toDateTime({first:Int64}, 'UTC') AND toDateTime({last:Int64}, 'UTC')"
  const buckets = (from: number, to: number): { first: number; last: number } => ({
    first: Math.floor(clampInstant(from - BUCKET_MS) / 1000),
    last: Math.floor(clampInstant(to) / 1000),
  })

  return {
    async write(rows, token) {
      await insert("events", rows.map(toStoredEvent), { ...WRITE, insert_deduplication_token: token })
    },
    async writeSpans(rows, token) {
      await insert("spans", rows.map(toStoredSpan), { insert_deduplication_token: token })
    },
    async writeSnapshot(snapshot, at) {
      const ts = new Date(Math.floor(at)).toISOString().replace("T", " ").slice(0, 23)
      const { workspace, seq } = snapshot
      await insert("snapshots", [{ workspace, seq, ts, payload: JSON.stringify(snapshot) }], {})
    },
    async newest() {
      const rows = await select(
        NewestRow,
        `SELECT workspace, seq, any(payload) AS payload FROM ${DATABASE}.events
        WHERE object_type = 'Workspace' AND type = 'change_committed' AND (workspace, seq) IN (
          SELECT workspace, max(seq) FROM ${DATABASE}.events
          WHERE object_type = 'Workspace' AND type = 'change_committed' GROUP BY workspace)
        GROUP BY workspace, seq`,
        {},
      )
      return new Map(
        rows.map(({ workspace, seq, payload }) => [
          workspace,
          { seq, submission: Change.parse(JSON.parse(payload)).submission },
        ]),
      )
    },
    async forget(workspace) {
      for (const table of ["events", "snapshots", "spans", "rollup_5m"]) {
        await client.command({
          query: `DELETE FROM ${DATABASE}.${table} WHERE workspace = {workspace:String}`,
          query_params: { workspace },
          clickhouse_settings: { mutations_sync: "1", lightweight_deletes_sync: "1" },
        })
      }
    },
    async seqAt(workspace, at) {
      const rows = await select(
        SeqRow,
        `SELECT max(seq) AS seq FROM ${DATABASE}.events WHERE ${whole}
        AND bucket <= toDateTime({last:Int64}, 'UTC') AND ts <= fromUnixTimestamp64Milli({at:Int64}, 'UTC')`,
        { workspace, at: clampInstant(at), ...buckets(at, at) },
      )
      return rows[0]?.seq ?? 0
    },
    async changes(workspace, after, upTo) {
      if (upTo <= after) return []
      const rows = await select(
        PayloadRow,
        `SELECT payload FROM ${DATABASE}.events WHERE ${whole} AND seq > {after:UInt64} AND seq <= {upTo:UInt64}
        ORDER BY seq LIMIT 1 BY seq`,
        { workspace, after, upTo },
      )
      const changes = rows.map(({ payload }) => Change.parse(JSON.parse(payload)))
      return contiguous(changes, after, upTo)
    },
    async snapshotBefore(workspace, seq) {
      const rows = await select(
        PayloadRow,
        `SELECT payload FROM ${DATABASE}.snapshots
        WHERE workspace = {workspace:String} AND seq <= {seq:UInt64} ORDER BY seq DESC LIMIT 1`,
        { workspace, seq },
      )
      return rows[0] && Snapshot.parse(JSON.parse(rows[0].payload))
    },
    async touching(workspace, panel, state, before, limit) {
      const rows = await select(
        SeqRow,
        `SELECT DISTINCT seq FROM ${DATABASE}.events
        WHERE workspace = {workspace:String} AND object_type IN ('Panel', 'Entity') AND object_id = {panel:String}
        AND seq > 0 AND seq < {before:UInt64}
        AND (type IN ('panel_added', 'entity_removed') OR (type = 'state_changed' AND state = {state:String}))
        ORDER BY seq DESC LIMIT {limit:UInt32}`,
        { workspace, panel, state, before: Math.min(before, Number.MAX_SAFE_INTEGER), limit },
      )
      return rows.map(({ seq }) => seq)
    },
    async rows({ workspace, from, to, limit, object }) {
      const about = object === undefined ? "(seq = 0 OR type = 'change_committed')" : "object_id = {object:String}"
      const rows = await select(
        z.unknown(),
        `SELECT ${EVENT_COLUMNS} FROM ${DATABASE}.events
        WHERE workspace = {workspace:String} AND ${during} AND ${about}
        AND ts BETWEEN fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        ORDER BY ts DESC, seq DESC, type LIMIT {limit:UInt32}`,
        {
          workspace,
          from: clampInstant(from),
          to: clampInstant(to),
          limit,
          object: object ?? "",
          ...buckets(from, to),
        },
      )
      return rows.map(fromStoredEvent)
    },
    async runRows(workspace, run) {
      const rows = await select(
        z.unknown(),
        `SELECT ${EVENT_COLUMNS} FROM ${DATABASE}.events
        WHERE workspace = {workspace:String} AND object_type = 'Panel' AND run = {run:String} ORDER BY ts LIMIT 1000`,
        { workspace, run },
      )
      return rows.map(fromStoredEvent)
    },
    async trace(traceId) {
      const [events, spans] = await Promise.all([
        select(
          z.unknown(),
          `SELECT ${EVENT_COLUMNS} FROM ${DATABASE}.events WHERE trace_id = {traceId:String} ORDER BY ts LIMIT 10000`,
          { traceId },
        ),
        select(
          z.unknown(),
          `SELECT ${SPAN_COLUMNS} FROM ${DATABASE}.spans WHERE trace_id = {traceId:String} ORDER BY start LIMIT 10000`,
          { traceId },
        ),
      ])
      return { events: events.map(fromStoredEvent), spans: spans.map(fromStoredSpan) }
    },
    async metrics(workspace, from, to) {
      const rows = await select(
        MetricsRow,
        `SELECT panel, handler, sum(runs) AS runs, sum(failed) AS failed, quantilesTDigestMerge(0.5, 0.95, 0.99)(times) AS times
        FROM ${DATABASE}.rollup_5m WHERE workspace = {workspace:String}
        AND slot BETWEEN toStartOfFiveMinutes(toDateTime({first:Int64}, 'UTC')) AND toDateTime({last:Int64}, 'UTC')
        GROUP BY panel, handler ORDER BY runs DESC, concat(panel, handler)`,
        { workspace, first: Math.floor(clampInstant(from) / 1000), last: Math.floor(clampInstant(to) / 1000) },
      )
      return rows.map(({ times: [p50Ms, p95Ms, p99Ms], ...row }) => ({ ...row, p50Ms, p95Ms, p99Ms }))
    },
    async series(workspace, from, to) {
      const rows = await select(
        SeriesRow,
        `SELECT panel, handler, toUnixTimestamp(slot) * 1000 AS at, sum(runs) AS runs, sum(failed) AS failed,
        quantilesTDigestMerge(0.5, 0.95, 0.99)(times) AS times
        FROM ${DATABASE}.rollup_5m WHERE workspace = {workspace:String}
        AND slot BETWEEN toStartOfFiveMinutes(toDateTime({first:Int64}, 'UTC')) AND toDateTime({last:Int64}, 'UTC')
        GROUP BY panel, handler, slot ORDER BY slot`,
        { workspace, first: Math.floor(clampInstant(from) / 1000), last: Math.floor(clampInstant(to) / 1000) },
      )
      return rows.map(({ times: [, p95Ms], ...row }) => ({ ...row, p95Ms }))
    },
    close: () => client.close(),
  }
}

function clientOf({ url, username, password, agent }: ClickHouseAddress): ClickHouseClient {
  return createClient({
    url,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(agent && { http_agent: agent }),
    request_timeout: 30_000,
    log: { level: ClickHouseLogLevel.OFF },
  })
}
