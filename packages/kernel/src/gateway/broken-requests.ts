import { randomBytes } from "node:crypto"
import { createServer, type Server, STATUS_CODES } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import { type Failure, toProblem } from "@nexus/protocol"

/**
 * The server below the gateway. What never becomes a request, because it is too long, too slow or not HTTP, is answered
 * in the form of everything else. Whoever opens a line and dawdles is let go: a kernel's lines are few, a crowd's
 * patience is not. Bodies have longer than headers, since a file may come over a thin line.
 */
const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 300_000
const LOOK_EVERY_MS = 2000
const IDLE_MS = 15_000
const MAX_HEADER_BYTES = 16 * 1024

export function createHttpServer(): Server {
  const server = createServer({
    headersTimeout: HEADERS_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    connectionsCheckingInterval: LOOK_EVERY_MS,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Asked for by the gateway, which says no in its own form.
    requireHostHeader: false,
    // Another protocol that a client would rather speak is no reason not to answer in this one.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    // Two lengths, a length beside chunks, a bare line feed: two readers would see two requests in it.
    insecureHTTPParser: false,
  })
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => refuse(error, socket))
  return server
}

function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, failure } = refusalOf(error.code)
  endWith(socket, status, failure)
}

/** Answers on a line that no request stands for, and ends it. Whoever asked may be gone before they hear it. */
export function endWith(line: Duplex, status: number, failure: Failure): void {
  const requestId = randomBytes(16).toString("hex")
  const body = JSON.stringify({ ...toProblem(failure), status, requestId })
  line.on("error", () => line.destroy())
  line.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "Content-Type: application/problem+json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      "X-Content-Type-Options: nosniff",
      "Cache-Control: no-store",
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
  )
}

function refusalOf(code: string | undefined): { readonly status: number; readonly failure: Failure } {
  if (code === "HPE_HEADER_OVERFLOW") {
    const failure = { code: "too-large", what: "request's header", limit: MAX_HEADER_BYTES, unit: "bytes" } as const
    return { status: 431, failure }
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return { status: 408, failure: { code: "invalid-input", detail: "The request came too slowly." } }
  }
  return { status: 400, failure: { code: "invalid-input", detail: "This is not a request of HTTP." } }
}
