import * as z from "zod"
import { Id } from "../ids.ts"
import { PanelLevel } from "../panel-level.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** Whom a rule is about: one person, or everybody with a role. Owners are never narrowed. */
export const NarrowedSubject = z.union([
  z.strictObject({ user: Id }),
  z.strictObject({ role: z.enum(["editor", "viewer"]) }),
])
export type NarrowedSubject = Readonly<z.infer<typeof NarrowedSubject>>

/** At most `level` with `panel`. Of several rules about somebody the narrowest holds; no rule gives more than the role. */
export const NarrowingRule = z.object({
  panel: Id,
  subject: NarrowedSubject,
  level: PanelLevel.exclude(["change"]),
  at: z.number(),
  by: z.object({ id: z.string(), name: z.string() }),
})
export type NarrowingRule = Readonly<z.infer<typeof NarrowingRule>>

const workspace = z.object({ workspace: Id })
const none = z.object({})
const shared = { tag: "workspaces", params: workspace, query: none, body: none, status: 200 } as const

export const listNarrowing = endpoint({
  ...shared,
  name: "listNarrowing",
  method: "get",
  path: "/workspaces/{workspace}/narrowing",
  summary: "Which panels are narrowed, and for whom",
  access: "owner",
  query: z.object(PageQuery),
  answer: z.object({ rules: z.array(NarrowingRule), ...PageNext }),
  pages: "rules",
})

export const setNarrowing = endpoint({
  ...shared,
  name: "setNarrowing",
  method: "put",
  path: "/workspaces/{workspace}/narrowing/{panel}",
  summary: "Say what a member or a role may do at most with one panel; `change` takes the rule away",
  access: "owner",
  params: z.object({ workspace: Id, panel: Id }),
  body: z.object({ subject: NarrowedSubject, level: PanelLevel }),
  answer: z.object({ rules: z.array(NarrowingRule) }),
})

export const myPanels = endpoint({
  ...shared,
  name: "myPanels",
  method: "get",
  path: "/workspaces/{workspace}/access",
  summary: "What one may do with each panel one may know of",
  access: "viewer",
  answer: z.object({ panels: z.array(z.object({ panel: Id, level: PanelLevel })) }),
})
