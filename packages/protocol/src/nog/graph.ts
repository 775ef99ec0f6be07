import type { Snapshot } from "../wire/server-message.ts"
import type { Entity, EntityKind, PanelEntity } from "./entity.ts"
import { isPanel } from "./is-panel.ts"
import type { Relationship } from "./relationship.ts"
import { SearchIndex } from "./search-index.ts"
import { Weights } from "./weights.ts"

/** What the maps of a graph take for each entity and each relationship, beside the values themselves. */
const ENTITY_INDEX_BYTES = 250
const EDGE_INDEX_BYTES = 350

/**
 * The Nexus Object Graph of one workspace, in memory. Entities are immutable and shared, so an old reference stays
 * true; the indexes advance in place. Only `apply` calls the four writing methods; everything else reads. Persistent
 * maps all the way down were refused: they made every read pay for the rare fork.
 */
export class Graph {
  #entities = new Map<string, Entity>()
  #relationships = new Map<string, Relationship>()
  #byKind = new Map<EntityKind, Set<string>>()
  #byScope = new Map<string, Set<string>>()
  #outgoing = new Map<string, Map<string, Relationship>>()
  #incoming = new Map<string, Map<string, Relationship>>()
  /** Made by the first search. */
  #search: SearchIndex | undefined
  /** Made when it is first weighed. */
  #weights: Weights<Entity | Relationship> | undefined

  static fromSnapshot(snapshot: Pick<Snapshot, "entities" | "relationships">): Graph {
    const graph = new Graph()
    for (const entity of snapshot.entities) graph.putEntity(entity)
    for (const relationship of snapshot.relationships) graph.putRelationship(relationship)
    return graph
  }

  get size(): number {
    return this.#entities.size
  }

  /** About how many bytes of memory it takes: values, indexes, and where words stand once somebody has searched. */
  get bytes(): number {
    this.#weights ??= new Weights(
      [...this.#entities.keys(), ...this.#relationships.keys()],
      (key) => this.#entities.get(key) ?? this.#relationships.get(key),
    )
    return this.#weights.bytes + this.indexBytes + (this.#search?.bytes ?? 0)
  }

  /** What a fork takes, which shares the values. */
  get indexBytes(): number {
    return this.#entities.size * ENTITY_INDEX_BYTES + this.#relationships.size * EDGE_INDEX_BYTES
  }

  entity(id: string): Entity | undefined {
    return this.#entities.get(id)
  }

  panel(id: string): PanelEntity | undefined {
    const entity = this.#entities.get(id)
    return isPanel(entity) ? entity : undefined
  }

  entities(): IterableIterator<Entity> {
    return this.#entities.values()
  }

