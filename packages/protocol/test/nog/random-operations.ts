import type { Graph, Json, Operation, Step } from "@nexus/protocol"
import { equalJson, isArray, isJsonObject, keyOf } from "@nexus/protocol"

/** A repeatable source of choices: the same seed gives the same run. */
export class Chance {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }
  /** mulberry32 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }
  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error("nothing to choose from")
    return item
  }
  maybe(probability: number): boolean {
    return this.next() < probability
  }
}

const IDS = ["w", "p1", "p2", "p3", "c1", "c2", "c3", "c4"]
const NAMES = ["items", "count", "deep", "__proto__", "constructor"]
const EDGES = ["contains", "reads", "related_to"] as const

/** One operation that may or may not fit the graph: apply has to cope with both. */
export function randomOperation(chance: Chance, graph: Graph): Operation {
  const panel = chance.of(["p1", "p2", "p3"])
  switch (chance.below(12)) {
    case 0:
      return { kind: "entity_add", entity: randomEntity(chance) }
    case 1:
      return {
        kind: "entity_set",
        id: chance.of(IDS),
        set: { a: randomJson(chance, 1) },
        unset: chance.maybe(0.3) ? ["b"] : [],
        ...(chance.maybe(0.3) ? { name: `n${chance.below(9)}` } : {}),
        ...(chance.maybe(0.1) ? { expect: { a: 1 } } : {}),
      }
    case 2:
      return { kind: "entity_remove", id: chance.of(IDS) }
    case 3:
      return {
        kind: "relationship_add",
        relationship: {
          from: chance.of(IDS),
          kind: chance.of(EDGES),
          to: chance.of(IDS),
          properties: { n: chance.below(9) },
        },
      }
    case 4:
      return { kind: "relationship_remove", from: chance.of(IDS), relationship: chance.of(EDGES), to: chance.of(IDS) }
    case 5:
      return { kind: "panel_source", panel, source: `s${chance.below(99)}`, title: `t${chance.below(9)}` }
    case 6:
      return { kind: "panel_frame", panel, frame: { x: chance.below(99), y: chance.below(99), w: 100, h: 100 } }
    case 7:
      return { kind: "panel_grant", panel, grant: `kv:${chance.below(3)}`, granted: chance.maybe(0.5) }
    case 8:
      return { kind: "state_unset", panel, path: randomPath(chance, graph, panel) }
    case 9:
    case 10:
      return randomSplice(chance, graph, panel)
    default: {
      const path = randomPath(chance, graph, panel)
      return { kind: "state_set", panel, path, value: randomJson(chance, 3) }
    }
  }
}

function randomEntity(chance: Chance) {
  const id = chance.of(IDS)
  if (!id.startsWith("p")) {
    const kind = id === "w" ? ("workspace" as const) : ("concept" as const)
    return {
      id,
      kind,
      name: id,
      properties: { a: randomJson(chance, 1) },
      scope: id === "w" ? "" : chance.of(["w", "p1", "c1"]),
    }
  }
  const frame = { x: 0, y: 0, w: 100, h: 100 }
  const state = { items: randomList(chance, 2), count: chance.below(9), deep: { list: randomList(chance, 2) } }
  return {
    id,
    kind: "panel" as const,
    name: id,
    properties: { source: "", title: id, frame, state, grants: [] },
    scope: "w",
  }
}

function randomSplice(chance: Chance, graph: Graph, panel: string): Operation {
  const path = chance.of<Step[]>([["items"], ["deep", "list"], ["count"]])
  const state = graph.panel(panel)?.properties.state
  const list = path.length === 1 ? state?.items : isJsonObject(state?.deep) ? state.deep.list : undefined
  const items: readonly Json[] = isArray(list) ? list : []
  const index = chance.below(items.length + 2)
  const removed = items.slice(index, index + chance.below(3))
  const previous = keyOf(items[index - 1])
  return {
    kind: "state_splice",
    panel,
    path,
    index,
    ...(previous !== undefined && chance.maybe(0.6) ? { after: previous } : {}),
    remove: removed.map((item) => {
      const key = keyOf(item)
      if (key === undefined || !chance.maybe(0.8)) return { value: item }
      return chance.maybe(0.3) ? { key, expect: item } : { key }
    }),
    insert: randomList(chance, 2).slice(0, chance.below(3)),
  }
}

function randomPath(chance: Chance, graph: Graph, panel: string): Step[] {
  const path: Step[] = [chance.of(NAMES)]
  let value: Json | undefined = graph.panel(panel)?.properties.state[String(path[0])]
  while (value !== undefined && chance.maybe(0.6)) {
    if (isArray(value) && value.length > 0) {
      const index = chance.below(value.length + 1)
      const item: Json | undefined = value[index]
      const key = keyOf(item)
      const step: Step =
        key !== undefined && chance.maybe(0.8)
          ? { key }
          : chance.maybe(0.5) && item !== undefined
            ? { index, expect: item }
            : { index }
      path.push(step)
      value = item
    } else if (isJsonObject(value)) {
      const name = chance.of([...Object.keys(value), "fresh", "__proto__"])
      path.push(name)
      value = Object.hasOwn(value, name) ? value[name] : undefined
    } else break
  }
  return path
}

export function randomList(chance: Chance, depth: number): Json[] {
  return Array.from({ length: chance.below(5) }, () =>
    chance.maybe(0.7)
      ? { id: chance.maybe(0.9) ? chance.below(12) : "x", done: chance.maybe(0.5) }
      : randomJson(chance, depth - 1),
  )
}

function randomJson(chance: Chance, depth: number): Json {
  switch (chance.below(depth > 0 ? 6 : 4)) {
    case 0:
      return null
    case 1:
      return chance.below(100)
    case 2:
      return `text ${chance.below(9)}`
    case 3:
      return chance.maybe(0.5)
    case 4:
      return randomList(chance, depth)
    default:
      return { id: chance.below(9), [chance.of(["a", "b", "__proto__x"])]: randomJson(chance, depth - 1) }
  }
}

/** Where `left` and `right` differ, for a failure a person can read; `undefined` when they are the same. */
export function difference(left: Graph, right: Graph): string | undefined {
  const [a, b] = [left.toSnapshot(), right.toSnapshot()]
  if (equalJson(a as unknown as Json, b as unknown as Json)) return undefined
  return `${JSON.stringify(a)}\n≠\n${JSON.stringify(b)}`
}
