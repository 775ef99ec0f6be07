import compression from "compression"
import type { Request, RequestHandler, Response } from "express"

/**
 * Compressed is what is read and is text. Not what signs in or tells a secret once: next to words that the caller chose,
 * its length would give it away letter by letter (BREACH). Not a stream of events, which a compressor would hold back,
 * and not a piece of a file.
 */
export function compress(): RequestHandler {
  return compression({ threshold: 1024, filter: isCompressed })
}

function isCompressed(request: Request, response: Response): boolean {
  const reads = request.method === "GET" || request.method === "HEAD" || response.locals.route === "queryGraph"
  if (!reads || response.locals.tellsSecret === true || request.originalUrl.startsWith("/api/v1/auth")) return false
  if (response.statusCode === 206) return false
  const type = String(response.getHeader("Content-Type") ?? "")
  return !type.startsWith("text/event-stream") && compression.filter(request, response)
}
