import { connect } from "node:net"
import { type Below, pick } from "./values.ts"

/**
 * Requests that no client writes: as bytes, so that nothing on our side puts them right. What is smuggled behind one is
 * a request for a path that does not exist, and must never be answered as a second one.
 */
const SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

const PATHS = [
  "/",
  "//",
  "/api/v1",
  "/api/v1/",
  "/api/v1/panels/%00",
  "/api/v1/panels/%ZZ",
  "/api/v1/workspaces/..%2f..%2fauth%2fme",
  "/api/v1/workspaces/%2e%2e/%2e%2e/healthz",
  "/assets/..%252f..%252fpackage.json",
  "/assets/..\\..\\package.json",
  "/assets/%c0%ae%c0%ae/package.json",
  "/assets/con",
  "/examples/__proto__",
  "/examples/constructor",
  "/api/v1/panels?workspace=a&workspace=b&workspace[x]=c&__proto__[y]=1",
  `/api/v1/panels?${"a=b&".repeat(2000)}`,
  "/openapi.json?x=%",
  "http://evil.example/healthz",
  "*",
  "/\u00ff",
  `/${"a/".repeat(1000)}`,
]
const METHODS = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PROPFIND",
  "BREW",
  "get",
]
const HEADERS = [
  "Host: a\r\nHost: b",
  "Host: evil.example",
  "Host: a b",
  "Host: x@y",
  "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8",
  "X-Original-URL: /metrics\r\nX-Rewrite-URL: /metrics",
  "Content-Length: 5\r\nTransfer-Encoding: chunked",
  "Content-Length: 5\r\nContent-Length: 6",
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Content-Length: 0x10",
  "Transfer-Encoding: xchunked",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding : chunked",
  "Expect: 100-continue",
  "Expect: something",
  "Upgrade: websocket\r\nConnection: Upgrade",
  "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings",
  "Connection: close, Authorization",
  "Authorization: Bearer \u00e9",
  "Authorization: Basic eDp5\r\nAuthorization: Bearer x",
  "Cookie: nexus_refresh=; nexus_refresh=__proto__",
  "Range: bytes=0-0,1-1,2-2,-9999999999999",
  "Accept-Encoding: gzip;q=1.5, br;q=nonsense",
  "Accept: */*;q=, text/xml",
  'If-None-Match: W/"a", *, ""',
  "If-Match: ,,,",
  "traceparent: 00-00000000000000000000000000000000-0000000000000000-00",
  "Content-Type: application/json; charset=\u00ff",
  "Content-Encoding: gzip",
  "X: a\r\n folded",
  "X\u0000: a",
  ": empty",
  `X: ${"y".repeat(20_000)}`,
  Array.from({ length: 300 }, (_, n) => `X-${n}: y`).join("\r\n"),
]
const BODIES = ["", "{}", "5\r\n{}   \r\n0\r\n\r\n", "zz\r\n", "\u001f\u008b\u0008nonsense", SMUGGLED]

export interface Line {
  readonly sent: string
  /** Everything that came back, as it came. */
  readonly heard: string
}

/** One connection with one such request. */
export function sendLine(url: string, below: Below): Promise<Line> {
  const version = pick(below, ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "http/1.1"])
  const first = `${pick(below, METHODS)} ${pick(below, PATHS)} ${version}`
  const host = below(8) === 0 ? "" : "Host: 127.0.0.1\r\n"
  const sent = `${first}\r\n${host}${pick(below, HEADERS)}\r\nConnection: close\r\n\r\n${pick(below, BODIES)}`
  const { port, hostname } = new URL(url)
  return new Promise((resolve) => {
    const line = connect(Number(port), hostname)
    let heard = ""
    let timer: NodeJS.Timeout | undefined
    const done = (): void => {
      clearTimeout(timer)
      line.destroy()
      resolve({ sent, heard })
    }
    // A request that promises more than it sends is waited for by the kernel; nobody here has to.
    const wait = (ms: number) => {
      clearTimeout(timer)
      timer = setTimeout(done, ms)
    }
    line.on("data", (chunk) => {
      heard += chunk.toString("latin1")
      wait(10)
    })
    line.on("close", done)
    line.on("error", done)
    wait(120)
    line.end(sent, "latin1")
  })
}
