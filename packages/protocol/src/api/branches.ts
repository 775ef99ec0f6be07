import * as z from "zod"
import { Id } from "../ids.ts"
import { Change } from "../nog/change.ts"
import { endpoint } from "./endpoint.ts"
import { RefName } from "./ref-name.ts"
import { Ref } from "./versions.ts"

/** A branch or a tag, with the commit it names. */
export const NamedCommit = z.object({
  name: z.string(),
  commit: z.string(),
  message: z.string(),
  author: z.string(),
  at: z.number(),
})
export type NamedCommit = Readonly<z.infer<typeof NamedCommit>>

export const BranchesAnswer = z.object({
  /** The branch that the next commit goes to. */
  current: z.string(),
  /** Does the workspace differ from the newest commit of its branch? */
  unsaved: z.boolean(),
  branches: z.array(NamedCommit),
  tags: z.array(NamedCommit),
  /** What was fetched last: `remote/branch`. */
  remote: z.array(NamedCommit),
})
export type BranchesAnswer = Readonly<z.infer<typeof BranchesAnswer>>

const none = z.object({})
const shared = { tag: "versions", params: none, query: none, body: none, status: 200 } as const
const named = z.object({ workspace: Id, name: RefName })

export const listBranches = endpoint({
  ...shared,
  name: "listBranches",
  method: "get",
  path: "/workspace/branches",
  summary: "The branches and tags of a workspace, and on which branch it is",
  access: "viewer",
  query: z.object({ workspace: Id }),
  answer: BranchesAnswer,
})

export const createBranch = endpoint({
  ...shared,
  name: "createBranch",
  method: "post",
  path: "/workspace/branches",
  summary: "Begin a branch at a commit, or at the workspace's own branch; it is not switched to",
  access: "editor",
  body: z.object({ workspace: Id, name: RefName, from: Ref.optional() }),
  status: 201,
  answer: z.object({ name: z.string(), commit: z.string() }),
})

export const branchMoment = endpoint({
  ...shared,
  name: "branchMoment",
  method: "post",
  path: "/workspace/branches/moment",
  summary: "Begin a branch with the workspace as it was at an instant (ms since the epoch); it is not switched to",
  access: "editor",
  body: z.object({ workspace: Id, name: RefName, at: z.int().min(0) }),
  status: 201,
  answer: z.object({ name: z.string(), commit: z.string() }),
})

export const deleteBranch = endpoint({
  ...shared,
  name: "deleteBranch",
  method: "delete",
  path: "/workspace/branches",
  summary: "Forget a branch; answers the commit it named, from which it can begin again",
  access: "editor",
  query: named,
  answer: z.object({ name: z.string(), commit: z.string() }),
})

export const switchBranch = endpoint({
  ...shared,
  name: "switchBranch",
  method: "post",
  path: "/workspace/switch",
  summary: "Go to another branch, as one change; what is not committed is committed on the old one first",
  access: "editor",
  body: z.object({ workspace: Id, branch: RefName }),
  answer: z.object({
    branch: z.string(),
    commit: z.string(),
    /** The commit that was made of what was not committed. */
    saved: z.string().optional(),
    change: Change.optional(),
  }),
})

export const createTag = endpoint({
  ...shared,
  name: "createTag",
  method: "post",
  path: "/workspace/tags",
  summary: "Give a commit a name that stays; without a ref the newest of the workspace's branch",
  access: "editor",
  body: z.object({ workspace: Id, name: RefName, ref: Ref.optional() }),
  status: 201,
  answer: z.object({ name: z.string(), commit: z.string() }),
})

export const deleteTag = endpoint({
  ...shared,
  name: "deleteTag",
  method: "delete",
  path: "/workspace/tags",
  summary: "Forget a tag; answers the commit it named",
  access: "editor",
  query: named,
  answer: z.object({ name: z.string(), commit: z.string() }),
})
