import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { Frame } from "../nog/entity.ts"
import { Role } from "../wire/server-message.ts"
import { Account } from "./auth.ts"
import { EmbedHosts } from "./embed-host.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** A workspace in a list: the asker's role, its last change, how many panels it has. */
export const WorkspaceSummary = z.object({ id: Id, name: z.string(), role: Role, seq: Seq, panels: z.int() })
export type WorkspaceSummary = Readonly<z.infer<typeof WorkspaceSummary>>

/**
 * A workspace as a page of many shows it. What is more than in the summary is for the eye: it is in the list alone, so
 * that moving a panel is no other version of the workspace to somebody who renames it.
 */
export const ListedWorkspace = WorkspaceSummary.extend({
  /** How many people are in it, and the first of them. */
  members: z.int(),
  people: z.array(Account.omit({ email: true })),
  /** Where its first panels lie; nothing where another kernel has it. */
  sketch: z.array(Frame.extend({ title: z.string() })),
})
export type ListedWorkspace = Readonly<z.infer<typeof ListedWorkspace>>

export const MemberAnswer = z.object({ user: Account, role: Role })
export type MemberAnswer = Readonly<z.infer<typeof MemberAnswer>>

export const ShareAnswer = z.object({
  id: z.string(),
  role: Role,
  createdAt: z.number(),
  expiresAt: z.number(),
  /** How often somebody joined by it, or rose to its role. */
  uses: z.int().min(0),
  /** Who came by it and is still here. */
  people: z.array(Account),
  /** The sites whose pages may show what it opens, and the panel it is about (else the canvas); nobody joins by it. */
  embedHosts: EmbedHosts.optional(),
  embedPanel: Id.optional(),
  /** Only in the answer that makes the share. */
  code: z.string().optional(),
  url: z.string().optional(),
})
export type ShareAnswer = Readonly<z.infer<typeof ShareAnswer>>

const none = z.object({})
const workspace = z.object({ workspace: Id })
const member = z.object({ workspace: Id, user: Id })
const Name = z.string().trim().min(1).max(200)
const shared = { tag: "workspaces", params: workspace, query: none, body: none, status: 200 } as const

export const listWorkspaces = endpoint({
  ...shared,
  name: "listWorkspaces",
  method: "get",
  path: "/workspaces",
  summary: "The workspaces one is a member of",
  access: "person",
  params: none,
  query: z.object(PageQuery),
  answer: z.object({ workspaces: z.array(ListedWorkspace), ...PageNext }),
  pages: "workspaces",
})

export const createWorkspace = endpoint({
  ...shared,
  name: "createWorkspace",
  method: "post",
  path: "/workspaces",
  summary: "Make a workspace and own it",
  access: "person",
  scope: "admin",
  everywhere: true,
  params: none,
  body: z.object({ name: Name }),
  status: 201,
  answer: WorkspaceSummary,
})

export const getWorkspace = endpoint({
  ...shared,
  name: "getWorkspace",
  method: "get",
  path: "/workspaces/{workspace}",
  summary: "One workspace",
  access: "viewer",
  answer: WorkspaceSummary,
  versioned: true,
})

export const renameWorkspace = endpoint({
  ...shared,
  name: "renameWorkspace",
  method: "patch",
  path: "/workspaces/{workspace}",
  summary: "Rename a workspace",
  access: "editor",
  body: z.object({ name: Name }),
  answer: WorkspaceSummary,
  versioned: true,
})

export const deleteWorkspace = endpoint({
  ...shared,
  name: "deleteWorkspace",
  method: "delete",
  path: "/workspaces/{workspace}",
  summary: "Take a workspace away from all its members",
  access: "owner",
  status: 204,
  answer: none,
  versioned: true,
})

export const listMembers = endpoint({
  ...shared,
  name: "listMembers",
  method: "get",
  path: "/workspaces/{workspace}/members",
  summary: "Who may do what here",
  access: "viewer",
  query: z.object(PageQuery),
  answer: z.object({ members: z.array(MemberAnswer), ...PageNext }),
  pages: "members",
})

export const setMember = endpoint({
  ...shared,
  name: "setMember",
  method: "put",
  path: "/workspaces/{workspace}/members/{user}",
  summary: "Add a member or change a role",
  access: "owner",
  params: member,
  body: z.object({ role: Role }),
  status: 204,
  answer: none,
})

export const removeMember = endpoint({
  ...shared,
  name: "removeMember",
  method: "delete",
  path: "/workspaces/{workspace}/members/{user}",
  summary: "Remove a member; everyone may remove themselves",
  access: "viewer",
  decides: "owner",
  params: member,
  status: 204,
  answer: none,
})

export const listShares = endpoint({
  ...shared,
  name: "listShares",
  method: "get",
  path: "/workspaces/{workspace}/shares",
  summary: "The share links that still work",
  access: "owner",
  query: z.object(PageQuery),
  answer: z.object({ shares: z.array(ShareAnswer), ...PageNext }),
  pages: "shares",
})

export const createShare = endpoint({
  ...shared,
  name: "createShare",
  method: "post",
  path: "/workspaces/{workspace}/shares",
  summary: "Make a link that lets people join with a role, or one by which pages of other sites show the workspace",
  access: "owner",
  body: z
    .object({
      role: Role.exclude(["owner"]),
      expiresInDays: z.number().positive().max(365).default(14),
      embedHosts: EmbedHosts.optional(),
      embedPanel: Id.optional(),
    })
    .refine(({ role, embedHosts }) => !embedHosts || role === "viewer", "what is embedded is looked at: viewer")
    .refine(({ embedHosts, embedPanel }) => embedHosts || !embedPanel, "name the sites that may show the panel"),
  status: 201,
  answer: ShareAnswer,
  tellsSecret: true,
})

export const revokeShare = endpoint({
  ...shared,
  name: "revokeShare",
  method: "delete",
  path: "/workspaces/{workspace}/shares/{share}",
  summary: "Stop a share link; whoever came by it stays, or leaves with it unless they were made owner since",
  access: "owner",
  params: z.object({ workspace: Id, share: Id }),
  query: z.object({ people: z.enum(["stay", "leave"]).default("stay") }),
  status: 204,
  answer: none,
})

export const joinShare = endpoint({
  ...shared,
  name: "joinShare",
  method: "post",
  path: "/shares/{code}/join",
  summary: "Become a member by a share link",
  access: "person",
  session: true,
  params: z.object({ code: z.string().min(16).max(128) }),
  answer: z.object({ workspace: Id, role: Role }),
})
