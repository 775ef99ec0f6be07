import * as z from "zod"
import { Id } from "../ids.ts"
import { Json } from "../json.ts"
import { EntityKind } from "../nog/entity.ts"
import { endpoint } from "./endpoint.ts"
import { Ref } from "./versions.ts"

const Turn = z.enum(["added", "removed", "changed"])

const fact = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), sentence: z.string(), ...shape })

/**
 * One fact by which two versions of a thing differ: data for whoever compares, and a sentence for people. `value` is a
 * state, or a property; a list tells how many items came, went and changed; other values tell what they were and are
 * where that is short.
 */
export const VersionFact = z.discriminatedUnion("kind", [
  fact("existence", { change: Turn.exclude(["changed"]) }),
  fact("name", { before: z.string(), after: z.string() }),
  fact("moved", {}),
  fact("resized", {}),
  /** A named part of a panel's source; `part` alone where it has no name. */
  fact("source", {
    part: z.enum(["state", "computed", "import", "capability", "handler", "tool", "lifecycle", "view", "text"]),
    name: z.string().optional(),
    change: Turn,
  }),
  fact("value", {
    of: z.enum(["state", "property"]),
    name: z.string(),
    change: Turn,
    items: z.object({ gained: z.int(), lost: z.int(), changed: z.int() }).optional(),
    before: Json.optional(),
    after: Json.optional(),
  }),
  fact("relationship", { from: Id, relationship: z.string(), to: Id, change: Turn }),
])
export type VersionFact = Readonly<z.infer<typeof VersionFact>>

/** One thing of the workspace that differs between two versions. */
export const VersionDifference = z.object({
  id: z.string(),
  kind: EntityKind,
  name: z.string(),
  facts: z.array(VersionFact),
  /** Has it a text to compare, by `diffText`? */
  text: z.boolean(),
})
export type VersionDifference = Readonly<z.infer<typeof VersionDifference>>

const shared = {
  tag: "versions",
  method: "get",
  params: z.object({}),
  body: z.object({}),
  status: 200,
  access: "viewer",
} as const
/** Without `from` the newest commit of the branch, without `to` the workspace as it is now. */
const ends = { workspace: Id, from: Ref.optional(), to: Ref.optional() }

export const diffVersions = endpoint({
  ...shared,
  name: "diffVersions",
  path: "/workspace/diff",
  summary: "What differs between two commits, or a commit and now, in facts about panels and the graph",
  query: z.object(ends),
  answer: z.object({
    from: z.string().optional(),
    to: z.string().optional(),
    differences: z.array(VersionDifference),
    /** More differ than are listed. */
    cut: z.boolean(),
  }),
})

export const diffText = endpoint({
  ...shared,
  name: "diffText",
  path: "/workspace/diff/text",
  summary: "The files of one panel in two versions, to compare line by line",
  query: z.object({ ...ends, panel: Id }),
  answer: z.object({
    files: z.array(z.object({ path: z.string(), before: z.string().optional(), after: z.string().optional() })),
  }),
})
