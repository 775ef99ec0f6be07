import * as z from "zod"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** One sign-in on one device. `device` and `address` are words to recognise it by: a browser, a network. */
export const SessionAnswer = z.object({
  id: z.string(),
  device: z.string(),
  address: z.string(),
  method: z.enum(["password", "link", "provider"]),
  createdAt: z.number(),
  lastUsedAt: z.number(),
  /** The one that asks. */
  current: z.boolean(),
})
export type SessionAnswer = Readonly<z.infer<typeof SessionAnswer>>

const none = z.object({})
const shared = { tag: "auth", params: none, query: none, body: none, access: "person", session: true } as const

export const listSessions = endpoint({
  ...shared,
  name: "listSessions",
  method: "get",
  path: "/auth/sessions",
  summary: "Where one is signed in, last used first",
  status: 200,
  query: z.object(PageQuery),
  answer: z.object({ sessions: z.array(SessionAnswer), ...PageNext }),
  pages: "sessions",
})

export const endSession = endpoint({
  ...shared,
  name: "endSession",
  method: "delete",
  path: "/auth/sessions/{session}",
  summary: "Sign out somewhere else: its tokens and sockets end at once",
  params: z.object({ session: Id }),
  status: 204,
  answer: none,
})

export const logoutEverywhere = endpoint({
  ...shared,
  name: "logoutEverywhere",
  method: "delete",
  path: "/auth/sessions",
  summary: "Sign out everywhere, here too unless it is to be kept",
  query: z.object({ here: z.enum(["keep", "end"]).default("end") }),
  status: 204,
  answer: none,
})
