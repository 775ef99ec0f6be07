import {
  type Entity,
  equalJson,
  type Graph,
  isArray,
  isJsonObject,
  type Json,
  keyOf,
  type Relationship,
  type StatePath,
  type Step,
} from "@nexus/protocol"

/** What is different between two moments, in the words of the graph: not lines, but things and values. */
export interface TwinDiff {
  readonly from: { readonly at: number; readonly seq: number }
  readonly to: { readonly at: number; readonly seq: number }
  readonly added: readonly Entity[]
  readonly removed: readonly Entity[]
  readonly changed: readonly EntityDiff[]
  readonly relationshipsAdded: readonly Relationship[]
  readonly relationshipsRemoved: readonly Relationship[]
}

/** One entity that is in both moments and differs. */
export interface EntityDiff {
  readonly id: string
  readonly kind: string
  readonly name: string
  /** Properties other than a panel's state. */
  readonly properties: readonly ValueDiff[]
  /** The values of a panel's state, at the finest place that says it. */
  readonly state: readonly ValueDiff[]
}

/** `before` is absent where the value is new, `after` where it is gone. */
export interface ValueDiff {
  readonly path: StatePath
  readonly before?: Json
  readonly after?: Json
}

export function diffGraphs(before: Graph, after: Graph): Omit<TwinDiff, "from" | "to"> {
  const removed = [...before.entities()].filter(({ id }) => !after.entity(id))
  const added: Entity[] = []
  const changed: EntityDiff[] = []
  for (const entity of after.entities()) {
    const old = before.entity(entity.id)
    if (!old) added.push(entity)
    else if (old !== entity) {
      const found = diffEntities(old, entity)
      if (found.properties.length > 0 || found.state.length > 0) changed.push(found)
    }
  }
  const gone = (from: Graph, other: Graph): Relationship[] =>
    [...from.relationships()].filter((edge) => !equalEdge(other.relationship(edge.from, edge.kind, edge.to), edge))
  return {
    added: added.sort(byId),
    removed: removed.sort(byId),
    changed: changed.sort(byId),
    relationshipsAdded: gone(after, before),
    relationshipsRemoved: gone(before, after),
  }
}

function diffEntities(before: Entity, after: Entity): EntityDiff {
  const { state: stateBefore = {}, ...propertiesBefore } = before.properties
  const { state: stateAfter = {}, ...propertiesAfter } = after.properties
  const panel = after.kind === "panel"
  const old = panel ? propertiesBefore : before.properties
  const now = panel ? propertiesAfter : after.properties
  return {
    id: after.id,
    kind: after.kind,
    name: after.name,
    properties: diffValues({ ...old, "": before.name }, { ...now, "": after.name }, []).map(named),
    state: panel ? diffValues(stateBefore, stateAfter, []) : [],
  }
}

/** An entity's own name travels as the property "", which no entity can have, until here. */
function named(value: ValueDiff): ValueDiff {
  return value.path[0] === "" ? { ...value, path: ["name"] } : value
}

function diffValues(before: Json | undefined, after: Json | undefined, path: StatePath): ValueDiff[] {
  if (equalJson(before, after)) return []
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => diffValues(before[name], after[name], [...path, name]))
  }
  if (isArray(before) && isArray(after) && keyed(before) && keyed(after)) {
    const old = byKey(before)
    const now = byKey(after)
    const found = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
      diffValues(old.get(key), now.get(key), [...path, { key }]),
    )
    if (found.length > 0) return found
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

type Key = Extract<Step, { key: unknown }>["key"]

function keyed(list: readonly Json[]): boolean {
  return new Set(list.map(keyOf)).size === list.length && list.every((item) => keyOf(item) !== undefined)
}

function byKey(list: readonly Json[]): Map<Key, Json> {
  return new Map(
    list.flatMap((item) => {
      const key = keyOf(item)
      return key === undefined ? [] : [[key, item] as const]
    }),
  )
}

function equalEdge(a: Relationship | undefined, b: Relationship): boolean {
  return a !== undefined && equalJson(a.properties, b.properties)
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}