  *ofKind(kind: EntityKind): IterableIterator<Entity> {
    for (const id of this.#byKind.get(kind) ?? []) yield this.#must(id)
  }

  *panels(): IterableIterator<PanelEntity> {
    for (const entity of this.ofKind("panel")) if (isPanel(entity)) yield entity
  }

  /** The entities that live directly in `scope`. */
  *within(scope: string): IterableIterator<Entity> {
    for (const id of this.#byScope.get(scope) ?? []) yield this.#must(id)
  }

  relationship(from: string, kind: string, to: string): Relationship | undefined {
    return this.#relationships.get(edgeKey(from, kind, to))
  }

  relationships(): IterableIterator<Relationship> {
    return this.#relationships.values()
  }

  outgoing(id: string): IterableIterator<Relationship> {
    return (this.#outgoing.get(id) ?? NO_EDGES).values()
  }

  incoming(id: string): IterableIterator<Relationship> {
    return (this.#incoming.get(id) ?? NO_EDGES).values()
  }

  /** How many relationships begin there. */
  outdegree(id: string): number {
    return this.#outgoing.get(id)?.size ?? 0
  }

  /** Where words stand in it, as `textOf` reads an entity; always given the same one. */
  searchIndex(textOf: (entity: Entity) => string): SearchIndex {
    this.#search ??= new SearchIndex(
      () => this.#entities.values(),
      (id) => this.#entities.get(id),
      textOf,
    )
    return this.#search
  }

  /** An independent copy that shares every entity; for dry runs and previews. */
  fork(): Graph {
    const copy = new Graph()
    copy.#entities = new Map(this.#entities)
    copy.#relationships = new Map(this.#relationships)
    copy.#byKind = copyIndex(this.#byKind)
    copy.#byScope = copyIndex(this.#byScope)
    copy.#outgoing = copyEdges(this.#outgoing)
    copy.#incoming = copyEdges(this.#incoming)
    return copy
  }

  /** The graph written whole, in id order: equal graphs give equal snapshots. */
  toSnapshot(): Pick<Snapshot, "entities" | "relationships"> {
    const entities = [...this.#entities.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const keys = [...this.#relationships.keys()].sort()
    return { entities, relationships: keys.map((key) => this.#mustEdge(key)) }
  }

  /** For `apply` only: adds or replaces. */
  putEntity(entity: Entity): void {
    const before = this.#entities.get(entity.id)
    if (before && (before.kind !== entity.kind || before.scope !== entity.scope)) this.dropEntity(before.id)
    this.#entities.set(entity.id, entity)
    this.#search?.touch(entity.id)
    this.#weights?.touch(entity.id)
    indexed(this.#byKind, entity.kind).add(entity.id)
    indexed(this.#byScope, entity.scope).add(entity.id)
  }

  /** For `apply` only: removes the entity alone; its relationships must be gone already. */
  dropEntity(id: string): void {
    const entity = this.#entities.get(id)
    if (!entity) return
    this.#entities.delete(id)
    this.#search?.touch(id)
    this.#weights?.touch(id)
    unindex(this.#byKind, entity.kind, id)
    unindex(this.#byScope, entity.scope, id)
  }

  /** For `apply` only. */
  putRelationship(relationship: Relationship): void {
    const key = edgeKey(relationship.from, relationship.kind, relationship.to)
    this.#relationships.set(key, relationship)
    this.#weights?.touch(key)
    edgesAt(this.#outgoing, relationship.from).set(key, relationship)
    edgesAt(this.#incoming, relationship.to).set(key, relationship)
  }

  /** For `apply` only. */
  dropRelationship(from: string, kind: string, to: string): void {
    const key = edgeKey(from, kind, to)
    this.#relationships.delete(key)
    this.#weights?.touch(key)
    dropEdge(this.#outgoing, from, key)
    dropEdge(this.#incoming, to, key)
  }

  #must(id: string): Entity {
    const entity = this.#entities.get(id)
    if (!entity) throw new Error(`index names ${id}, which is gone`)
    return entity
  }

  #mustEdge(key: string): Relationship {
    const relationship = this.#relationships.get(key)
    if (!relationship) throw new Error(`index names ${key}, which is gone`)
    return relationship
  }
}

function edgeKey(from: string, kind: string, to: string): string {
  return `${from} ${kind} ${to}`
}

const NO_EDGES: ReadonlyMap<string, Relationship> = new Map()

function edgesAt(index: Map<string, Map<string, Relationship>>, id: string): Map<string, Relationship> {
  let edges = index.get(id)
  if (!edges) {
    edges = new Map()
    index.set(id, edges)
  }
  return edges
}

function dropEdge(index: Map<string, Map<string, Relationship>>, id: string, key: string): void {
  const edges = index.get(id)
  if (edges?.delete(key) && edges.size === 0) index.delete(id)
}

function copyEdges(index: Map<string, Map<string, Relationship>>): Map<string, Map<string, Relationship>> {
  const copy = new Map<string, Map<string, Relationship>>()
  for (const [id, edges] of index) copy.set(id, new Map(edges))
  return copy
}

function indexed<Key>(index: Map<Key, Set<string>>, key: Key): Set<string> {
  let ids = index.get(key)
  if (!ids) {
    ids = new Set()
    index.set(key, ids)
  }
  return ids
}

function unindex<Key>(index: Map<Key, Set<string>>, key: Key, id: string): void {
  const ids = index.get(key)
  if (ids?.delete(id) && ids.size === 0) index.delete(key)
}

function copyIndex<Key>(index: Map<Key, Set<string>>): Map<Key, Set<string>> {
  const copy = new Map<Key, Set<string>>()
  for (const [key, ids] of index) copy.set(key, new Set(ids))
  return copy
}
