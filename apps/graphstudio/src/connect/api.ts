import { type Endpoint, Problem } from "@nexus/protocol"
import type * as z from "zod"
import { type SendBytes, sendBytesByXhr } from "./send-bytes.ts"

/**
 * HTTP to the kernel, typed by the endpoints that the kernel itself serves: a path, what goes in, what must come out.
 * Every answer is parsed here and trusted everywhere else. Only reads and rare acts use HTTP; what happens on the canvas
 * travels over the socket.
 */
export interface Api {
  /** Rejects with `ApiError`. */
  call<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
    endpoint: Endpoint<Params, Query, Body, Answer>,
    input?: ApiInput<Params, Query, Body>,
  ): Promise<z.output<Answer>>
  /** An authorised request whose answer is a stream; rejects with `ApiError` when it is refused. */
  stream(path: string, body: unknown, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
  /** What an endpoint whose answer is no JSON gives; rejects with `ApiError`. */
  bytes<Params extends z.ZodType, Query extends z.ZodType>(
    endpoint: Endpoint<Params, Query>,
    params: z.input<Params>,
    signal: AbortSignal,
    query?: z.input<Query>,
  ): Promise<Blob>
  /** Sends bytes to an endpoint that takes them; `onProgress` hears the share that was sent. Rejects with `ApiError`. */
  upload<Params extends z.ZodType, Query extends z.ZodType, Answer extends z.ZodType>(
    endpoint: Endpoint<Params, Query, z.ZodType, Answer>,
    input: Pick<ApiInput<Params, Query, z.ZodType>, "params" | "query">,
    file: Blob,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<z.output<Answer>>
}

interface ApiInput<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly params?: z.input<Params>
  readonly query?: z.input<Query>
  readonly body?: z.input<Body>
}

export interface ApiOptions {
  readonly fetch: typeof fetch
  /** A valid access token, or `undefined` where the caller is not signed in. */
  readonly token: () => Promise<string | undefined>
  /** How bytes are sent; the browser's own unless given. */
  readonly sendBytes?: SendBytes
}

/** The kernel said no, or could not be reached. `message` is a sentence for the person. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor(message: string, status: number, code: string) {
    super(message)
    this.name = "ApiError"
    this.status = status
    this.code = code
  }
}

export function createApi(options: ApiOptions): Api {
  const { sendBytes = sendBytesByXhr } = options
  async function send(path: string, init: RequestInit, authorised: boolean): Promise<Response> {
    const headers = new Headers(init.headers)
    const token = authorised ? await options.token() : undefined
    if (token) headers.set("authorization", `Bearer ${token}`)
    if (init.body) headers.set("content-type", "application/json")
    let response: Response
    try {
      response = await options.fetch(`/api/v1${path}`, { ...init, headers, credentials: "same-origin" })
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === "AbortError") throw cause
      throw new ApiError("The kernel cannot be reached. Check that it runs, then try again.", 0, "unreachable")
    }
    if (!response.ok) throw await toApiError(response)
    return response
  }

  return {
    async call(endpoint, input = {}) {
      const init: RequestInit = { method: endpoint.method.toUpperCase() }
      if (endpoint.method !== "get") init.body = JSON.stringify(input.body ?? {})
      const path = fillPath(endpoint.path, input.params) + queryText(input.query)
      const response = await send(path, init, endpoint.access !== "public")
      return parsedAnswer(endpoint, response.status === 204 ? {} : await response.json())
    },
    async stream(path, body, signal) {
      const init = { method: "POST", body: JSON.stringify(body), signal, headers: { accept: "text/event-stream" } }
      const response = await send(path, init, true)
      if (!response.body) throw new ApiError("The answer came without a body.", response.status, "shape")
      return response.body
    },
    async bytes(endpoint, params, signal, query) {
      const response = await send(fillPath(endpoint.path, params) + queryText(query), { method: "GET", signal }, true)
      return response.blob()
    },
    async upload(endpoint, { params, query }, file, onProgress, signal) {
      const url = `/api/v1${fillPath(endpoint.path, params)}${queryText(query)}`
      const response = await sendBytes(url, file, { token: await options.token(), onProgress, signal })
      if (!response.ok) throw await toApiError(response)
      return parsedAnswer(endpoint, await response.json())
    },
  }
}

function parsedAnswer<Answer extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, Answer>,
  answer: unknown,
): z.output<Answer> {
  const parsed = endpoint.answer.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new ApiError(`The kernel answered ${endpoint.name} in a shape this page does not know. Reload it.`, 0, "shape")
}

/** `/workspaces/{workspace}` with its names filled in, each as one path segment. */
export function fillPath(path: string, params: unknown): string {
  const values = new Map(Object.entries(params ?? {}))
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name) ?? "")))
}

/** `?a=1&b=x`, leaving out what is undefined. */
export function queryText(query: unknown): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text ? `?${text}` : ""
}

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined)
  const problem = Problem.safeParse(body)
  if (problem.success) return new ApiError(problem.data.detail, response.status, problem.data.code)
  return new ApiError(`The kernel answered ${response.status} ${response.statusText}.`.trim(), response.status, "http")
}
