import type { Snapshot } from "../wire/server-message.ts"
import type { Entity, EntityKind, PanelEntity } from "./entity.ts"
import { isPanel } from "./is-panel.ts"
import type { Relationship } from "./relationship.ts"

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
  #outgoing = new Map<string, Set<string>>()
  #incoming = new Map<string, Set<string>>()

  static fromSnapshot(snapshot: Pick<Snapshot, "entities" | "relationships">): Graph {
    const graph = new Graph()
    for (const entity of snapshot.entities) graph.putEntity(entity)
    for (const relationship of snapshot.relationships) graph.putRelationship(relationship)
    return graph
  }

  get size(): number {
    return this.#entities.size
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

  *outgoing(id: string): IterableIterator<Relationship> {
    for (const key of this.#outgoing.get(id) ?? []) yield this.#mustEdge(key)
  }

  *incoming(id: string): IterableIterator<Relationship> {
    for (const key of this.#incoming.get(id) ?? []) yield this.#mustEdge(key)
  }

  /** An independent copy that shares every entity; for dry runs and previews. */
  fork(): Graph {
    const copy = new Graph()
    copy.#entities = new Map(this.#entities)
    copy.#relationships = new Map(this.#relationships)
    copy.#byKind = copyIndex(this.#byKind)
    copy.#byScope = copyIndex(this.#byScope)
    copy.#outgoing = copyIndex(this.#outgoing)
    copy.#incoming = copyIndex(this.#incoming)
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
    indexed(this.#byKind, entity.kind).add(entity.id)
    indexed(this.#byScope, entity.scope).add(entity.id)
  }

  /** For `apply` only: removes the entity alone; its relationships must be gone already. */
  dropEntity(id: string): void {
    const entity = this.#entities.get(id)
    if (!entity) return
    this.#entities.delete(id)
    unindex(this.#byKind, entity.kind, id)
    unindex(this.#byScope, entity.scope, id)
  }

  /** For `apply` only. */
  putRelationship(relationship: Relationship): void {
    const key = edgeKey(relationship.from, relationship.kind, relationship.to)
    this.#relationships.set(key, relationship)
    indexed(this.#outgoing, relationship.from).add(key)
    indexed(this.#incoming, relationship.to).add(key)
  }

  /** For `apply` only. */
  dropRelationship(from: string, kind: string, to: string): void {
    const key = edgeKey(from, kind, to)
    this.#relationships.delete(key)
    unindex(this.#outgoing, from, key)
    unindex(this.#incoming, to, key)
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
