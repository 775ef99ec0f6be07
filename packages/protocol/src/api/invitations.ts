import * as z from "zod"
import { Id } from "../ids.ts"
import { Role } from "../wire/server-message.ts"
import { Email } from "./auth.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** An invitation of one address into a workspace. */
export const InvitationAnswer = z.object({
  id: z.string(),
  email: z.string(),
  role: Role,
  createdAt: z.number(),
  expiresAt: z.number(),
  /** Only in the answer that makes it: the link is for the inviter to send. */
  url: z.string().exactOptional(),
})
export type InvitationAnswer = Readonly<z.infer<typeof InvitationAnswer>>

const none = z.object({})
const shared = { tag: "workspaces", query: none, body: none, access: "owner" } as const

export const listInvitations = endpoint({
  ...shared,
  name: "listInvitations",
  method: "get",
  path: "/workspaces/{workspace}/invitations",
  summary: "Who was invited and has not come yet",
  params: z.object({ workspace: Id }),
  status: 200,
  query: z.object(PageQuery),
  answer: z.object({ invitations: z.array(InvitationAnswer), ...PageNext }),
  pages: "invitations",
})

export const createInvitation = endpoint({
  ...shared,
  name: "createInvitation",
  method: "post",
  path: "/workspaces/{workspace}/invitations",
  summary: "Invite an address; the answer holds the one-time link to send there. One that was open for it ends",
  params: z.object({ workspace: Id }),
  body: z.object({ email: Email, role: Role, expiresInDays: z.number().positive().max(365).default(14) }),
  status: 201,
  answer: InvitationAnswer,
})

export const revokeInvitation = endpoint({
  ...shared,
  name: "revokeInvitation",
  method: "delete",
  path: "/workspaces/{workspace}/invitations/{invitation}",
  summary: "Take an invitation back",
  params: z.object({ workspace: Id, invitation: Id }),
  status: 204,
  answer: none,
})

export const acceptInvitation = endpoint({
  ...shared,
  name: "acceptInvitation",
  method: "post",
  path: "/invitations/{code}/accept",
  summary: "Become a member by an invitation to one's own address",
  access: "person",
  session: true,
  params: z.object({ code: z.string().min(16).max(128) }),
  status: 200,
  answer: z.object({ workspace: Id, role: Role }),
})
