import { type Failure, NexusError, toProblem } from "@nexus/protocol"
import type { ErrorRequestHandler, RequestHandler } from "express"
import { HttpRefusal } from "./http-refusal.ts"
import { traceIdOf } from "./trace-requests.ts"

export interface Log {
  error(detail: object, message: string): void
}

/** The one door through which errors leave over HTTP. What is not a failure of ours is logged whole and told as nothing. */
export function errorDoor(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const failure = failureOf(error)
    const requestId = traceIdOf(request, response)
    if (!(error instanceof NexusError) && failure.code === "unavailable") {
      // The endpoint's name where there is one: a path can hold a share's code.
      const { route = request.path } = response.locals
      log.error({ err: error, requestId, method: request.method, route }, "a request failed")
    }
    if (response.headersSent) {
      next(error)
      return
    }
    if (failure.code === "unauthenticated") response.set("WWW-Authenticate", "Bearer")
    if (error instanceof HttpRefusal) response.set(error.headers)
    const problem = { ...toProblem(failure), ...statusOf(error), requestId }
    response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem))
  }
}

/** Whatever no route took. */
export function noSuchPath(): RequestHandler {
  return (request) => {
    throw new NexusError({ code: "not-found", what: "path", id: `${request.method} ${request.path}` })
  }
}

/** HTTP's own word for it, where that says more than the failure's. */
function statusOf(error: unknown): { readonly status?: number } {
  if (error instanceof HttpRefusal) return { status: error.status }
  const { type } = partsOf(error)
  return type === "charset.unsupported" || type === "encoding.unsupported" ? { status: 415 } : {}
}

/** What body-parser and Express throw carries `type` and `status`; anything else is our bug. */
function failureOf(error: unknown): Failure {
  if (error instanceof NexusError) return error.failure
  const { type, status, limit, length } = partsOf(error)
  if (type === "entity.too.large" && typeof limit === "number") {
    const actual = typeof length === "number" ? { actual: length } : {}
    return { code: "too-large", what: "request body", limit, ...actual, unit: "bytes" }
  }
  if (type === "entity.parse.failed") return { code: "invalid-input", detail: "The body is not JSON." }
  if (typeof status === "number" && status >= 400 && status < 500) {
    return { code: "invalid-input", detail: "The request cannot be read." }
  }
  return { code: "unavailable", what: "This", detail: "something went wrong on our side; it is in the kernel's log." }
}

function partsOf(error: unknown): { type?: unknown; status?: unknown; limit?: unknown; length?: unknown } {
  return typeof error === "object" && error !== null ? error : {}
}
