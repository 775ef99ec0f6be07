import { createHash, createHmac } from "node:crypto"
import { type Rejection, reject } from "@nexus/protocol"
import * as z from "zod"
import type { EventDeclaration, ObjectDeclaration, Payload, ProcessDeclaration } from "./declaration.ts"

/**
 * The declared system, compiled once. It refuses what was not declared (a field nobody described is a field nobody
 * judged for privacy), treats pii before a record can reach a queue, and keeps old records readable: each event
 * carries the version it was written with and is upgraded step by step when read.
 */
export interface Registry {
  /** A short hash of everything declared; equal schemas have equal versions. */
  readonly version: string
  readonly objects: readonly ObjectDeclaration[]
  readonly processes: readonly ProcessDeclaration[]
  readonly events: readonly EventDeclaration[]
  /** Checks one record and treats its pii; `hashKey` keys the hashes. */
  check(record: unknown, hashKey: string): Checked | Rejection
  /** A stored payload as the current version of its event would say it. Unknown events come back as they are. */
  read(type: string, version: number, payload: Payload): Payload
  processOf(type: string): string
  toJsonSchema(): Record<string, unknown>
  toTypeScript(): string
}

/** A record that may be stored. `fields` holds what is not an anchor. */
export interface Checked {
  readonly ok: true
  readonly type: string
  readonly version: number
  readonly workspace: string
  readonly at: number
  readonly seq: number
  readonly traceId: string
  readonly about: { readonly type: string; readonly id: string }
  readonly fields: Payload
}

const anchors = {
  workspace: z.string(),
  at: z
    .number()
    .min(0)
    .max(Date.UTC(2100, 0, 1)),
  seq: z.int().optional(),
  traceId: z.string().optional(),
}

export function createRegistry(declared: {
  readonly objects: readonly ObjectDeclaration[]
  readonly processes: readonly ProcessDeclaration[]
  readonly events: readonly EventDeclaration[]
}): Registry {
  const { objects, processes, events } = declared
  const byName = new Map(events.map((event) => [event.name, { event, schema: schemaOf(event) }]))
  if (byName.size !== events.length) throw new Error("two events have one name")
  const known = new Set(objects.map(({ name }) => name))
  for (const { name, about } of events)
    if (!known.has(about.name)) throw new Error(`${name} is about an undeclared ${about.name}`)
  const steps = new Map(processes.flatMap(({ name, steps }) => steps.map((step) => [step, name])))

  const registry: Registry = {
    version: "",
    objects,
    processes,
    events,
    check(record, hashKey) {
      const type = typeof record === "object" && record !== null && "type" in record ? record.type : undefined
      const found = typeof type === "string" ? byName.get(type) : undefined
      if (!found)
        return reject({ code: "invalid-input", detail: `no event "${String(type)}" is declared`, path: "type" })
      const parsed = found.schema.safeParse(record)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        return reject({
          code: "invalid-input",
          detail: issue?.message ?? "not a record",
          path: [found.event.name, ...(issue?.path ?? [])].join("."),
        })
      }
      return checked(found.event, parsed.data, hashKey)
    },
    read(type, version, payload) {
      const event = byName.get(type)?.event
      let current = payload
      for (let from = version; event && from < event.version; from += 1)
        current = event.upgrades[from]?.(current) ?? current
      return current
    },
    processOf: (type) => steps.get(type) ?? "",
    toJsonSchema: () => ({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "TriLog events",
      oneOf: [...byName.values()].map(({ event, schema }) => ({ title: event.name, ...jsonSchemaOf(event, schema) })),
    }),
    toTypeScript: () => events.map(typescriptOf).join("\n\n"),
  }
  const version = createHash("sha256").update(JSON.stringify(registry.toJsonSchema())).digest("hex").slice(0, 12)
  return { ...registry, version }
}

function schemaOf(event: EventDeclaration): z.ZodType<Payload> {
  const fields = Object.entries(event.fields).map(([name, { schema, optional }]) => [
    name,
    optional ? schema.optional() : schema,
  ])
  return z.strictObject({
    type: z.literal(event.name),
    ...anchors,
    [event.about.key]: z.string().min(1),
    ...Object.fromEntries(fields),
  })
}

function checked(event: EventDeclaration, record: Payload, hashKey: string): Checked {
  const fields: Record<string, unknown> = {}
  for (const [name, { pii }] of Object.entries(event.fields)) {
    const value = record[name]
    if (value === undefined || pii === "drop") continue
    fields[name] =
      pii === "hash" ? createHmac("sha256", hashKey).update(String(value)).digest("base64url").slice(0, 22) : value
  }
  return {
    ok: true,
    type: event.name,
    version: event.version,
    workspace: String(record.workspace),
    at: Number(record.at),
    seq: typeof record.seq === "number" ? record.seq : 0,
    traceId: typeof record.traceId === "string" ? record.traceId : "",
    about: { type: event.about.name, id: String(record[event.about.key]) },
    fields,
  }
}

function jsonSchemaOf(event: EventDeclaration, schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...exported } = z.toJSONSchema(schema, { unrepresentable: "any" })
  const notes: Record<string, unknown> = {}
  for (const [name, { unit, pii }] of Object.entries(event.fields)) if (unit || pii) notes[name] = { unit, pii }
  return { ...exported, "x-about": event.about.name, "x-version": event.version, "x-fields": notes }
}

function typescriptOf(event: EventDeclaration): string {
  const lines = [
    `type: ${JSON.stringify(event.name)}`,
    "workspace: string",
    ...(event.about.key === "workspace" ? [] : [`${event.about.key}: string`]),
    "at: number",
    "seq?: number",
    "traceId?: string",
    ...Object.entries(event.fields).map(([name, { optional, typescript, unit, pii }]) => {
      const note = [unit, pii && `pii: ${pii}`].filter(Boolean).join(", ")
      return `${name}${optional ? "?" : ""}: ${typescript}${note ? ` // ${note}` : ""}`
    }),
  ]
  const name = event.name.replace(/(^|_)(\w)/g, (_match, _bar, letter: string) => letter.toUpperCase())
  return `/** About one ${event.about.name}; version ${event.version}. */\nexport interface ${name} {\n  ${lines.join("\n  ")}\n}`
}
