import type { RequestHandler } from "express"

/**
 * What a browser may do with what we send. Scripts come from us and are never evaluated from text . WebAssembly
 * runs in workers of the sandbox alone, which have a policy of their own. Styles may be inline: React Flow and CodeMirror position by style attributes
 * and style elements; a style cannot run code, and no image may be fetched from elsewhere to carry data out.
 */
const STUDIO_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
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

/**
 * For the page that other sites frame: those alone, by `hosts` as the protocol lets them in, and none without. It shows
 * and asks for nothing but the stream; no form, no worker, no frame of its own.
 */
export function embedPolicy(hosts: readonly string[], requestHost: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    connectSource(requestHost),
    "form-action 'none'",
    `frame-ancestors ${hosts.length > 0 ? hosts.join(" ") : "'none'"}`,
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types nexus",
  ].join("; ")
}

/** For a worker of the page's sandbox: it compiles WebAssembly, loads nothing more and reaches no address at all. */
export const SANDBOX_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'"

/**
 * For HTML that was rendered from a panel. Its own style sheet is named by hash; style attributes place its boxes. As
 * it is, it shows and does nothing, and its links open elsewhere; a live one runs our scripts and talks to us alone.
 */
export function documentPolicy({ styles, live }: { readonly styles: string; readonly live: boolean }): string {
  const shows = [
    "default-src 'none'",
    `style-src ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ]
  const runs = ["script-src 'self'", "font-src 'self'", "require-trusted-types-for 'script'", "trusted-types nexus"]
  return [...shows, ...(live ? runs : ["sandbox allow-popups allow-popups-to-escape-sandbox"])].join("; ")
}

/** Older browsers do not count the socket of the same host as 'self'. */
export function connectSource(requestHost: string | undefined): string {
  const host = /^[\w.:[\]-]{1,255}$/.test(requestHost ?? "") ? requestHost : undefined
  return host ? `connect-src 'self' ws://${host} wss://${host}` : "connect-src 'self'"
}

export function securityHeaders(): RequestHandler {
  return (request, response, next) => {
    const connect = connectSource(request.get("host"))
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
