import * as z from "zod"
import { Id } from "../ids.ts"
import { Best } from "./best.ts"
import { Entity, EntityKind } from "./entity.ts"
import type { Graph } from "./graph.ts"
import { Relationship, RelationshipKind } from "./relationship.ts"

/**
 * Questions to a graph. Each answer is a piece of the graph, entities with the relationships among them, and says
 * whether it was cut: a reader that sees `cut` knows there is more and narrows the question. All walks are breadth
 * first in the order the graph was built, so equal graphs give equal answers.
 */

/** Hard bounds of every answer. */
export const MAX_QUERY_DEPTH = 10
export const MAX_QUERY_BREADTH = 1000

const Direction = z.enum(["out", "in", "both"])
type Direction = z.infer<typeof Direction>

const Limit = z.int().min(1).max(MAX_QUERY_BREADTH).default(200)
const Kinds = z.array(RelationshipKind).min(1).optional()

const question = <Kind extends string, Shape extends z.ZodRawShape>(find: Kind, shape: Shape) =>
  z.object({ find: z.literal(find), ...shape })

/** A question to a graph, told apart by `find`; `limit` bounds its entities. */
export const Query = z.discriminatedUnion("find", [
  question("id", { ids: z.array(Id).min(1).max(MAX_QUERY_BREADTH) }),
  question("kind", { kind: EntityKind, scope: Id.optional(), limit: Limit }),
  /** Names compare without case; `exact: false` finds names that contain it. */
  question("name", {
    name: z.string().min(1).max(400),
    kind: EntityKind.optional(),
    exact: z.boolean().default(true),
    limit: Limit,
  }),
  question("neighbours", { id: Id, direction: Direction.default("both"), kinds: Kinds, limit: Limit }),
  question("subgraph", {
    id: Id,
    depth: z.int().min(1).max(MAX_QUERY_DEPTH).default(2),
    direction: Direction.default("both"),
    kinds: Kinds,
    limit: Limit,
  }),
  /** The fewest steps from one entity to another, at most `MAX_QUERY_DEPTH`; empty when there is no way. */
  question("path", { from: Id, to: Id, direction: Direction.default("both"), kinds: Kinds }),
  /** Every word must occur in the name or in a text property; names weigh more. */
  question("text", { text: z.string().min(1).max(400), kind: EntityKind.optional(), limit: Limit }),
])
export type Query = Readonly<z.infer<typeof Query>>
/** A query as a caller may write it, with the defaults left out. */
export type QueryInput = z.input<typeof Query>

/** `cut` is true when a bound kept something out. */
export const QueryResult = z.object({
  entities: z.array(Entity),
  relationships: z.array(Relationship),
  cut: z.boolean(),
})
export type QueryResult = Readonly<z.infer<typeof QueryResult>>

/** Characters that are read without a rest: a few milliseconds. */
const READ_AT_ONCE = 20_000

/**
 * Makes ready what `query` will need of a graph that was not searched before, in short pieces with a `rest` between them:
 * the first search of a large graph would otherwise stop everybody for seconds.
 */
export async function prepareQuery(graph: Graph, query: Query, rest: () => Promise<void>): Promise<void> {
  if (query.find !== "text" && !(query.find === "name" && query.exact)) return
  const index = graph.searchIndex(textOf)
  while (!index.fill(READ_AT_ONCE)) await rest()
}

/** Answers `query` from `graph`. An id that is not there gives an empty answer, not a failure. */
export function queryGraph(graph: Graph, query: Query): QueryResult {
  switch (query.find) {
    case "id":
      return piece(
        graph,
        query.ids.map((id) => graph.entity(id)).filter((entity) => entity !== undefined),
        false,
      )
    case "kind":
      return taken(graph, graph.ofKind(query.kind), query.limit, (entity) =>
        query.scope === undefined ? true : entity.scope === query.scope,
      )
    case "name":
      return byName(graph, query)
    case "neighbours":
      return walk(graph, { ...query, depth: 1 })
    case "subgraph":
      return walk(graph, query)
    case "path":
      return shortestPath(graph, query)
    case "text":
      return byText(graph, query)
  }
}

