import {
  Entity,
  Frame,
  type Graph,
  Id,
  isArray,
  isDerivedKind,
  isJsonObject,
  type Json,
  JsonObject,
  NexusError,
  type Operation,
  Relationship,
} from "@nexus/protocol"
import * as z from "zod"
import type { Files } from "../storage/versions.ts"

/**
 * A workspace as files that a person can read and Git can compare: a folder a panel, stable order, one fact a line.
 * What follows from a panel's source (its states, handlers, edges) is not written: it follows again when read. Neither
 * are grants: rights must not come back with a checkout. Secret states are in no graph, and so in no file.
 */
export interface CommittedWorkspace {
  readonly name: string
  readonly properties: JsonObject
  readonly panels: ReadonlyMap<string, CommittedPanel>
  /** Concepts, data, milestones and the like, by id. */
  readonly entities: ReadonlyMap<string, Entity>
  readonly relationships: readonly Relationship[]
}

export interface CommittedPanel {
  readonly title: string
  readonly source: string
  readonly frame: Frame
  readonly state: JsonObject
}

const FORMAT = 1

const WorkspaceFile = z.object({
  format: z.literal(FORMAT),
  name: z.string().max(400),
  properties: JsonObject,
  panels: z.array(z.object({ id: Id, title: z.string(), frame: Frame })),
})

const NogFile = z.object({ entities: z.array(Entity), relationships: z.array(Relationship) })

export function toFiles(graph: Graph, workspace: string): Files {
  const root = graph.entity(workspace)
  const panels = [...graph.panels()].sort(byId)
  const files = new Map<string, string>()
  const listed = panels.map(({ id, properties: { title, frame } }) => line({ id, title, frame }))
  files.set(
    "workspace.json",
    `{\n"format": ${FORMAT},\n"name": ${line(root?.name ?? "")},\n"properties": ${line(root?.properties ?? {})},\n"panels": ${list(listed)}\n}\n`,
  )
  const entities = [...graph.entities()].filter((entity) => isWritten(entity, workspace)).sort(byId)
  const relationships = [...graph.relationships()].filter(({ properties }) => properties.derived !== true)
  files.set(
    "nog.json",
    `{\n"entities": ${list(entities.map(line))},\n"relationships": ${list(relationships.map(line).sort())}\n}\n`,
  )
  for (const { id, properties } of panels) {
    files.set(`panels/${id}/panel.nxml`, properties.source)
    files.set(`panels/${id}/state.json`, `${JSON.stringify(sorted(properties.state), undefined, 2)}\n`)
  }
  return files
}

/** Reads what `toFiles` wrote, or what a person made of it; `invalid-input` names the file that cannot be read. */
export function fromFiles(files: Files): CommittedWorkspace {
  const { name, properties, panels } = parseFile(files, "workspace.json", WorkspaceFile)
  const { entities, relationships } = parseFile(files, "nog.json", NogFile)
  return {
    name,
    properties,
    panels: new Map(
      panels.map(({ id, title, frame }) => {
        const source = files.get(`panels/${id}/panel.nxml`)
        if (source === undefined) throw unreadable(`panels/${id}/panel.nxml`, "it is missing")
        return [id, { title, frame, source, state: parseFile(files, `panels/${id}/state.json`, JsonObject) }]
      }),
    ),
    entities: new Map(entities.map((entity) => [entity.id, entity])),
    relationships,
  }
}

/** Is this entity written by hand, and so to nog.json? */
export function isWritten(entity: Entity, workspace: string): boolean {
  return entity.id !== workspace && entity.kind !== "panel" && !isDerivedKind(entity.kind)
}

function parseFile<Schema extends z.ZodType>(files: Files, path: string, schema: Schema): z.output<Schema> {
  const text = files.get(path)
  if (text === undefined) throw unreadable(path, "it is missing")
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable(path, "it is not JSON")
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw unreadable(path, `${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not what belongs there"}`.trim())
}

function unreadable(path: string, why: string): NexusError {
  return new NexusError({ code: "invalid-input", detail: `the commit cannot be read: ${why}`, path })
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n]`
}

function line(value: Json | Entity | Relationship | Operation): string {
  return JSON.stringify(sorted(value as Json))
}

/** Keys in order, all the way down; lists keep theirs. */
function sorted(value: Json): Json {
  if (isArray(value)) return value.map(sorted)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}

function byId(a: Entity, b: Entity): number {
  return a.id < b.id ? -1 : 1
}
