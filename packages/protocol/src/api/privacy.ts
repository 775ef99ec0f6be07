import * as z from "zod"
import { endpoint } from "./endpoint.ts"

const none = z.object({})
const shared = { tag: "auth", params: none, query: none, access: "person", session: true } as const

export const exportMe = endpoint({
  ...shared,
  name: "exportMe",
  method: "get",
  path: "/auth/me/export",
  summary: "Everything kept about one's account, as one JSON file: never a password, token or key",
  body: none,
  status: 200,
  contentType: "application/octet-stream",
  answer: z.string(),
})

export const eraseMe = endpoint({
  ...shared,
  name: "eraseMe",
  method: "post",
  path: "/auth/me/erase",
  summary: "Erase one's account, and the workspaces that nobody else is a member of",
  /** `confirm` is one's own name, typed; the password where there is one. */
  body: z.object({ confirm: z.string().max(200), password: z.string().max(256).optional() }),
  status: 204,
  answer: none,
})
