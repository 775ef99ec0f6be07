import type * as z from "zod"
import { NexusError } from "../nexus-error.ts"
import type { Endpoint } from "./endpoint.ts"
import { endpoints } from "./endpoints.ts"
import { fromProblem } from "./problem.ts"

/**
 * The API as functions, one for each endpoint, by its name: what it takes and gives is what the endpoint says, so a client
 * cannot fall behind. Answers are parsed at this door; a "no" is thrown as the `NexusError` that the kernel threw.
 *
 * Only what may be done twice is tried again: reading, and a POST, which then carries an Idempotency-Key of its own.
 * Generating code from the document was refused: it would be a second place where the same types live.
 */
export interface ApiOptions {
  /** Where the kernel is, such as `https://nexus.example.org`. */
  readonly url: string
  /** The access token or API key of now; `undefined` asks as nobody. */
  readonly token: () => Promise<string | undefined>
  readonly fetch?: (address: string, init: RequestInit) => Promise<Response>
  /** An id for each POST that may be tried again. */
  readonly newKey?: () => string
  /** Waits between tries. */
  readonly wait?: (ms: number) => Promise<void>
}

type Endpoints = typeof endpoints
/** `Part` of a request; it may be left out where nothing in it is needed. */
type Part<Name extends string, Value> =
  Record<string, never> extends Value ? { readonly [Key in Name]?: Value } : { readonly [Key in Name]: Value }

/** What a call takes: the endpoint's parameters, query and body. `bytes` is the body where that is not JSON. */
export type ApiRequest<Name extends keyof Endpoints> = Part<"params", z.input<Endpoints[Name]["params"]>> &
  Part<"query", z.input<Endpoints[Name]["query"]>> &
  Part<"body", z.input<Endpoints[Name]["body"]>> & {
    readonly bytes?: Uint8Array<ArrayBuffer>
    readonly ifMatch?: string
  }
export type ApiAnswer<Name extends keyof Endpoints> = z.output<Endpoints[Name]["answer"]>

export type Api = {
  readonly [Name in keyof Endpoints]: (request: ApiRequest<Name>) => Promise<ApiAnswer<Name>>
}

interface AnyRequest {
  readonly params?: object
  readonly query?: object
  readonly body?: unknown
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly ifMatch?: string
}

const TRIES = 4
const FIRST_WAIT_MS = 200

export function createApi(options: ApiOptions): Api {
  const calls = Object.values<Endpoint>(endpoints).map((endpoint) => [
    endpoint.name,
    (request: AnyRequest) => call(options, endpoint, request),
  ])
  // Each function is made from the endpoint whose types it is given.
  return Object.fromEntries(calls)
}

/** Every page of a list, one after the other: `for await (const { members } of pagesOf(api.listMembers, { params }))`. */
export async function* pagesOf<Request extends { readonly query?: object }, Answer extends { readonly next?: string }>(
  list: (request: Request) => Promise<Answer>,
  request: Request,
): AsyncGenerator<Answer> {
  let answer = await list(request)
  yield answer
  while (answer.next !== undefined) {
    answer = await list({ ...request, query: { ...request.query, cursor: answer.next } })
    yield answer
  }
}

async function call(options: ApiOptions, endpoint: Endpoint, request: AnyRequest): Promise<unknown> {
  const { fetch: ask = fetch, wait = sleep, newKey = () => crypto.randomUUID() } = options
  const { method, takes, tag } = endpoint
  const isKeyed = method === "post" && takes === undefined && tag !== "auth"
  const token = await options.token()
  const body =
    request.bytes ?? (method === "get" || method === "delete" ? undefined : JSON.stringify(request.body ?? {}))
  const init: RequestInit = {
    method: method.toUpperCase(),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": takes ?? "application/json" }),
      ...(isKeyed ? { "idempotency-key": newKey() } : {}),
      ...(request.ifMatch === undefined ? {} : { "if-match": request.ifMatch }),
    },
    ...(body === undefined ? {} : { body }),
  }
  const address = addressOf(options.url, endpoint, request)
  for (let tried = 1; ; tried += 1) {
    const isLast = tried === TRIES || !(isKeyed || method === "get")
    const answer = await ask(address, init).catch((cause: unknown) => {
      if (isLast) throw new NexusError(unreachable(options.url), { cause })
      return undefined
    })
    if (answer?.ok) return read(endpoint, answer)
    if (answer && (isLast || (answer.status !== 503 && answer.status !== 429))) throw await refusalOf(answer)
    const seconds = Number(answer?.headers.get("retry-after") ?? 0)
    await wait(Math.max(seconds * 1000, FIRST_WAIT_MS * 2 ** (tried - 1)))
  }
}

function addressOf(url: string, { path }: Endpoint, { params = {}, query = {} }: AnyRequest): string {
  const named = new Map<string, unknown>(Object.entries(params))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(named.get(name))))
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, String(value))
  return `${url}/api/v1${filled}${asked.size > 0 ? `?${asked}` : ""}`
}

async function read({ answer, status, contentType }: Endpoint, response: Response): Promise<unknown> {
  if (status === 204) return {}
  return answer.parse(contentType === undefined ? await response.json() : await response.text())
}

async function refusalOf(response: Response): Promise<NexusError> {
  const problem: unknown = await response.json().catch(() => undefined)
  const detail = `it answered ${response.status} and not in the form of this API`
  return new NexusError(fromProblem(problem) ?? { code: "unavailable", what: "The kernel", detail })
}

function unreachable(url: string) {
  return { code: "unavailable", what: "The kernel", detail: `nobody answers at ${url}; try again in a moment` } as const
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
