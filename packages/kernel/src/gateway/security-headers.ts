import type { RequestHandler } from "express"

/**
 * What a browser may do with what we send. Scripts come from us and are never evaluated from text (`wasm-unsafe-eval`
 * compiles WebAssembly and nothing else). Styles may be inline: React Flow and CodeMirror position by style attributes
 * and style elements; a style cannot run code, and no image may be fetched from elsewhere to carry data out.
 */
const STUDIO_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types nexus",
]

/** For HTML that was rendered from a panel: it shows, it does nothing. */
export const DOCUMENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

export function securityHeaders(): RequestHandler {
  return (request, response, next) => {
    // Older browsers do not count the socket of the same host as 'self'.
    const host = /^[\w.:[\]-]{1,255}$/.test(request.get("host") ?? "") ? request.get("host") : undefined
    const connect = host ? `connect-src 'self' ws://${host} wss://${host}` : "connect-src 'self'"
    response.set({
      "Content-Security-Policy": [...STUDIO_POLICY, connect].join("; "),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
      ...(request.secure ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
    })
    next()
  }
}
