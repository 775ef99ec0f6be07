import * as z from "zod"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"

/** What a workspace is given; the operator of a kernel says which tier has how much, and which workspace has which tier. */
export const Tier = z.enum(["free", "pro", "enterprise"])
export type Tier = z.infer<typeof Tier>

/** How much of one thing is used, and how much may be. */
const Share = z.object({ used: z.number(), limit: z.number() })

export const UsageAnswer = z.object({
  tier: Tier,
  panels: Share,
  members: Share,
  storageBytes: Share,
  runsPerDay: Share,
  aiTokensPerDay: Share,
  /** When what is counted by the day begins anew: midnight, UTC. */
  resetsAt: z.number(),
})
export type UsageAnswer = Readonly<z.infer<typeof UsageAnswer>>

const shared = { tag: "workspaces", params: z.object({ workspace: Id }), query: z.object({}), status: 200 } as const

export const readUsage = endpoint({
  ...shared,
  name: "readUsage",
  method: "get",
  path: "/workspaces/{workspace}/usage",
  summary: "What the workspace uses, and what it may",
  access: "viewer",
  body: z.object({}),
  answer: UsageAnswer,
})

export const setTier = endpoint({
  ...shared,
  name: "setTier",
  method: "put",
  path: "/workspaces/{workspace}/tier",
  summary: "Give a workspace another tier",
  access: "operator",
  body: z.object({ tier: Tier }),
  answer: UsageAnswer,
})
