import { type Json, NexusError } from "@nexus/protocol"
import ipaddr from "ipaddr.js"
import { Agent, type Dispatcher, request } from "undici"
import * as z from "zod"
import { createLookup, PUBLIC, type Reach, refused } from "./address.ts"
import { HttpAgents } from "./http-agents.ts"
import { HttpQuota } from "./http-quota.ts"

/**
 * `nexus.http.fetch(url, { method, headers, body })` → `{ status, headers, body }`, the body as text and never unpacked. Two
 * kinds of agents and never a shared socket between them: one reaches public addresses only, decided at connect time, and
 * there is one for each panel; the other reaches the example data that this kernel serves itself. Redirects are followed
 * by hand, each hop checked and counted like the first.
 */
export interface HttpClient {
  /** The address as grants are matched against; a path alone means this kernel's own example data. */
  normalUrl(text: string): URL
  /** Is this the example data that this kernel serves? */
  isOwn(url: URL): boolean
  /** Throws for an address written as numbers that may not be reached: it is never looked up. */
  dispatcherOf(url: URL, policy: string): Dispatcher
  readonly quota: HttpQuota
  readonly timeoutMs: number
  close(): Promise<void>
}

export interface HttpOptions extends Reach {
  readonly requestsPerMinute: number
  readonly clock: () => number
  /** From the first byte sent to the last one read, redirects included. */
  readonly timeoutMs: number
}

/** On whose behalf, and who makes an end of it. `allow` throws for an address that is not granted; asked at every hop. */
export interface Fetching {
  readonly workspace: string
  readonly panel: string
  readonly allow: (url: URL) => void
  readonly signal: AbortSignal
}

const MAX_REDIRECTS = 5
const MAX_BYTES = 1024 * 1024
const MAX_ADDRESS = 8192
const DEFAULTS: HttpOptions = { ...PUBLIC, requestsPerMinute: 600, clock: Date.now, timeoutMs: 10_000 }

export function createHttpClient(ownOrigin: () => string | undefined, given: Partial<HttpOptions> = {}): HttpClient {
  const options = { ...DEFAULTS, ...given }
  const { timeoutMs, mayReach, requestsPerMinute, clock } = options
  const timeouts = { connectTimeout: timeoutMs, headersTimeout: timeoutMs, bodyTimeout: timeoutMs }
  const outward = new HttpAgents({ ...timeouts, connect: { lookup: createLookup(options) } })
  const inward = new Agent(timeouts)
  const isOwn = (url: URL) => url.origin === ownOrigin() && url.pathname.startsWith("/examples/")
  return {
    normalUrl: (text) => normalUrl(text, ownOrigin()),
    isOwn,
    dispatcherOf: (url, policy) => {
      if (isOwn(url)) return inward
      const host = url.hostname.replace(/^\[|\]$/g, "")
      if (ipaddr.isValid(host) && !mayReach(host)) throw refused(url.hostname, host)
      return outward.of(policy)
    },
    quota: new HttpQuota(requestsPerMinute, clock),
    timeoutMs,
    close: async () => {
      await Promise.all([outward.close(), inward.destroy()])
    },
  }
}

/** Parsed, without fragment; refused with a user, a password, or anything but http and https. */
function normalUrl(text: string, base: string | undefined): URL {
  const url = URL.parse(text, text.startsWith("/examples/") ? base : undefined)
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username || url.password) {
    throw new NexusError({
      code: "invalid-input",
      detail: `"${text.slice(0, 200)}" is not a plain http or https address`,
    })
  }
  url.hash = ""
  return url
}

