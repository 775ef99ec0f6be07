import { randomBytes } from "node:crypto"
import {
  context,
  isSpanContextValid,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api"
import type { Request, RequestHandler, Response } from "express"

/**
 * One span for each call of the API, continuing the caller's trace. The trace's id is the request's id too: it stands in
 * every answer, every problem and every change, so that what a person sees leads to what happened.
 */
export function traceRequests(): RequestHandler {
  const tracer = trace.getTracer("@nexus/kernel")
  return (request, response, next) => {
    const parent = propagation.extract(context.active(), { ...request.headers, ...calledTrace(request) })
    const attributes = { "http.request.method": request.method }
    const span = tracer.startSpan(`${request.method} /api`, { kind: SpanKind.SERVER, attributes }, parent)
    spans.set(response, span)
    response.on("close", () => {
      const { route } = response.locals
      if (typeof route === "string") span.updateName(`${request.method} ${route}`).setAttribute("http.route", route)
      span.setAttribute("http.response.status_code", response.statusCode)
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    context.with(trace.setSpan(parent, span), next)
  }
}

/** A caller without tracing of its own may still choose the trace: a trace's id as `X-Request-Id`. */
function calledTrace(request: Request): { readonly traceparent?: string } {
  const id = request.get("x-request-id") ?? ""
  if (request.get("traceparent") !== undefined || !/^(?!0{32})[0-9a-f]{32}$/.test(id)) return {}
  return { traceparent: `00-${id}-${randomBytes(8).toString("hex")}-01` }
}

const spans = new WeakMap<Response, Span>()

/** Says on the request's span whose it is and what it is about. */
export function anchorSpan(response: Response, about: { readonly actor?: string; readonly workspace?: string }): void {
  const span = spans.get(response)
  if (about.actor) span?.setAttribute("nexus.actor", about.actor)
  if (about.workspace) span?.setAttribute("nexus.workspace", about.workspace)
}

/** The request's id: the trace of its span, else the caller's, else one that starts here. */
export function traceIdOf(request: Request, response: Response): string {
  const known: unknown = response.locals.traceId
  if (typeof known === "string") return known
  const own = spans.get(response)?.spanContext()
  const theirs = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(
    calledTrace(request).traceparent ?? request.get("traceparent") ?? "",
  )?.[1]
  const traceId = (own && isSpanContextValid(own) ? own.traceId : theirs) ?? randomBytes(16).toString("hex")
  response.locals.traceId = traceId
  return traceId
}
