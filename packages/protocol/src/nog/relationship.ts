import * as z from "zod"
import { Id } from "../ids.ts"
import { JsonObject } from "../json.ts"

/** What an edge says: its `from` does this to its `to`. */
export const RelationshipKind = z.enum([
  "contains",
  "reads",
  "writes",
  "triggers",
  "imports",
  "requires",
  "uses",
  "produces",
  "precedes",
  "part_of",
  "extends",
  "implements",
  "related_to",
  "similar_to",
  "conflicts_with",
  "custom",
])
export type RelationshipKind = z.infer<typeof RelationshipKind>

/** How sure somebody is of a note or a relation, from 0 to 1; kept as `confidence` in its properties. */
export const Confidence = z.number().min(0).max(1)

/** One edge of the graph; `(from, kind, to)` identifies it. */
export const Relationship = z.object({ from: Id, kind: RelationshipKind, to: Id, properties: JsonObject })
export type Relationship = Readonly<z.infer<typeof Relationship>>
