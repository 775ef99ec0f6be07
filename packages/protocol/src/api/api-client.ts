import type * as z from "zod"
import { NexusError } from "../nexus-error.ts"
import type { Endpoint } from "./endpoint.ts"
import { fromProblem, Problem } from "./problem.ts"

/**
 * The one way our own programs ask the API: the studio, the command line, the assistant and `createApi` go through it. What
 * a call takes and gives is what the endpoint says, so a client cannot fall behind. Answers are parsed at this door; a
 * "no" is thrown as the `NexusError` that the kernel threw, and so is silence.
 *
 * Only what may be done twice is tried again: reading, and a POST, which then carries an Idempotency-Key of its own.
 * Generating code from the document was refused: it would be a second place where the same types live.
 */
export interface ApiClient {
  /** Asks `endpoint` and gives its answer. Rejects with a `NexusError`, or with the signal's reason. */
  call<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
    endpoint: Endpoint<Params, Query, Body, Answer>,
    ...request: Asked<Params, Query, Body>
  ): Promise<z.output<Answer>>
  /** The same, but gives the answer as it comes, unread: for files and for streams. */
  open<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
    endpoint: Endpoint<Params, Query, Body>,
    ...request: Asked<Params, Query, Body>
  ): Promise<Response>
}

export interface ApiOptions {
  /** Where the kernel is, such as `https://nexus.example.org`; empty in a page that the kernel itself serves. */
  readonly url: string
  /** The access token or API key of now; `undefined` asks as nobody. Not asked for what is open to everybody. */
  readonly token: () => Promise<string | undefined>
  /** Headers of every request, such as those of a trace. */
  readonly headers?: () => Readonly<Record<string, string>>
  readonly fetch?: Fetch
  /** How often, in all, something that may be done twice is tried. */
  readonly tries?: number
  /** An id for each POST that may be tried again. */
  readonly newKey?: () => string
  /** Waits between tries; over at once when `signal` aborts. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** As much of `fetch` as is needed. A `NexusError` that it throws is thrown on as it is. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>

/** `Part` of a request; it may be left out where nothing in it is needed. */
type Part<Name extends string, Value> =
  Record<string, never> extends Value ? { readonly [Key in Name]?: Value } : { readonly [Key in Name]: Value }

/** What a call takes: the endpoint's parameters, query and body, and how it is to be asked. */
export type ApiRequest<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = Part<
  "params",
  z.input<Params>
> &
  Part<"query", z.input<Query>> &
  Part<"body", z.input<Body>> &
  Manner

type Asked<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> =
  Record<string, never> extends ApiRequest<Params, Query, Body>
    ? [request?: ApiRequest<Params, Query, Body>]
    : [request: ApiRequest<Params, Query, Body>]

interface Manner {
  /** The body where that is not JSON. */
  readonly bytes?: Uint8Array<ArrayBuffer> | Blob
  /** The ETag of what is to be written (`etagOf`): refused with `conflict` when it is another by now. */
  readonly ifMatch?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** How this one request is sent, such as by something that says how far it is. */
  readonly fetch?: Fetch
}

/** A request whose endpoint is not known to the types. */
export interface AnyRequest extends Manner {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

const TRIES = 4
const FIRST_WAIT_MS = 200
/** Who is told to come back later than this is told so, and does not wait without knowing why. */
const LONGEST_WAIT_MS = 5_000

/** The ETags that came with answers, kept as long as the answers are. */
const etags = new WeakMap<object, string>()

/** The ETag that came with `answer`, for the `ifMatch` of who writes over it. */
export function etagOf(answer: object): string | undefined {
  return etags.get(answer)
}

export function createApiClient(options: ApiOptions): ApiClient {
  return {
    call: async (endpoint, ...[request = {}]) => read(endpoint, await send(options, endpoint, request)),
    open: (endpoint, ...[request = {}]) => send(options, endpoint, request),
  }
}

async function send(options: ApiOptions, endpoint: Endpoint, request: AnyRequest): Promise<Response> {
  const { wait = sleep, tries = TRIES } = options
  const ask: Fetch = request.fetch ?? options.fetch ?? fetch
  const { signal } = request
  const init = await initOf(options, endpoint, request)
  const mayRepeat = endpoint.method === "get" || endpoint.reads === true || isKeyed(endpoint)
  const address = `${options.url}/api/v1${pathOf(endpoint, request)}`
  for (let tried = 1; ; tried += 1) {
    const isLast = tried >= tries || !mayRepeat
    const answer = await ask(address, init).catch((cause: unknown) => {
      signal?.throwIfAborted()
      if (cause instanceof NexusError) throw cause
      if (isLast) throw silence(options.url, cause)
      return undefined
    })
    if (answer?.ok) return answer
    const askedMs = Number(answer?.headers.get("retry-after") ?? 0) * 1000
    const isBusy = answer?.status === 503 || answer?.status === 429
    if (answer && (isLast || !isBusy || askedMs > LONGEST_WAIT_MS)) throw await refusalOf(answer)
    await answer?.body?.cancel()
    await wait(Math.max(askedMs, FIRST_WAIT_MS * 2 ** (tried - 1)), signal)
    signal?.throwIfAborted()
  }
}

async function initOf(options: ApiOptions, endpoint: Endpoint, request: AnyRequest): Promise<RequestInit> {
  const { newKey = () => crypto.randomUUID() } = options
  const { method, takes, access } = endpoint
  const token = access === "public" ? undefined : await options.token()
  const hasBody = method !== "get" && method !== "delete"
  const body = request.bytes ?? (hasBody ? JSON.stringify(request.body ?? {}) : undefined)
  return {
    method: method.toUpperCase(),
    headers: {
      ...options.headers?.(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": takes ?? "application/json" }),
      ...(isKeyed(endpoint) ? { "idempotency-key": newKey() } : {}),
      ...(request.ifMatch === undefined ? {} : { "if-match": request.ifMatch }),
    },
    ...(body === undefined ? {} : { body }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  }
}

/** A sign-in is spent by being tried, and an assistant that is asked twice costs twice. */
function isKeyed({ method, takes, tag, reads }: Endpoint): boolean {
  return method === "post" && takes === undefined && reads !== true && tag !== "auth" && tag !== "assistant"
}

/** Each name in the path is one segment of it, whatever it holds. */
function pathOf({ path }: Endpoint, { params, query }: AnyRequest): string {
  const named = new Map<string, unknown>(Object.entries(params ?? {}))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(named.get(name) ?? "")))
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) asked.set(name, String(value))
  return `${filled}${asked.size > 0 ? `?${asked}` : ""}`
}

async function read<Answer extends z.ZodType>(
  { name, answer, status, contentType }: Endpoint<z.ZodType, z.ZodType, z.ZodType, Answer>,
  response: Response,
): Promise<z.output<Answer>> {
  const text = status === 204 || response.status === 204 ? "{}" : await response.text()
  const parsed = answer.safeParse(contentType === undefined ? toJson(text) : text)
  if (!parsed.success) {
    const detail = `its answer to ${name} has a shape that is not known here. Reload or update, then try again.`
    throw new NexusError({ code: "unavailable", what: "The kernel", detail }, { cause: parsed.error })
  }
  const etag = response.headers.get("etag")
  if (etag !== null && typeof parsed.data === "object" && parsed.data !== null) etags.set(parsed.data, etag)
  return parsed.data
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function refusalOf(response: Response): Promise<NexusError> {
  const problem = toJson(await response.text().catch(() => ""))
  const failure = fromProblem(problem)
  if (failure) return new NexusError(failure)
  // A newer kernel may have failures that are not known here; its sentence is still the best there is.
  const said = Problem.safeParse(problem)
  const detail = said.success ? said.data.detail : `it answered ${response.status}. Try again in a moment.`
  return new NexusError({ code: "unavailable", what: "The kernel", detail })
}

function silence(url: string, cause: unknown): NexusError {
  const detail = `it does not answer${url === "" ? "" : ` at ${url}`}. Check that it runs, then try again.`
  return new NexusError({ code: "unavailable", what: "The kernel", detail }, { cause })
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer)
      signal?.removeEventListener("abort", over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    signal?.addEventListener("abort", over)
  })
}
