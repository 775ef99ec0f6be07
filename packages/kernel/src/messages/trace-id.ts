import { isSpanContextValid, trace } from "@opentelemetry/api"

/** The trace this message is part of: that of its span, else the one its client named. */
export function traceIdOf(message: { readonly traceparent?: string | undefined }): { traceId?: string } {
  const own = trace.getActiveSpan()?.spanContext()
  if (own && isSpanContextValid(own)) return { traceId: own.traceId }
  const traceId = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(message.traceparent ?? "")?.[1]
  return traceId ? { traceId } : {}
}