/** Headers that say where a request goes, how long it is or how the connection is kept belong to the kernel. */
const OWN_HEADERS = new Set([
  "host",
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
])
const HeaderName = z
  .string()
  .regex(/^[!#$%&'*+.^`|~\w-]+$/, "a header's name is letters, digits and -")
  .refine((name) => !OWN_HEADERS.has(name.toLowerCase()), "host, connection and the like are the kernel's own to set")
const HeaderValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, "a header's value is one line of Latin-1 text")
const Init = z
  .object({
    method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
    headers: z.record(HeaderName, HeaderValue).default({}),
    body: z.string().max(MAX_BYTES).optional(),
  })
  .prefault({})

/** Fetches `args[0]`. */
export async function fetchUrl(
  client: HttpClient,
  [address, init]: readonly Json[],
  fetching: Fetching,
): Promise<Json> {
  const options = Init.safeParse(init ?? {})
  if (typeof address !== "string" || address.length > MAX_ADDRESS || !options.success) {
    const detail = options.success ? `fetch takes an address of at most ${MAX_ADDRESS} characters` : said(options.error)
    throw new NexusError({ code: "invalid-input", detail })
  }
  const url = client.normalUrl(address)
  fetching.allow(url)
  const leave = await client.quota.enter(fetching.workspace, fetching.signal)
  try {
    const signal = AbortSignal.any([fetching.signal, AbortSignal.timeout(client.timeoutMs)])
    return await follow(client, url, options.data, { ...fetching, signal })
  } finally {
    leave()
  }
}

async function follow(
  client: HttpClient,
  first: URL,
  options: z.output<typeof Init>,
  { workspace, panel, allow, signal }: Fetching,
): Promise<Json> {
  const policy = JSON.stringify([workspace, panel])
  let url = first
  let { method, body, headers } = options
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    allow(url)
    const dispatcher = client.dispatcherOf(url, policy)
    client.quota.take(workspace)
    const reply = await send(client, url, { dispatcher, method, headers, body: body ?? null, signal })
    const location = reply.headers.location
    if (![301, 302, 303, 307, 308].includes(reply.statusCode) || typeof location !== "string") {
      return await toReply(client, url, reply)
    }
    reply.body.destroy()
    const next = client.normalUrl(URL.parse(location, url)?.href ?? location)
    if (next.origin !== url.origin) headers = withoutCredentials(headers)
    if (reply.statusCode < 307 && method !== "GET" && method !== "HEAD") {
      method = "GET"
      body = undefined
    }
    url = next
  }
  throw new NexusError({ code: "too-large", what: "chain of redirects", limit: MAX_REDIRECTS, unit: "redirects" })
}

function said({ issues: [issue] }: z.ZodError): string {
  // A refused key of a record says why in an issue of its own.
  const inner = issue?.code === "invalid_key" ? issue.issues[0] : undefined
  return inner?.message ?? issue?.message ?? "not fetch options"
}

async function send(
  client: HttpClient,
  url: URL,
  options: {
    dispatcher: Dispatcher
    method: string
    headers: { [name: string]: string }
    body: string | null
    signal: AbortSignal
  },
): Promise<Dispatcher.ResponseData> {
  try {
    const reply = await request(url, { ...options, method: options.method as Dispatcher.HttpMethod })
    // A body that is given up on says so by an error event, which without a listener would end the process.
    reply.body.on("error", () => undefined)
    return reply
  } catch (error) {
    throw unreachable(url, error, client)
  }
}

async function toReply(client: HttpClient, url: URL, reply: Dispatcher.ResponseData): Promise<Json> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of reply.body) {
      size += chunk.length
      if (size > MAX_BYTES) {
        throw new NexusError({ code: "too-large", what: `answer of ${url.host}`, limit: MAX_BYTES, unit: "bytes" })
      }
      chunks.push(chunk)
    }
  } catch (error) {
    throw unreachable(url, error, client)
  }
  const headers: { [name: string]: string } = {}
  for (const [name, value] of Object.entries(reply.headers)) {
    if (value !== undefined && name !== "set-cookie") headers[name] = String(value)
  }
  return { status: reply.statusCode, headers, body: Buffer.concat(chunks).toString() }
}

function withoutCredentials(headers: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(authorization|cookie|proxy-authorization|x-api-key)$/i.test(name)),
  )
}

function unreachable(url: URL, error: unknown, { timeoutMs }: HttpClient): NexusError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof NexusError) return cause
  const timedOut = error instanceof Error && (error.name === "TimeoutError" || error.name.includes("Timeout"))
  const detail = timedOut ? `no answer within ${timeoutMs} ms` : "it could not be reached"
  return new NexusError({ code: "unavailable", what: url.host, detail }, { cause: error })
}
