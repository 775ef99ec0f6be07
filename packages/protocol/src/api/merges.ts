import * as z from "zod"
import { Id } from "../ids.ts"
import { Json } from "../json.ts"
import { Change } from "../nog/change.ts"
import { EntityKind } from "../nog/entity.ts"
import { ItemKey } from "../nog/operation.ts"
import { endpoint } from "./endpoint.ts"
import { Ref } from "./versions.ts"

/**
 * One place at which two versions cannot both be right. `path` leads to it within the thing: `["state", "items", { key },
 * "done"]`, `["source", part]` with the part in words such as "handler `add`", or nothing at all where one side removed
 * what the other changed. A side that is absent has nothing there. `["source"]` alone is the whole text: it holds all that
 * could be merged, and only where they part each side's own.
 */
export const MergeConflict = z.object({
  /** Names the conflict and what both sides say: a choice made of it counts for nothing else. */
  token: z.string(),
  id: z.string(),
  of: z.union([EntityKind, z.literal("relationship")]),
  /** What the thing is called. */
  name: z.string(),
  path: z.array(z.union([z.string(), z.object({ key: ItemKey })])),
  kind: z.enum(["removed", "source", "value", "list", "order"]),
  base: Json.optional(),
  ours: Json.optional(),
  theirs: Json.optional(),
  /** Of a part of a source: the whole source, with each side's own wherever they part. */
  sources: z.object({ ours: z.string(), theirs: z.string() }).optional(),
})
export type MergeConflict = Readonly<z.infer<typeof MergeConflict>>

/** What a person decided: one side, or a value of their own. */
export const MergeChoice = z.union([
  z.object({ token: z.string(), take: z.enum(["ours", "theirs"]) }),
  z.object({ token: z.string(), value: Json }),
])
export type MergeChoice = Readonly<z.infer<typeof MergeChoice>>

const made = { commit: z.string(), change: Change.optional() }

/** `merged` and `forwarded` have changed the workspace; `conflicts` has not. */
export const MergeAnswer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("merged"), ...made }),
  z.object({ status: z.literal("forwarded"), ...made }),
  z.object({ status: z.literal("up-to-date"), commit: z.string() }),
  z.object({ status: z.literal("conflicts"), conflicts: z.array(MergeConflict) }),
])
export type MergeAnswer = Readonly<z.infer<typeof MergeAnswer>>

const shared = {
  tag: "versions",
  method: "post",
  params: z.object({}),
  query: z.object({}),
  status: 200,
  access: "editor",
  answer: MergeAnswer,
} as const
const choices = z.array(MergeChoice).max(10_000).default([])

export const mergeBranch = endpoint({
  ...shared,
  name: "mergeBranch",
  path: "/workspace/merge",
  summary: "Merge a branch, tag or commit into the workspace's branch: one change, and a commit with two parents",
  body: z.object({ workspace: Id, from: Ref, choices }),
})

export const revertCommit = endpoint({
  ...shared,
  name: "revertCommit",
  path: "/workspace/revert",
  summary: "Take back what one old commit changed, over what came since: one change, and a commit",
  body: z.object({ workspace: Id, commit: Ref, choices }),
})
