import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** A file of a workspace. `type` is a media type, `size` in bytes, `sha256` of its content in hexadecimal. */
export const FileAnswer = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  size: z.int().min(0),
  sha256: z.string(),
  /** Where handlers find it, when that is more than its name. */
  path: z.string().optional(),
})
export type FileAnswer = Readonly<z.infer<typeof FileAnswer>>

/** A file's name as people give it: one line that reads as it is written, no path. */
const FileName = z
  .string()
  .regex(/^[^\p{Cc}/\\\u202a-\u202e\u2066-\u2069]{1,255}$/u, "a file's name is 1–255 characters without / and \\")
const MediaType = z
  .string()
  .max(127)
  .regex(/^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*$/i, "a media type is such as image/png")

const none = z.object({})
const workspace = z.object({ workspace: Id })
const file = z.object({ workspace: Id, file: Id })
const shared = { tag: "files", params: workspace, query: none, body: none, status: 200 } as const

export const listFiles = endpoint({
  ...shared,
  name: "listFiles",
  method: "get",
  path: "/workspaces/{workspace}/files",
  summary: "The files of a workspace, and how much room there is, in bytes",
  access: "viewer",
  query: z.object(PageQuery),
  answer: z.object({
    files: z.array(FileAnswer),
    used: z.int(),
    quota: z.int(),
    maxBytes: z.int(),
    ...PageNext,
  }),
  pages: "files",
})

export const uploadFile = endpoint({
  ...shared,
  name: "uploadFile",
  method: "post",
  path: "/workspaces/{workspace}/files",
  summary: "Put a file into a workspace; the request's body is its content",
  access: "editor",
  query: z.object({ name: FileName, type: MediaType.default("application/octet-stream") }),
  takes: "application/octet-stream",
  status: 201,
  answer: FileAnswer.extend({ seq: Seq }),
})

export const readFile = endpoint({
  ...shared,
  name: "readFile",
  method: "get",
  path: "/workspaces/{workspace}/files/{file}",
  summary: "A file's content; pictures to be shown, everything else to be saved. Takes one range of bytes",
  access: "viewer",
  params: file,
  answer: z.string(),
  contentType: "application/octet-stream",
})

export const deleteFile = endpoint({
  ...shared,
  name: "deleteFile",
  method: "delete",
  path: "/workspaces/{workspace}/files/{file}",
  summary: "Take a file out of a workspace; undo brings it back",
  access: "editor",
  params: file,
  status: 204,
  answer: none,
})
