import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { Entity } from "../nog/entity.ts"
import { Query } from "../nog/query.ts"
import { Relationship } from "../nog/relationship.ts"
import { endpoint } from "./endpoint.ts"

/** A piece of the graph as of `seq`; `cut` says that a bound kept something out. */
export const QueryAnswer = z.object({
  seq: Seq,
  entities: z.array(Entity),
  relationships: z.array(Relationship),
  cut: z.boolean(),
})
export type QueryAnswer = Readonly<z.infer<typeof QueryAnswer>>

export const queryGraph = endpoint({
  name: "queryGraph",
  tag: "graph",
  method: "post",
  path: "/nog/query",
  summary: "Ask the graph: by id, kind or name, neighbours, subgraph, shortest path, text",
  access: "viewer",
  reads: true,
  params: z.object({}),
  query: z.object({}),
  body: z.object({ workspace: Id, query: Query }),
  status: 200,
  answer: QueryAnswer,
})
