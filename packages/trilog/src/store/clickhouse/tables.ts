/** A DateTime ends in 2106 and wraps around: a longer retention would mean none. */
const MAX_RETENTION_DAYS = 10_000

/**
 * The tables, measured on 10 M and 100 M events. Rows lie by workspace, then by six hours, then by object: reading one
 * object's day or one workspace's moment touches a few granules. The payload is text (the JSON type inserts 4–5 times
 * slower). Days are partitions, so that retention drops whole parts. The deduplication window stands on base and target
 * alike: without it a retried batch is counted twice by the materialized view.
 */
export function tablesOf(database: string, retentionDays: number): readonly string[] {
  const window = "non_replicated_deduplication_window = 1000"
  const days = Math.max(1, Math.min(Math.floor(retentionDays), MAX_RETENTION_DAYS))
  const kept = (column: string): string => `TTL toDateTime(${column}) + INTERVAL ${days} DAY DELETE`
  return [
    `CREATE DATABASE IF NOT EXISTS ${database} ENGINE = Atomic`,
    `CREATE TABLE IF NOT EXISTS ${database}.events (
      workspace LowCardinality(String),
      bucket DateTime('UTC') DEFAULT toStartOfInterval(ts, toIntervalHour(6)) CODEC(DoubleDelta, ZSTD(1)),
      object_type LowCardinality(String),
      object_id String CODEC(ZSTD(1)),
      ts DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
      seq UInt64 CODEC(Delta, ZSTD(1)),
      type LowCardinality(String),
      version UInt16 CODEC(ZSTD(1)),
      process LowCardinality(String),
      actor_kind LowCardinality(String),
      actor_id String CODEC(ZSTD(1)),
      run String CODEC(ZSTD(1)),
      handler LowCardinality(String),
      trace_id String CODEC(ZSTD(1)),
      state LowCardinality(String),
      status LowCardinality(String),
      duration_ms Float64 CODEC(ZSTD(1)),
      payload String CODEC(ZSTD(3)),
      INDEX by_seq seq TYPE minmax GRANULARITY 1,
      PROJECTION by_trace (SELECT _part_offset ORDER BY trace_id)
    ) ENGINE = MergeTree PARTITION BY toYYYYMMDD(ts)
    ORDER BY (workspace, bucket, object_type, object_id, ts, seq) ${kept("ts")}
    SETTINGS index_granularity = 1024, ttl_only_drop_parts = 1, lightweight_mutation_projection_mode = 'rebuild', ${window}`,
    `CREATE TABLE IF NOT EXISTS ${database}.snapshots (
      workspace LowCardinality(String),
      seq UInt64,
      ts DateTime64(3, 'UTC'),
      payload String CODEC(ZSTD(3))
    ) ENGINE = MergeTree PARTITION BY toYYYYMM(ts) ORDER BY (workspace, seq) ${kept("ts")}
    SETTINGS index_granularity = 16, ttl_only_drop_parts = 1, ${window}`,
    `CREATE TABLE IF NOT EXISTS ${database}.spans (
      trace_id String CODEC(ZSTD(1)),
      span_id String CODEC(ZSTD(1)),
      parent_id String CODEC(ZSTD(1)),
      workspace LowCardinality(String),
      service LowCardinality(String),
      name LowCardinality(String),
      kind LowCardinality(String),
      start DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
      duration_ms Float64 CODEC(ZSTD(1)),
      status LowCardinality(String),
      attributes String CODEC(ZSTD(3))
    ) ENGINE = MergeTree PARTITION BY toYYYYMMDD(start) ORDER BY (trace_id, start) ${kept("start")}
    SETTINGS index_granularity = 1024, ttl_only_drop_parts = 1, ${window}`,
    `CREATE TABLE IF NOT EXISTS ${database}.rollup_5m (
      workspace LowCardinality(String),
      slot DateTime('UTC'),
      panel String,
      handler LowCardinality(String),
      runs SimpleAggregateFunction(sum, UInt64),
      failed SimpleAggregateFunction(sum, UInt64),
      times AggregateFunction(quantilesTDigest(0.5, 0.95, 0.99), Float64)
    ) ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(slot) ORDER BY (workspace, slot, panel, handler) ${kept("slot")}
    SETTINGS ttl_only_drop_parts = 1, ${window}`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.rollup_5m_feed TO ${database}.rollup_5m AS
    SELECT workspace, toStartOfFiveMinutes(ts) AS slot, object_id AS panel, handler, count() AS runs,
      countIf(status = 'failed') AS failed, quantilesTDigestState(0.5, 0.95, 0.99)(duration_ms) AS times
    FROM ${database}.events WHERE type = 'execution_completed' AND status != 'waiting'
    GROUP BY workspace, slot, panel, handler`,
    ...Object.entries({ events: "ts", snapshots: "ts", spans: "start", rollup_5m: "slot" }).map(
      ([table, column]) =>
        `ALTER TABLE ${database}.${table} MODIFY ${kept(column)} SETTINGS materialize_ttl_after_modify = 0`,
    ),
  ]
}
