import * as z from "zod"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"

/** When the kernel commits by itself: never, after so many changes, after so long without one, or once a day (at midnight, UTC). */
export const AutoCommit = z.discriminatedUnion("when", [
  z.object({ when: z.literal("off") }),
  z.object({ when: z.literal("changes"), count: z.int().min(1).max(100_000) }),
  z.object({ when: z.literal("quiet"), minutes: z.int().min(1).max(1440) }),
  z.object({ when: z.literal("daily") }),
])
export type AutoCommit = Readonly<z.infer<typeof AutoCommit>>

const shared = {
  tag: "versions",
  path: "/workspaces/{workspace}/auto-commit",
  params: z.object({ workspace: Id }),
  query: z.object({}),
  status: 200,
  answer: AutoCommit,
} as const

export const readAutoCommit = endpoint({
  ...shared,
  name: "readAutoCommit",
  method: "get",
  summary: "When the kernel commits this workspace by itself",
  access: "viewer",
  body: z.object({}),
})

export const setAutoCommit = endpoint({
  ...shared,
  name: "setAutoCommit",
  method: "put",
  summary: "Say when the kernel commits this workspace by itself",
  access: "editor",
  body: z.object({ autoCommit: AutoCommit }),
})
