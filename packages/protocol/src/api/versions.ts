import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { JsonObject } from "../json.ts"
import { Change } from "../nog/change.ts"
import { Frame } from "../nog/entity.ts"
import { endpoint } from "./endpoint.ts"
import { PageCursor, PageNext } from "./page.ts"

/** One Git commit; `seq` is the journal position it was made from, `parents` are ids: two for a merge. */
export const CommitSummary = z.object({
  id: z.string(),
  message: z.string(),
  at: z.number(),
  author: z.string(),
  parents: z.array(z.string()),
  /** Whose changes a commit that the kernel made by itself holds. */
  persons: z.array(z.string()).optional(),
  seq: Seq.optional(),
})
export type CommitSummary = Readonly<z.infer<typeof CommitSummary>>

/** What names a commit: an id, the start of one, a branch or a tag. */
export const Ref = z.string().min(1).max(200)

const none = z.object({})
const shared = { tag: "versions", params: none, query: none, body: none, status: 200 } as const

export const commitWorkspace = endpoint({
  ...shared,
  name: "commitWorkspace",
  method: "post",
  path: "/workspace/commit",
  summary: "Write the workspace as a Git commit on its branch",
  access: "editor",
  body: z.object({ workspace: Id, message: z.string().trim().min(1).max(2000).optional() }),
  status: 201,
  answer: z.object({ commit: z.string(), message: z.string(), seq: Seq }),
})

export const checkoutWorkspace = endpoint({
  ...shared,
  name: "checkoutWorkspace",
  method: "post",
  path: "/workspace/checkout",
  summary: "Bring a commit's panels and state back, as one change; the branch stays",
  access: "editor",
  body: z.object({ workspace: Id, ref: Ref }),
  answer: z.object({ change: Change.optional(), commit: z.string() }),
})

export const listHistory = endpoint({
  ...shared,
  name: "listHistory",
  method: "get",
  path: "/workspace/history",
  summary: "The commits of a branch, newest first; without a ref those of the workspace's own branch",
  access: "viewer",
  query: z.object({
    workspace: Id,
    ref: Ref.optional(),
    /** Only the commits that changed this panel. */
    panel: Id.optional(),
    /** Only the commits this person wrote, or has work in. */
    person: z.string().min(1).max(200).optional(),
    limit: z.coerce.number<string>().int().min(1).max(1000).default(100),
    ...PageCursor,
  }),
  answer: z.object({ commits: z.array(CommitSummary), ...PageNext }),
})

export const readVersion = endpoint({
  ...shared,
  name: "readVersion",
  method: "get",
  path: "/workspace/version",
  summary: "The panels of a commit, as they lay and what they held; without a ref as they are now",
  access: "viewer",
  query: z.object({ workspace: Id, ref: Ref.optional() }),
  answer: z.object({
    commit: z.string().optional(),
    panels: z.array(z.object({ id: Id, title: z.string(), source: z.string(), frame: Frame, state: JsonObject })),
  }),
})
