import * as z from "zod"
import { Id } from "../ids.ts"
import { Json } from "../json.ts"
import { StatePath } from "../nog/operation.ts"
import { endpoint } from "./endpoint.ts"

const none = z.object({})
const Instant = z.coerce.number<string>().int().min(0)

/** A `StatePath` written as JSON in a query string. */
const PathText = z
  .string()
  .max(4000)
  .transform((text, context) => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: "custom", message: "the path is a JSON list of steps" })
      return z.NEVER
    }
  })
  .pipe(StatePath)

const shared = { tag: "time", method: "get", params: none, body: none, access: "viewer", status: 200 } as const

export const twinState = endpoint({
  ...shared,
  name: "twinState",
  path: "/twin/state",
  summary: "The workspace as it was at an instant (ms since the epoch)",
  query: z.object({ workspace: Id, at: Instant }),
  answer: Json,
})

export const twinTimeline = endpoint({
  ...shared,
  name: "twinTimeline",
  path: "/twin/timeline",
  summary: "What happened between two instants",
  query: z.object({
    workspace: Id,
    from: Instant,
    to: Instant,
    limit: z.coerce.number<string>().int().min(1).max(10_000).optional(),
  }),
  answer: z.object({ entries: z.array(Json) }),
})

export const twinDiff = endpoint({
  ...shared,
  name: "twinDiff",
  path: "/twin/diff",
  summary: "What changed between two instants",
  query: z.object({ workspace: Id, a: Instant, b: Instant }),
  answer: Json,
})

export const twinWhy = endpoint({
  ...shared,
  name: "twinWhy",
  path: "/twin/why",
  summary: "Why a value is what it is: value, change, run, trigger, person",
  query: z.object({ workspace: Id, panel: Id, path: PathText, at: Instant.optional() }),
  answer: Json,
})

export const twinStatus = endpoint({
  ...shared,
  name: "twinStatus",
  path: "/twin/status",
  summary: "Where records go and how far behind they are",
  access: "person",
  query: none,
  answer: Json,
})
