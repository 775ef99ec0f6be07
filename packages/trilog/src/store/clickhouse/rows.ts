import { NexusError } from "@nexus/protocol"
import * as z from "zod"
import type { EventRow, SpanRow } from "../event-store.ts"

/** Between a row of the port and a row of the table, in both directions. */
const StoredEvent = z.object({
  workspace: z.string(),
  object_type: z.string(),
  object_id: z.string(),
  at: z.number(),
  seq: z.number(),
  type: z.string(),
  version: z.number(),
  process: z.string(),
  actor_kind: z.string(),
  actor_id: z.string(),
  run: z.string(),
  handler: z.string(),
  trace_id: z.string(),
  state: z.string(),
  status: z.string(),
  duration_ms: z.number(),
  payload: z.string(),
})

const StoredSpan = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  parent_id: z.string(),
  workspace: z.string(),
  service: z.string(),
  name: z.string(),
  kind: z.string(),
  start_ms: z.number(),
  duration_ms: z.number(),
  status: z.string(),
  attributes: z.string(),
})

export const EVENT_COLUMNS = Object.keys(StoredEvent.shape)
  .map((name) => (name === "at" ? "toUnixTimestamp64Milli(ts) AS at" : name))
  .join(", ")

export const SPAN_COLUMNS = Object.keys(StoredSpan.shape)
  .map((name) => (name === "start_ms" ? "toUnixTimestamp64Micro(start) / 1000 AS start_ms" : name))
  .join(", ")

export function fromStoredEvent(stored: unknown): EventRow {
  const { object_type, object_id, actor_kind, actor_id, trace_id, duration_ms, ...same } = StoredEvent.parse(stored)
  return {
    ...same,
    objectType: object_type,
    objectId: object_id,
    actorKind: actor_kind,
    actorId: actor_id,
    traceId: trace_id,
    durationMs: duration_ms,
  }
}

export function toStoredEvent(row: EventRow): object {
  const { at, objectType, objectId, actorKind, actorId, traceId, durationMs, ...same } = row
  return {
    ...same,
    ts: instant(at, 3),
    object_type: objectType,
    object_id: objectId,
    actor_kind: actorKind,
    actor_id: actorId,
    trace_id: traceId,
    duration_ms: durationMs,
  }
}

export function fromStoredSpan(stored: unknown): SpanRow {
  const { trace_id, span_id, parent_id, start_ms, duration_ms, ...same } = StoredSpan.parse(stored)
  return { ...same, traceId: trace_id, spanId: span_id, parentId: parent_id, start: start_ms, durationMs: duration_ms }
}

export function toStoredSpan(row: SpanRow): object {
  const { traceId, spanId, parentId, start, durationMs, ...same } = row
  return {
    ...same,
    start: instant(start, 6),
    trace_id: traceId,
    span_id: spanId,
    parent_id: parentId,
    duration_ms: durationMs,
  }
}

/** `2026-11-20 16:00:00.123` in UTC, as a DateTime64 reads it. */
function instant(ms: number, digits: 3 | 6): string {
  if (!(ms >= 0 && ms < LAST_INSTANT)) throw new NexusError({ code: "invalid-input", detail: `${ms} is no instant` })
  const whole = Math.floor(ms)
  const text = new Date(whole).toISOString().replace("T", " ").slice(0, 23)
  return digits === 3 ? text : text + String(Math.floor((ms - whole) * 1000)).padStart(3, "0")
}

/** A DateTime, which retention counts in, ends in 2106. */
const LAST_INSTANT = Date.UTC(2100, 0, 1)

/** The instants a table can hold; questions beyond them mean its ends. */
export function clampInstant(at: number): number {
  return Math.floor(Math.min(Math.max(at, 0), LAST_INSTANT))
}

/** The day a row is kept in, as a key. */
export function dayOf(at: number): number {
  return Math.floor(at / 86_400_000)
}
