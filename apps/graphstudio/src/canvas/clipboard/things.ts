import {
  createId,
  type Entity,
  type Frame,
  type Graph,
  type JsonObject,
  type Operation,
  placingOf,
  sectionsOf,
} from "@nexus/protocol"
import { covers } from "../arrange/carried.ts"

/** A panel without its id, its workspace and its grants: a right belongs to one panel and is given by a person. */
export interface CopiedPanel {
  readonly title: string
  readonly source: string
  readonly frame: Frame
  readonly state: JsonObject
  readonly z?: number | undefined
  readonly locked?: boolean | undefined
  readonly group?: string | undefined
}

/** What can be taken from one canvas to another, or to another place on the same one. */
export interface Things {
  readonly panels: readonly CopiedPanel[]
  readonly sections: readonly { readonly name: string; readonly frame: Frame }[]
}

interface Taken {
  readonly values: boolean
  /** These alone, without what lies in the sections among them. */
  readonly only?: boolean
}

/** What is chosen, and what lies in the sections among it. Values come along only when they are asked for. */
export function thingsIn(graph: Graph, ids: readonly string[], { values, only = false }: Taken): Things {
  const sections = sectionsOf(graph).filter(({ id }) => ids.includes(id))
  const panels = [...graph.panels()].filter(({ id, properties: { frame } }) => {
    return ids.includes(id) || (!only && sections.some((section) => covers(section.frame, frame)))
  })
  return {
    panels: panels.map((panel) => {
      const { title, source, frame, state } = panel.properties
      const { z, locked, group } = placingOf(panel)
      return { title, source, frame, state: values ? state : {}, z, locked, group }
    }),
    sections: sections.map(({ name, frame }) => ({ name, frame })),
  }
}

/**
 * What a cut of these takes away: with a section what lies in it, as a copy takes it along, and nothing that is locked.
 * Copy and removal are of the same things, so a paste brings back exactly what went.
 */
export function cutOf(graph: Graph, ids: readonly string[]): readonly string[] {
  const sections = sectionsOf(graph).filter(({ id }) => ids.includes(id))
  const panels = [...graph.panels()].filter((panel) => {
    if (placingOf(panel).locked) return false
    return ids.includes(panel.id) || sections.some(({ frame }) => covers(frame, panel.properties.frame))
  })
  return [...sections, ...panels].map(({ id }) => id)
}

export function isNothing({ panels, sections }: Things): boolean {
  return panels.length === 0 && sections.length === 0
}

export function framesOf({ panels, sections }: Things): Frame[] {
  return [...panels, ...sections].map(({ frame }) => frame)
}

export function shifted({ panels, sections }: Things, dx: number, dy: number): Things {
  const there = <Thing extends { readonly frame: Frame }>(thing: Thing): Thing => {
    const { x, y } = thing.frame
    return { ...thing, frame: { ...thing.frame, x: Math.round(x + dx), y: Math.round(y + dy) } }
  }
  return { panels: panels.map(there), sections: sections.map(there) }
}

/** The operations that add them, with ids and groups made anew, and those ids. */
export function addThings(
  { panels, sections }: Things,
  workspace: string,
  newId: (prefix: string) => string = createId,
): { readonly operations: Operation[]; readonly ids: readonly string[] } {
  const groups = new Map<string, string>()
  const groupOf = (group: string) => {
    const known = groups.get(group) ?? newId("group")
    groups.set(group, known)
    return known
  }
  const entities = [
    ...sections.map(({ name, frame }): Entity => {
      return { id: newId("section"), kind: "section", name, scope: workspace, properties: { frame: { ...frame } } }
    }),
    ...panels.map(({ title, source, frame, state, z, locked, group }): Entity => {
      const placing = {
        ...(z ? { z } : {}),
        ...(locked ? { locked } : {}),
        ...(group === undefined ? {} : { group: groupOf(group) }),
      }
      const properties = { source, frame: { ...frame }, title, state, grants: [], ...placing }
      return { id: newId("panel"), kind: "panel", name: title.slice(0, 400), scope: workspace, properties }
    }),
  ]
  return {
    operations: entities.map((entity) => ({ kind: "entity_add", entity })),
    ids: entities.map(({ id }) => id),
  }
}