function byName(graph: Graph, query: Extract<Query, { find: "name" }>): QueryResult {
  const wanted = query.name.toLowerCase()
  if (query.exact) {
    const ids = graph.searchIndex(textOf).named(wanted)
    // In the order the graph was built, as everything else: seldom are there many of one name.
    const named = [...ids].map((id) => graph.entity(id)).filter((entity) => entity !== undefined)
    return taken(graph, named, query.limit, ({ kind }) => query.kind === undefined || kind === query.kind)
  }
  return taken(graph, candidates(graph, query.kind), query.limit, ({ name }) => name.toLowerCase().includes(wanted))
}

interface Walk {
  readonly id: string
  readonly depth: number
  readonly direction: Direction
  readonly kinds?: readonly RelationshipKind[] | undefined
  readonly limit: number
}

function walk(graph: Graph, { id, depth, direction, kinds, limit }: Walk): QueryResult {
  const start = graph.entity(id)
  if (!start) return piece(graph, [], false)
  const found = new Map<string, Entity>([[id, start]])
  let ring: readonly string[] = [id]
  let next: string[] = []
  /** Is there no room for what stands at the other end? */
  const reach = (edges: Iterable<Relationship>, end: "from" | "to"): boolean => {
    for (const edge of edges) {
      const at = edge[end]
      if (found.has(at) || !allowed(edge, kinds)) continue
      // The start does not count against the limit: a neighbours answer holds it and `limit` others.
      if (found.size > limit) return true
      const entity = graph.entity(at)
      if (!entity) continue
      found.set(at, entity)
      next.push(at)
    }
    return false
  }
  for (let step = 0; step < depth && ring.length > 0; step += 1) {
    for (const from of ring) {
      const full =
        (direction !== "in" && reach(graph.outgoing(from), "to")) ||
        (direction !== "out" && reach(graph.incoming(from), "from"))
      if (full) return piece(graph, [...found.values()], true, kinds, found)
    }
    ring = next
    next = []
  }
  // What lies just beyond the depth is cut off too.
  const leads = (edges: Iterable<Relationship>, end: "from" | "to"): boolean => {
    for (const edge of edges) if (!found.has(edge[end]) && allowed(edge, kinds)) return true
    return false
  }
  const cut = ring.some(
    (from) =>
      (direction !== "in" && leads(graph.outgoing(from), "to")) ||
      (direction !== "out" && leads(graph.incoming(from), "from")),
  )
  return piece(graph, [...found.values()], cut, kinds, found)
}

function shortestPath(graph: Graph, query: Extract<Query, { find: "path" }>): QueryResult {
  const { from, to, direction, kinds } = query
  if (!graph.entity(from) || !graph.entity(to)) return piece(graph, [], false)
  const cameFrom = new Map<string, string | undefined>([[from, undefined]])
  let ring: readonly string[] = [from]
  for (let step = 0; step < MAX_QUERY_DEPTH && !cameFrom.has(to) && ring.length > 0; step += 1) {
    const next: string[] = []
    for (const at of ring) {
      for (const id of steps(graph, at, direction, kinds)) {
        if (cameFrom.has(id)) continue
        cameFrom.set(id, at)
        next.push(id)
      }
    }
    ring = next
  }
  // A ring that is not empty means that the depth ran out, not the graph.
  if (!cameFrom.has(to)) return piece(graph, [], ring.length > 0)
  const path: Entity[] = []
  for (let at: string | undefined = to; at !== undefined; at = cameFrom.get(at)) {
    const entity = graph.entity(at)
    if (entity) path.unshift(entity)
  }
  const relationships = path.slice(1).flatMap((entity, index) => {
    const before = path[index]
    return before ? between(graph, before.id, entity.id, direction, kinds) : []
  })
  return { entities: path, relationships, cut: false }
}

