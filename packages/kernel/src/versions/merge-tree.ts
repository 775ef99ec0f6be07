import { Entity, Frame, type Json, JsonObject, NexusError, Relationship } from "@nexus/protocol"
import * as z from "zod"
import type { CommittedWorkspace } from "./workspace-files.ts"

/**
 * A workspace as one tree of values, in which each thing has its place by its id: what a merge walks. A panel's title is not
 * in it, because it follows from the source; where it stands and how large it is are two facts, so that one person may move
 * what another resizes.
 */
export type MergeTree = z.infer<typeof MergeTree>

const Panel = z.object({
  source: z.string(),
  position: Frame.pick({ x: true, y: true }),
  size: Frame.pick({ w: true, h: true }),
  state: JsonObject,
  properties: JsonObject,
})

const MergeTree = z.object({
  workspace: z.object({ name: z.string().max(400), properties: JsonObject }),
  panels: z.record(z.string(), Panel),
  entities: z.record(z.string(), Entity.omit({ id: true })),
  relationships: z.record(z.string(), Relationship),
})

export function toTree({ name, properties, panels, entities, relationships }: CommittedWorkspace): MergeTree {
  return {
    workspace: { name, properties },
    panels: Object.fromEntries(
      [...panels].map(
        ([
          id,
          {
            source,
            frame: { x, y, w, h },
            state,
            properties: more,
          },
        ]) => {
          return [id, { source, position: { x, y }, size: { w, h }, state, properties: more }]
        },
      ),
    ),
    entities: Object.fromEntries([...entities].map(([id, { id: _id, ...entity }]) => [id, entity])),
    relationships: Object.fromEntries(relationships.map((edge) => [keyOfEdge(edge), edge])),
  }
}

export function keyOfEdge({ from, kind, to }: Relationship): string {
  return `${from} ${kind} ${to}`
}

export interface TreeReading {
  /** The workspace's id. */
  readonly root: string
  readonly titleOf: (panel: string, source: string) => string
}

/** What a merge gave, checked: a person may have put any value where two sides conflicted. */
export function fromTree(tree: Json, { root, titleOf }: TreeReading): CommittedWorkspace {
  const parsed = MergeTree.safeParse(tree)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const detail = `what was chosen does not fit at ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "another value is needed"}`
    throw new NexusError({ code: "invalid-input", detail, path: "choices" })
  }
  const { workspace, panels, entities, relationships } = parsed.data
  const merged = {
    ...workspace,
    panels: new Map(
      Object.entries(panels).map(([id, { position, size, ...panel }]) => {
        return [id, { title: titleOf(id, panel.source), frame: { ...position, ...size }, ...panel }]
      }),
    ),
    entities: new Map(Object.entries(entities).map(([id, entity]) => [id, { id, ...entity }])),
    relationships: Object.values(relationships),
  }
  return withoutLoose(merged, root)
}

/** Leaves out what stood in, or led to, something that is gone: as a removal does. */
function withoutLoose(merged: CommittedWorkspace, root: string): CommittedWorkspace {
  const entities = new Map(merged.entities)
  const isThere = (id: string) => {
    return id === root || [...placesAbove(id)].some((place) => merged.panels.has(place) || entities.has(place))
  }
  for (let before = -1; before !== entities.size; ) {
    before = entities.size
    for (const [id, { scope }] of entities) if (!isThere(scope)) entities.delete(id)
  }
  const relationships = merged.relationships.filter(({ from, to }) => isThere(from) && isThere(to))
  return { ...merged, entities, relationships }
}

/** An id and every id it could be derived from: `panel_1.handler.add` follows from `panel_1`. */
export function* placesAbove(id: string): Generator<string> {
  for (let end = id.length; end > 0; end = id.lastIndexOf(".", end - 1)) yield id.slice(0, end)
}
