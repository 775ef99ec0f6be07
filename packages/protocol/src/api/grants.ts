import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { PageCursor, PageNext } from "./page.ts"

const Who = z.object({ id: z.string(), name: z.string() })

/** A right that a panel holds now. `since` and `by` tell of the change that gave it. */
export const GrantAnswer = z.object({
  panel: Id,
  title: z.string(),
  /** `type:scope`. */
  capability: z.string(),
  /** What it allows, in words. */
  says: z.string(),
  /** What the panel says it is for; absent when the panel does not declare it now, and so cannot use it. */
  reason: z.string().exactOptional(),
  since: z.number().exactOptional(),
  by: Who.exactOptional(),
})
export type GrantAnswer = Readonly<z.infer<typeof GrantAnswer>>

/** A right that was given or went, by whatever change: a person's word, an undo, a panel that was removed. */
export const GrantChange = z.object({
  at: z.number(),
  seq: Seq,
  panel: Id,
  /** The panel's title at that time. */
  title: z.string(),
  capability: z.string(),
  granted: z.boolean(),
  by: Who.exactOptional(),
})
export type GrantChange = Readonly<z.infer<typeof GrantChange>>

export const listGrants = endpoint({
  name: "listGrants",
  tag: "panels",
  method: "get",
  path: "/workspaces/{workspace}/grants",
  summary: "The rights that panels hold, and who gave and took rights when, newest first",
  access: "viewer",
  params: z.object({ workspace: Id }),
  /** Of the history; what is held now is told whole with every page. */
  query: z.object({ limit: z.coerce.number<string>().int().min(1).max(1000).default(100), ...PageCursor }),
  body: z.object({}),
  status: 200,
  answer: z.object({ grants: z.array(GrantAnswer), history: z.array(GrantChange), more: z.boolean(), ...PageNext }),
})
