import { apply, type Cause, type Change, Graph, type Json, type Operation, type Step } from "@nexus/protocol"
import type { ChangeSource } from "../src/index.ts"

export const WORKSPACE = "w1"
export const START = Date.UTC(2026, 2, 14, 9, 0, 0)

/** A journal in memory that accepts what `apply` accepts, as the kernel's does. */
export interface TestJournal extends ChangeSource {
  readonly graph: Graph
  readonly all: readonly Change[]
  /** Commits, and tells `listeners`. Throws for operations that do not apply. */
  commit(operations: Operation[], cause?: Partial<Cause>, at?: number): Change
  listeners: ((change: Change) => void)[]
}

export const ann = { kind: "person", id: "user_ann", name: "Ann Example" } as const

export function createJournal(workspace = WORKSPACE, stepMs = 1000): TestJournal {
  const graph = new Graph()
  const all: Change[] = []
  const journal: TestJournal = {
    graph,
    all,
    listeners: [],
    commit(operations, cause = {}, at = START + all.length * stepMs) {
      const applied = apply(graph, operations)
      if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
      const seq = all.length + 1
      const change: Change = {
        workspace,
        seq,
        submission: `sub_${workspace}_${seq}`,
        cause: { actor: ann, reason: `step ${seq}`, ...cause },
        operations,
        at,
      }
      all.push(change)
      for (const listener of journal.listeners) listener(change)
      return change
    },
    changes: async (of, after, limit) => (of === workspace ? all.slice(after, after + limit) : []),
    workspaces: async () => [workspace],
  }
  return journal
}

export function workspaceAdded(id = WORKSPACE): Operation {
  return { kind: "entity_add", entity: { id, kind: "workspace", name: "Home", properties: {}, scope: "" } }
}

export function panelAdded(id: string, state: { [name: string]: Json } = {}, scope = WORKSPACE): Operation {
  const properties = { source: "", frame: { x: 0, y: 0, w: 320, h: 240 }, title: id, state, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: id, properties, scope } }
}

/** A seeded stream of numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One operation that applies to `graph` now: panels, concepts, relations, and every way to change state. */
export function randomOperation(graph: Graph, random: () => number, name: string, scope = WORKSPACE): Operation {
  const below = (limit: number): number => Math.floor(random() * limit)
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[below(items.length)]
  const panels = [...graph.panels()]
  const panel = pick(panels)
  const kind = below(12)
  if (!panel || (kind === 0 && panels.length < 6))
    return panelAdded(`p_${name}`, { items: [], n: 0, rows: [1, 2, 3], deep: {} }, scope)
  if (kind === 1 && panels.length > 2) return { kind: "entity_remove", id: panel.id }
  if (kind === 2)
    return { kind: "panel_frame", panel: panel.id, frame: { x: below(900), y: below(900), w: 200, h: 100 } }
  if (kind === 3) return { kind: "panel_source", panel: panel.id, source: `<!-- ${name} -->`, title: `T ${name}` }
  if (kind === 4) {
    const entity = { id: `c_${name}`, kind: "concept", name, properties: { n: below(5) }, scope: panel.id } as const
    return { kind: "entity_add", entity }
  }
  if (kind === 5) {
    const to = pick([...graph.entities()])
    if (to && to.id !== panel.id && !graph.relationship(panel.id, "uses", to.id)) {
      return { kind: "relationship_add", relationship: { from: panel.id, kind: "uses", to: to.id, properties: {} } }
    }
  }
  return randomStateOperation(panel.id, panel.properties.state, random, name)
}

export function randomStateOperation(
  panel: string,
  state: { readonly [name: string]: Json },
  random: () => number,
  name: string,
): Operation {
  const below = (limit: number): number => Math.floor(random() * limit)
  const { items, rows } = state
  const keyed = Array.isArray(items) ? (items as { id: number }[]) : []
  const plain = Array.isArray(rows) ? (rows as Json[]) : []
  const number = Number(name.replace(/\D/g, "")) * 10 + below(10)
  const item = keyed[below(keyed.length)]
  const kind = below(9)
  if (kind === 0) return { kind: "state_set", panel, path: ["n"], value: below(4) }
  if (kind === 1) return { kind: "state_set", panel, path: ["deep", `k${below(3)}`], value: { v: below(3) } }
  if (kind === 2) return { kind: "state_unset", panel, path: ["deep", `k${below(3)}`] }
  if (kind === 3 && item)
    return { kind: "state_set", panel, path: ["items", { key: item.id }, "title"], value: `t${below(4)}` }
  if (kind === 4 && item) {
    const index = keyed.indexOf(item)
    return { kind: "state_splice", panel, path: ["items"], index, remove: [{ key: item.id }], insert: [] }
  }
  if (kind === 5 && item) return { kind: "state_set", panel, path: ["items"], value: [...keyed].reverse() }
  if (kind === 6 && plain.length > 0) {
    const step: Step = { index: below(plain.length) }
    return { kind: "state_set", panel, path: ["rows", step], value: below(5) }
  }
  if (kind === 7 && Array.isArray(rows)) {
    return {
      kind: "state_splice",
      panel,
      path: ["rows"],
      index: below(plain.length + 1),
      remove: [],
      insert: [below(5)],
    }
  }
  if (!Array.isArray(items)) return { kind: "state_set", panel, path: ["items"], value: [] }
  const index = below(keyed.length + 1)
  return {
    kind: "state_splice",
    panel,
    path: ["items"],
    index,
    remove: [],
    insert: [{ id: number, title: `t${below(4)}` }],
  }
}
