import type { Actor, Change } from "@nexus/protocol"
import * as z from "zod"
import type { Registry } from "../schema/registry.ts"
import type { EventRow } from "../store/event-store.ts"

/** One thing that happened, newest first in a timeline. `summary` is a phrase for people. */
export interface TimelineEntry {
  readonly at: number
  readonly type: string
  readonly object: { readonly type: string; readonly id: string }
  readonly summary: string
  readonly process?: string
  /** The change it is or belongs to. */
  readonly seq?: number
  readonly actor?: Actor
  readonly run?: string
  readonly traceId?: string
  readonly fields: Readonly<Record<string, unknown>>
}

const Fields = z.record(z.string(), z.unknown())

/** Gives the change of a seq, with names; the journal answers it. */
export type ChangeOf = (seq: number) => Promise<Change | undefined>

/**
 * Rows as entries. Who did it is completed from the journal, the one place that holds names; a change that the journal
 * no longer has keeps its actor's id.
 */
export async function timelineOf(
  rows: readonly EventRow[],
  registry: Registry,
  changeOf: ChangeOf,
): Promise<TimelineEntry[]> {
  const seqs = [...new Set(rows.map(({ seq }) => seq).filter((seq) => seq > 0))]
  const changes = new Map(await Promise.all(seqs.map(async (seq) => [seq, await changeOf(seq)] as const)))
  return rows.map((row) => entryOf(row, registry, changes.get(row.seq)))
}

function entryOf(row: EventRow, registry: Registry, change: Change | undefined): TimelineEntry {
  const whole = row.type === "change_committed"
  const payload = whole ? {} : Fields.parse(JSON.parse(row.payload))
  const fields = registry.read(row.type, row.version, payload)
  const actor = change?.cause.actor ?? recordedActor(row)
  return {
    at: row.at,
    type: row.type,
    object: { type: row.objectType, id: row.objectId },
    summary: whole ? (change?.cause.reason ?? "changed the workspace") : summaryOf(row, fields),
    ...(row.process && { process: row.process }),
    ...(row.seq > 0 && { seq: row.seq }),
    ...(actor && { actor }),
    ...(row.run && { run: row.run }),
    ...(row.traceId && { traceId: row.traceId }),
    fields: whole && change ? fieldsOf(change) : fields,
  }
}

/** `submission` lets a client recognise what it did itself. */
function fieldsOf({ operations, cause, submission }: Change): TimelineEntry["fields"] {
  return { operations: operations.length, reason: cause.reason, submission }
}

function recordedActor(row: EventRow): Actor | undefined {
  const kind = (["person", "handler", "ai", "git", "schedule", "package"] as const).find(
    (kind) => kind === row.actorKind,
  )
  return kind && { kind, id: row.actorId, name: row.actorId }
}

function summaryOf(row: EventRow, fields: Readonly<Record<string, unknown>>): string {
  const words = row.type.replaceAll("_", " ")
  if (row.type === "state_changed") return `changed ${String(fields.path ?? row.state)}`
  if (row.type === "execution_completed") return `${row.handler} ${row.status} in ${row.durationMs.toFixed(1)} ms`
  return row.handler && row.seq === 0 ? `${words}: ${row.handler}` : words
}
