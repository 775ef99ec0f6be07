import {
  Entity,
  Frame,
  type Graph,
  Id,
  isArray,
  isDerivedKind,
  isJsonObject,
  isPanelOwned,
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
  /** Whatever else is said of it: how it lies on the canvas, and what people noted at it. */
  readonly properties: JsonObject
}

/** A workspace before its first commit. */
export const NOTHING: CommittedWorkspace = {
  name: "",
  properties: {},
  panels: new Map(),
  entities: new Map(),
  relationships: [],
}

const FORMAT = 1

const WorkspaceFile = z.object({
  format: z.literal(FORMAT),
  /** Whose files they are; in another workspace this id means that one. */
  id: Id.optional(),
  name: z.string().max(400),
  properties: JsonObject,
  panels: z.array(z.object({ id: Id, title: z.string(), frame: Frame, properties: JsonObject.optional() })),
})

const NogFile = z.object({ entities: z.array(Entity), relationships: z.array(Relationship) })

/** The property of the workspace that says on which branch it is. It belongs to no branch and so to no commit. */
export const BRANCH_PROPERTY = "branch"

/** Is this one of the files that we write? Others of an imported repository stay as they are. */
export function isOurFile(path: string): boolean {
  return /^(?:workspace\.json|nog\.json|panels\/[A-Za-z0-9][A-Za-z0-9_.-]{0,159}\/(?:panel\.nxml|state\.json))$/.test(
    path,
  )
}

/** What of the graph is committed. */
export function toCommitted(graph: Graph, workspace: string): CommittedWorkspace {
  const root = graph.entity(workspace)
  const { [BRANCH_PROPERTY]: _branch, ...properties } = root?.properties ?? {}
  const entities = [...graph.entities()].filter((entity) => isWritten(entity, workspace)).sort(byId)
  return {
    name: root?.name ?? "",
    properties,
    panels: new Map(
      [...graph.panels()].sort(byId).map(({ id, properties }) => {
        const { title, source, frame, state } = properties
        return [id, { title, source, frame, state, properties: notOwned(properties) }]
      }),
    ),
    entities: new Map(entities.map((entity) => [entity.id, entity])),
    relationships: [...graph.relationships()].filter(isDrawn),
  }
}

export function toFiles(graph: Graph, workspace: string): Files {
  const { name, properties, panels, entities, relationships } = toCommitted(graph, workspace)
  const files = new Map<string, string>()
  const listed = [...panels].map(([id, { title, frame, properties: more }]) =>
    line({ id, title, frame, ...(Object.keys(more).length === 0 ? {} : { properties: more }) }),
  )
  files.set(
    "workspace.json",
    `{\n"format": ${FORMAT},\n"id": ${line(workspace)},\n"name": ${line(name)},\n"properties": ${line(properties)},\n"panels": ${list(listed)}\n}\n`,
  )
  files.set(
    "nog.json",
    `{\n"entities": ${list([...entities.values()].map(line))},\n"relationships": ${list(relationships.map(line).sort())}\n}\n`,
  )
  for (const [id, { source, state }] of panels) {
    files.set(`panels/${id}/panel.nxml`, source)
    files.set(`panels/${id}/state.json`, `${JSON.stringify(sorted(state), undefined, 2)}\n`)
  }
  return files
}

/** Reads what `toFiles` wrote, or what a person made of it; `invalid-input` names the file that cannot be read. */
export function fromFiles(files: Files, workspace: string): CommittedWorkspace {
  const { id: written = workspace, name, panels, ...rest } = parseFile(files, "workspace.json", WorkspaceFile)
  const { [BRANCH_PROPERTY]: _branch, ...properties } = rest.properties
  const { entities, relationships } = parseFile(files, "nog.json", NogFile)
  // A panel that came in as an entity would bring its grants along.
  const foreign = entities.find((entity) => !isWritten(entity, workspace) || entity.kind === "workspace")
  if (foreign) throw unreadable("nog.json", `a ${foreign.kind} is not written there`)
  const here = (id: string) => (id === written ? workspace : id)
  return {
    name,
    properties,
    panels: new Map(
      panels.map(({ id, title, frame, properties: more = {} }) => {
        const source = files.get(`panels/${id}/panel.nxml`)
        if (source === undefined) throw unreadable(`panels/${id}/panel.nxml`, "it is missing")
        const state = parseFile(files, `panels/${id}/state.json`, JsonObject)
        return [id, { title, frame, source, state, properties: notOwned(more) }]
      }),
    ),
    entities: new Map(entities.map((entity) => [entity.id, { ...entity, scope: here(entity.scope) }])),
    relationships: relationships.filter(isDrawn).map((edge) => ({ ...edge, from: here(edge.from), to: here(edge.to) })),
  }
}

/** Did somebody draw this edge, so that it does not follow from a source? */
function isDrawn({ properties }: Relationship): boolean {
  return properties.derived !== true
}

/** Is this entity written by hand, and so to nog.json? */
export function isWritten(entity: Entity, workspace: string): boolean {
  return entity.id !== workspace && entity.kind !== "panel" && !isDerivedKind(entity.kind)
}

/** Properties of a panel that are set like those of any entity; the others have operations and files of their own. */
export function notOwned(properties: object): JsonObject {
  const written: [string, Json][] = Object.entries(properties)
  return Object.fromEntries(written.filter(([name]) => !isPanelOwned(name)))
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
