/** The trace a client started, out of its W3C `traceparent`. */
export function traceIdOf(message: { readonly traceparent?: string | undefined }): { traceId?: string } {
  const traceId = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(message.traceparent ?? "")?.[1]
  return traceId ? { traceId } : {}
}
