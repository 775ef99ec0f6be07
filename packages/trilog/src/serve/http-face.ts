import { timingSafeEqual } from "node:crypto"
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import { promisify } from "node:util"
import { gunzip } from "node:zlib"
import type { Engine } from "./engine.ts"

/**
 * The part of ClickHouse's HTTP interface that its stock client speaks, in front of an engine: a query in the address
 * or the body, `param_x` parameters, settings as further parameters, rows of an INSERT in the body, errors as text with
 * ClickHouse's own code. Whatever the engine refuses is an answer; nothing here throws.
 */
export function httpFace(engine: Engine, password: string): RequestListener {
  const expected = Buffer.from(`Basic ${Buffer.from(`nexus:${password}`).toString("base64")}`)
  return (request, response) => {
    const given = Buffer.from(request.headers.authorization ?? "")
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      refuse(response, 401, 516, "the password is wrong (AUTHENTICATION_FAILED)")
      return
    }
    answer(engine, request, response).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error)
      const code = Number(/Code: (\d+)/.exec(text)?.[1] ?? 1001)
      refuse(response, 500, code, text)
    })
  }
}

/** Settings that only mean something between an HTTP server and its client. */
const HTTP_ONLY = new Set([
  "query",
  "query_id",
  "database",
  "default_format",
  "wait_end_of_query",
  "send_progress_in_http_headers",
  "http_headers_progress_interval_ms",
  "enable_http_compression",
  "http_response_buffer_size",
  "cancel_http_readonly_queries_on_client_close",
])

const MAX_BODY_BYTES = 256 * 1024 * 1024

async function answer(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://chdb")
  if (pathname === "/ping") {
    response.end("Ok.\n")
    return
  }
  const { query: inBody, params, rows } = await bodyOf(request, searchParams.has("query"))
  const settings = [...searchParams, ...params].filter(([name]) => !HTTP_ONLY.has(name))
  if (settings.some(([name]) => name === "session_id" || name === "role")) {
    throw new Error("Code: 48. DB::Exception: the embedded engine has no sessions and no roles. (NOT_IMPLEMENTED)")
  }
  const sql = searchParams.get("query") ?? inBody
  const inserts = rows !== undefined && /^\s*INSERT\s/i.test(sql)
  const format = searchParams.get("default_format") ?? "TabSeparated"
  const empty = inserts && rows.length === 0
  const result = empty
    ? { bytes: new Uint8Array(0), rowsRead: 0, bytesRead: 0, elapsedSeconds: 0 }
    : await engine.run({
        sql: rows && !inserts ? `${sql}\n${Buffer.from(rows).toString()}` : sql,
        format,
        database: searchParams.get("database") ?? undefined,
        settings,
        rows: inserts ? rows : undefined,
      })
  const done = String(result.rowsRead)
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "content-length": result.bytes.byteLength,
    "x-clickhouse-format": format,
    "x-clickhouse-query-id": searchParams.get("query_id") ?? "",
    "x-clickhouse-summary": JSON.stringify({
      read_rows: done,
      read_bytes: String(result.bytesRead),
      written_rows: inserts ? done : "0",
      written_bytes: inserts ? String(rows.length) : "0",
      total_rows_to_read: "0",
      result_rows: inserts ? "0" : done,
      result_bytes: String(result.bytes.byteLength),
      elapsed_ns: String(Math.round(result.elapsedSeconds * 1e9)),
    }),
  })
  response.end(result.bytes)
}

interface Body {
  readonly query: string
  readonly params: readonly (readonly [string, string])[]
  readonly rows: Buffer | undefined
}

async function bodyOf(request: IncomingMessage, queryInAddress: boolean): Promise<Body> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES)
      throw new Error("Code: 241. DB::Exception: the body is over 256 MB. (MEMORY_LIMIT_EXCEEDED)")
    chunks.push(chunk)
  }
  const sent = Buffer.concat(chunks)
  const bytes =
    request.headers["content-encoding"] === "gzip"
      ? await promisify(gunzip)(sent, { maxOutputLength: MAX_BODY_BYTES })
      : sent
  const type = request.headers["content-type"] ?? ""
  if (type.startsWith("multipart/form-data")) {
    const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData()
    const params = [...form].flatMap(([name, value]) =>
      name !== "query" && typeof value === "string" ? [[name, value] as const] : [],
    )
    return { query: String(form.get("query") ?? ""), params, rows: undefined }
  }
  if (!queryInAddress) return { query: bytes.toString(), params: [], rows: undefined }
  return { query: "", params: [], rows: request.method === "POST" ? bytes : undefined }
}

function refuse(response: ServerResponse, status: number, code: number, text: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, {
    "content-type": "text/plain; charset=UTF-8",
    "x-clickhouse-exception-code": String(code),
  })
  response.end(text.startsWith("Code:") ? text : `Code: ${code}. DB::Exception: ${text}`)
}
