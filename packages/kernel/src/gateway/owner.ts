import type { IncomingHttpHeaders } from "node:http"
import { NexusError } from "@nexus/protocol"
import type { ErrorRequestHandler, Request } from "express"
import { request as ask } from "undici"

/**
 * Any kernel takes any client. What belongs to a workspace that another kernel has is asked of that one, with the words
 * and the token that came in, and its answer is given back as it is; so nobody outside has to know who owns what. A
 * request is passed on once: if the other kernel has just lost the workspace too, the client hears so and asks again.
 *
 * The owner's address comes from the kernels' own database, never from a client.
 */
export const PASSED_ON = "nexus-passed-on"
/** An owner that is frozen answers nothing; its lease ends in three seconds. */
const ANSWER_MS = 5000

/** Where a request has to go that failed here because another kernel has the workspace. */
export function ownerOf(error: unknown, headers: IncomingHttpHeaders): string | undefined {
  if (!(error instanceof NexusError) || error.failure.code !== "lease-lost") return undefined
  return headers[PASSED_ON] === undefined ? error.failure.owner : undefined
}

/** Stands before the error door: what belongs to another kernel leaves by this one. */
export function toOwner(): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const owner = ownerOf(error, request.headers)
    if (owner === undefined || response.headersSent) return next(error)
    try {
      const answer = await askOwner(owner, request)
      response.status(answer.statusCode)
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined && !OWN.has(name)) response.setHeader(name, value)
      }
      answer.body.on("error", () => response.destroy()).pipe(response)
    } catch (cause) {
      next(new NexusError({ code: "lease-lost", workspace: workspaceOf(error), owner }, { cause }))
    }
  }
}

/** Asks the owner something else on behalf of whoever asked this kernel. */
export async function askAlso(owner: string, path: string, request: Request): Promise<unknown> {
  const { statusCode, body } = await ask(new URL(path, owner), {
    headers: headersOf(request),
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
  })
  const answer = await body.json()
  if (statusCode !== 200) throw new Error(`the owner answered ${statusCode}`)
  return answer
}

/** What belongs to one connection and not to what it carries, or is the other kernel's to say. */
const OWN: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "host",
  "content-length",
  "expect",
])

function headersOf({ headers }: Request): Record<string, string> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    OWN.has(name) || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  )
  return { ...Object.fromEntries(kept), [PASSED_ON]: "1" }
}

/** A body that was read is JSON that has been parsed; one that nobody has read goes on as it comes. */
function askOwner(owner: string, request: Request) {
  const { method } = request
  const has = method !== "GET" && method !== "HEAD"
  const body = request.readableDidRead ? JSON.stringify(request.body ?? {}) : request
  return ask(new URL(request.originalUrl, owner), {
    method: asMethod(method),
    headers: headersOf(request),
    headersTimeout: ANSWER_MS,
    ...(has ? { body } : {}),
  })
}

function asMethod(method: string): "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" {
  switch (method) {
    case "HEAD":
    case "POST":
    case "PUT":
    case "PATCH":
    case "DELETE":
      return method
    default:
      return "GET"
  }
}

function workspaceOf(error: unknown): string {
  return error instanceof NexusError && error.failure.code === "lease-lost" ? error.failure.workspace : ""
}
