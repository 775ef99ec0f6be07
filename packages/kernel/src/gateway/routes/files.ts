import { endpoints, NexusError } from "@nexus/protocol"
import type { Request, Response } from "express"
import type { Files } from "../../files/files.ts"
import { isPicture } from "../../files/kinds.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { causeOf, type Routes } from "../call.ts"
import { streamTo } from "../stream-to.ts"

/** What a file may do when a browser opens it: nothing. */
const FILE_POLICY = "default-src 'none'; style-src 'none'; frame-ancestors 'none'; sandbox"

export interface FileRouteParts {
  readonly files: Files
  readonly workspaces: Workspaces
}

/** Files of a workspace. Their bodies are streamed, so these stand before whatever reads JSON. */
export function fileRoutes(routes: Routes, { files, workspaces }: FileRouteParts): void {
  routes.guarded(endpoints.listFiles, async ({ params }) => {
    const workspace = await workspaces.open(params.workspace)
    const { fileBytes: maxBytes, workspaceBytes: quota } = files.limits
    return { files: [...files.list(workspace)], used: files.used(workspace), quota, maxBytes }
  })
  routes.guarded(endpoints.uploadFile, async (call) => {
    const { params, query, request, response } = call
    try {
      const length = request.get("content-length")
      return await files.upload(await workspaces.open(params.workspace), {
        name: query.name,
        type: query.type.toLowerCase(),
        announced: length === undefined ? undefined : Number(length),
        // A refusal must still be heard, so it does not break the line.
        bytes: request.iterator({ destroyOnReturn: false }),
        causeFor: (reason) => causeOf(call, reason),
      })
    } catch (error) {
      // The rest of a refused body is not read; whoever sends it is let go.
      response.set("Connection", "close")
      if (!(error instanceof NexusError) && request.readableAborted)
        throw new NexusError({ code: "invalid-input", detail: "The upload was cut off." })
      throw error
    }
  })
  routes.guarded(endpoints.readFile, async ({ params, request, response }) => {
    const { file, read } = await files.open(await workspaces.open(params.workspace), params.file)
    const picture = isPicture(file.type)
    response.set({
      "Content-Type": picture ? file.type : "application/octet-stream",
      "Content-Security-Policy": FILE_POLICY,
      "Cache-Control": "private, no-cache",
      "Accept-Ranges": "bytes",
      ETag: `"${file.sha256}"`,
    })
    if (!picture) response.attachment(file.name).type("application/octet-stream")
    if (request.get("if-none-match") === `"${file.sha256}"`) {
      response.status(304).end()
      return ""
    }
    const range = rangeOf(request, response, file.size)
    response.set("Content-Length", String(range ? range.end - range.start + 1 : file.size))
    await streamTo(response, read(range))
    return ""
  })
  routes.guarded(endpoints.deleteFile, async (call) => {
    const workspace = await workspaces.open(call.params.workspace)
    await files.remove(workspace, call.params.file, (reason) => causeOf(call, reason))
    return {}
  })
}

/** The one range that is asked for, with its headers set; all of the file where none is, or several are. */
function rangeOf(request: Request, response: Response, size: number) {
  const asked = request.range(size)
  if (asked === -1) {
    response.set("Content-Range", `bytes */${size}`)
    throw new NexusError({
      code: "invalid-input",
      detail: `The file has ${size} bytes; the range is outside.`,
      path: "Range",
    })
  }
  const [range, ...more] = Array.isArray(asked) ? asked : []
  if (!range || more.length > 0) return undefined
  response.status(206).set("Content-Range", `bytes ${range.start}-${range.end}/${size}`)
  return { start: range.start, end: range.end }
}
