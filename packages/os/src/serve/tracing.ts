import type { IncomingHttpHeaders } from "node:http"
import { type Context, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api"
import type { Model, ModelEvent, ModelRequest } from "../model/model.ts"

const tracer = trace.getTracer("@nexus/os")

/** The span of one answered question, a child of the caller's trace. Whoever starts it ends it. */
export function startAnswerSpan(headers: IncomingHttpHeaders, workspace: string): { span: Span; trace: Context } {
  const parent = propagation.extract(context.active(), headers)
  const span = tracer.startSpan(
    "assistant answer",
    { kind: SpanKind.SERVER, attributes: { "nexus.workspace": workspace } },
    parent,
  )
  return { span, trace: trace.setSpan(parent, span) }
}

/** Notes what went wrong by its code alone: a message could quote the conversation. */
export function endWithFailure(span: Span, code: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: code })
}

/** `model.answer` inside a span named by OpenTelemetry's conventions for generative AI. Neither prompt nor answer is recorded. */
export async function* traceModelCall(
  model: Model,
  request: ModelRequest,
  parent: Context,
): AsyncGenerator<ModelEvent> {
  const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": model.name }
  const span = tracer.startSpan(`chat ${model.name}`, { kind: SpanKind.CLIENT, attributes }, parent)
  let failed = true
  try {
    for await (const event of model.answer(request)) {
      if (event.kind === "usage") {
        span.setAttribute("gen_ai.usage.input_tokens", event.inputTokens)
        span.setAttribute("gen_ai.usage.output_tokens", event.outputTokens)
      }
      yield event
    }
    failed = false
  } finally {
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
  }
}