function byText(graph: Graph, query: Extract<Query, { find: "text" }>): QueryResult {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean)
  const best = new Best(query.limit)
  const weigh = (entity: Entity, name: string, bodyOf: () => string): void => {
    let score = 0
    for (const word of words) {
      if (name.includes(word)) score += name === word ? 4 : 2
      else if (bodyOf().includes(word)) score += 1
      else return
    }
    if (score > 0) best.offer({ entity, score })
  }
  const held = graph.searchIndex(textOf).mayHold(words)
  for (const { entity, name, body } of held ?? []) {
    if (query.kind === undefined || entity.kind === query.kind) weigh(entity, name, () => body)
  }
  // Words of one or two letters stand nearly everywhere.
  if (held === undefined) {
    for (const entity of candidates(graph, query.kind)) {
      weigh(entity, entity.name.toLowerCase(), () => textOf(entity))
    }
  }
  return piece(graph, best.entities, best.cut)
}

/** The text of the properties a person wrote; state and frames are numbers of the moment, not what an entity is about. */
function textOf(entity: Entity): string {
  const texts = Object.entries(entity.properties).map(([name, value]) =>
    name === "frame" || name === "grants" ? "" : typeof value === "string" ? value : JSON.stringify(value),
  )
  return texts.join("\n").toLowerCase()
}

function candidates(graph: Graph, kind: EntityKind | undefined): Iterable<Entity> {
  return kind === undefined ? graph.entities() : graph.ofKind(kind)
}

function taken(graph: Graph, from: Iterable<Entity>, limit: number, wanted: (entity: Entity) => boolean): QueryResult {
  const found: Entity[] = []
  for (const entity of from) {
    if (!wanted(entity)) continue
    if (found.length === limit) return piece(graph, found, true)
    found.push(entity)
  }
  return piece(graph, found, false)
}

function* steps(
  graph: Graph,
  id: string,
  direction: Direction,
  kinds: readonly RelationshipKind[] | undefined,
): Generator<string> {
  if (direction !== "in") for (const edge of graph.outgoing(id)) if (allowed(edge, kinds)) yield edge.to
  if (direction !== "out") for (const edge of graph.incoming(id)) if (allowed(edge, kinds)) yield edge.from
}

function between(
  graph: Graph,
  a: string,
  b: string,
  direction: Direction,
  kinds: readonly RelationshipKind[] | undefined,
): Relationship[] {
  const edges: Relationship[] = []
  if (direction !== "in")
    for (const edge of graph.outgoing(a)) if (edge.to === b && allowed(edge, kinds)) edges.push(edge)
  if (direction !== "out")
    for (const edge of graph.outgoing(b)) if (edge.to === a && allowed(edge, kinds)) edges.push(edge)
  return edges
}

function allowed(edge: Relationship, kinds: readonly RelationshipKind[] | undefined): boolean {
  return kinds === undefined || kinds.includes(edge.kind)
}

/** More relationships than this are not looked through for the few that matter. */
const HUB = 4 * MAX_QUERY_BREADTH

/** The entities with the relationships among them; `ids` are theirs. */
function piece(
  graph: Graph,
  entities: readonly Entity[],
  cut: boolean,
  kinds?: readonly RelationshipKind[],
  ids: Pick<ReadonlyMap<string, unknown>, "has" | "keys"> = new Set(entities.map(({ id }) => id)),
): QueryResult {
  const relationships: Relationship[] = []
  // From where thousands of relationships begin, those that end here are found from their ends.
  const hubs = new Set<string>()
  for (const id of ids.keys()) {
    if (graph.outdegree(id) > HUB) hubs.add(id)
    else for (const edge of graph.outgoing(id)) if (ids.has(edge.to) && allowed(edge, kinds)) relationships.push(edge)
  }
  if (hubs.size > 0) {
    for (const id of ids.keys()) {
      for (const edge of graph.incoming(id)) if (hubs.has(edge.from) && allowed(edge, kinds)) relationships.push(edge)
    }
  }
  return { entities: [...entities], relationships, cut }
}
