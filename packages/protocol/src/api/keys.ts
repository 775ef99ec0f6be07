import * as z from "zod"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { KeyScope } from "./key-scope.ts"
import { PageNext, PageQuery } from "./page.ts"

/** A key for programs. `prefix` are its first characters; `workspaces` is absent when it opens all of its person's. */
export const KeyAnswer = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scope: KeyScope,
  workspaces: z.array(Id).exactOptional(),
  createdAt: z.number(),
  expiresAt: z.number().exactOptional(),
  lastUsedAt: z.number().exactOptional(),
})
export type KeyAnswer = Readonly<z.infer<typeof KeyAnswer>>

const none = z.object({})
const shared = { tag: "auth", params: none, query: none, body: none, access: "person", session: true } as const

export const listKeys = endpoint({
  ...shared,
  name: "listKeys",
  method: "get",
  path: "/auth/keys",
  summary: "One's API keys, newest first",
  status: 200,
  query: z.object(PageQuery),
  answer: z.object({ keys: z.array(KeyAnswer), ...PageNext }),
  pages: "keys",
})

export const createKey = endpoint({
  ...shared,
  name: "createKey",
  method: "post",
  path: "/auth/keys",
  summary: "Make an API key; the key itself is in this answer alone",
  body: z.object({
    name: z.string().trim().min(1).max(100),
    scope: KeyScope,
    workspaces: z.array(Id).min(1).max(100).optional(),
    expiresInDays: z.number().positive().max(3650).optional(),
  }),
  status: 201,
  answer: KeyAnswer.extend({ key: z.string() }),
})

export const revokeKey = endpoint({
  ...shared,
  name: "revokeKey",
  method: "delete",
  path: "/auth/keys/{key}",
  summary: "Stop an API key; its requests and sockets end at once",
  params: z.object({ key: Id }),
  status: 204,
  answer: none,
})
