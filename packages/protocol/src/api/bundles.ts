import * as z from "zod"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { WorkspaceSummary } from "./workspaces.ts"

const none = z.object({})

export const exportWorkspace = endpoint({
  name: "exportWorkspace",
  tag: "workspaces",
  method: "get",
  path: "/workspaces/{workspace}/export",
  summary: "A workspace as one ZIP: panels, files, packages, tables and key-values; never secrets or grants",
  access: "owner",
  params: z.object({ workspace: Id }),
  /** With every change that led here, to be kept and read. */
  query: z.object({ history: z.enum(["true", "false"]).default("false") }),
  body: none,
  status: 200,
  contentType: "application/octet-stream",
  answer: z.string(),
})

export const importWorkspace = endpoint({
  name: "importWorkspace",
  tag: "workspaces",
  method: "post",
  path: "/workspaces/bundles",
  summary: "Make a workspace of an exported one; the request's body is the ZIP. No grant comes along and nothing runs",
  access: "person",
  scope: "admin",
  everywhere: true,
  params: none,
  /** Without a name it has that of the workspace that was exported. */
  query: z.object({ name: z.string().trim().min(1).max(200).optional() }),
  body: none,
  takes: "application/octet-stream",
  status: 201,
  answer: WorkspaceSummary,
})
