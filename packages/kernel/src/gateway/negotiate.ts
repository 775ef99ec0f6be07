import type { Endpoint } from "@nexus/protocol"
import type { Request } from "express"
import { HttpRefusal } from "./http-refusal.ts"

/** Throws 415 for a body in a form nobody reads here, and 406 when the caller takes none of what is given. */
export function negotiate({ takes, contentType: other }: Endpoint, request: Request): void {
  const contentType = other ?? "application/json"
  if (takes === undefined && hasBody(request) && !request.is("application/json")) {
    const detail = `The body is ${request.get("content-type") ?? "of no said type"}; this takes application/json.`
    throw new HttpRefusal(415, { code: "invalid-input", detail, path: "Content-Type" }, { Accept: "application/json" })
  }
  // Files go out as what they are: whoever shows a picture asks for pictures.
  if (contentType === "application/octet-stream" || request.accepts(contentType)) return
  const detail = `This answers with ${contentType}, which the request does not accept.`
  throw new HttpRefusal(406, { code: "invalid-input", detail, path: "Accept" })
}

function hasBody(request: Request): boolean {
  return Number(request.get("content-length") ?? 0) > 0 || request.get("transfer-encoding") !== undefined
}
