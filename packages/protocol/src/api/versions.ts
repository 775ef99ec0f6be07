import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { Change } from "../nog/change.ts"
import { endpoint } from "./endpoint.ts"

/** One Git commit; `seq` is the journal position it was made from. */
export const CommitSummary = z.object({
  id: z.string(),
  message: z.string(),
  at: z.number(),
  author: z.string(),
  seq: Seq.optional(),
})
export type CommitSummary = Readonly<z.infer<typeof CommitSummary>>

const none = z.object({})
const shared = { tag: "versions", params: none, query: none, body: none, status: 200 } as const

export const commitWorkspace = endpoint({
  ...shared,
  name: "commitWorkspace",
  method: "post",
  path: "/workspace/commit",
  summary: "Write the workspace as a Git commit",
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
  summary: "Bring a commit's panels and state back, as one change",
  access: "editor",
  body: z.object({ workspace: Id, ref: z.string().min(1).max(200) }),
  answer: z.object({ change: Change.optional(), commit: z.string() }),
})

export const listHistory = endpoint({
  ...shared,
  name: "listHistory",
  method: "get",
  path: "/workspace/history",
  summary: "The commits of a workspace, newest first",
  access: "viewer",
  query: z.object({ workspace: Id, limit: z.coerce.number<string>().int().min(1).max(1000).default(100) }),
  answer: z.object({ commits: z.array(CommitSummary) }),
})
