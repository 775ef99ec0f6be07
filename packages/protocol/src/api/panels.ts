import * as z from "zod"
import { Id, Identifier, Seq } from "../ids.ts"
import { Json, JsonObject } from "../json.ts"
import { Frame } from "../nog/entity.ts"
import { Grant } from "../nog/operation.ts"
import { Usage } from "../run/outcome.ts"
import { endpoint } from "./endpoint.ts"

/** A panel as HTTP shows it; `seq` is the workspace's when it was read. */
export const PanelAnswer = z.object({
  id: Id,
  workspace: Id,
  title: z.string(),
  source: z.string(),
  frame: Frame,
  state: JsonObject,
  grants: z.array(z.string()),
  seq: Seq,
})
export type PanelAnswer = Readonly<z.infer<typeof PanelAnswer>>

const none = z.object({})
const panel = z.object({ panel: Id })
const inWorkspace = z.object({ workspace: Id })
const EXAMPLE = '<NexusPanel title="Hello"><View><Text content="Hello"/></View></NexusPanel>'
const Source = z
  .string()
  .min(1)
  .max(1_000_000)
  .meta({ examples: [EXAMPLE] })
const shared = { tag: "panels", params: panel, query: inWorkspace, body: none, access: "viewer", status: 200 } as const

export const createPanel = endpoint({
  ...shared,
  name: "createPanel",
  method: "post",
  path: "/panels",
  summary: "Put a panel on the canvas",
  access: "editor",
  params: none,
  query: none,
  body: z.object({ workspace: Id, source: Source, frame: Frame.optional() }),
  status: 201,
  answer: PanelAnswer,
})

export const getPanel = endpoint({
  ...shared,
  name: "getPanel",
  method: "get",
  path: "/panels/{panel}",
  summary: "One panel with its state",
  answer: PanelAnswer,
  versioned: true,
})

export const putPanel = endpoint({
  ...shared,
  name: "putPanel",
  method: "put",
  path: "/panels/{panel}",
  summary: "Save a panel's source, frame or both; `expect` is the source that was edited",
  access: "editor",
  body: z
    .object({ source: Source.optional(), frame: Frame.optional(), expect: z.string().max(1_000_000).optional() })
    .refine((body) => body.source !== undefined || body.frame !== undefined, "give a source, a frame, or both")
    .meta({ examples: [{ source: EXAMPLE }] }),
  answer: PanelAnswer,
  versioned: true,
})

export const deletePanel = endpoint({
  ...shared,
  name: "deletePanel",
  method: "delete",
  path: "/panels/{panel}",
  summary: "Take a panel off the canvas; undo brings it back",
  access: "editor",
  status: 204,
  answer: none,
  versioned: true,
})

export const renderPanel = endpoint({
  ...shared,
  name: "renderPanel",
  method: "get",
  path: "/panels/{panel}/render",
  summary: "The panel as HTML",
  answer: z.string(),
  contentType: "text/html",
})

export const triggerHandler = endpoint({
  ...shared,
  name: "triggerHandler",
  method: "post",
  path: "/panels/{panel}/handlers/{handler}",
  summary: "Run a handler and wait for its end, or until it waits longer than a moment itself",
  access: "editor",
  params: z.object({ panel: Id, handler: Identifier }),
  body: z.object({ args: Json.default(null) }),
  answer: z.object({
    run: Id,
    status: z.enum(["finished", "failed", "waiting"]),
    value: Json.optional(),
    seq: Seq,
    usage: Usage.optional(),
  }),
})

export const setGrant = endpoint({
  ...shared,
  name: "setGrant",
  method: "put",
  path: "/panels/{panel}/grants",
  summary: "Grant a capability to a panel, or take it back",
  access: "editor",
  scope: "admin",
  body: z.object({ grant: Grant, granted: z.boolean() }),
  answer: PanelAnswer,
})
