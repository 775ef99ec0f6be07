import { type Attributes, type Context, context, type SpanKind, SpanStatusCode, trace } from "@opentelemetry/api"

/** Does `work` within a span of its own, below `parent` or what is under way; what throws marks the span. */
export function inSpan<Value>(
  name: string,
  options: { readonly attributes: Attributes; readonly kind?: SpanKind; readonly parent?: Context },
  work: () => Promise<Value>,
): Promise<Value> {
  const { parent = context.active(), ...about } = options
  return trace.getTracer("@nexus/kernel").startActiveSpan(name, about, parent, async (span) => {
    try {
      return await work()
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) })
      throw error
    } finally {
      span.end()
    }
  })
}
