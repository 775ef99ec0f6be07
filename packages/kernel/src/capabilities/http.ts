import { type Json, NexusError } from "@nexus/protocol"
import ipaddr from "ipaddr.js"
import { Agent, type Dispatcher, request } from "undici"
import * as z from "zod"
import { isPublicAddress, publicLookup, refused } from "./address.ts"

/**
 * `nexus.http.fetch(url, { method, headers, body })` → `{ status, headers, body }`, the body as text. Two agents and never a
 * shared socket between them: one reaches public addresses only, decided at connect time; the other reaches the example
 * data that this kernel serves itself. Redirects are followed by hand, each hop checked like the first.
 */
export interface HttpClient {
  /** The address as grants are matched against; a path alone means this kernel's own example data. */
  normalUrl(text: string): URL
  /** Is this the example data that this kernel serves? */
  isOwn(url: URL): boolean
  dispatcherOf(url: URL): Dispatcher
  close(): Promise<void>
}

const MAX_REDIRECTS = 5
const MAX_BYTES = 1024 * 1024
const TIMEOUT_MS = 10_000

export function createHttpClient(ownOrigin: () => string | undefined): HttpClient {
  const timeouts = { connectTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS }
  const outward = new Agent({ ...timeouts, connect: { lookup: publicLookup } })
  const inward = new Agent(timeouts)
  const isOwn = (url: URL) => url.origin === ownOrigin() && url.pathname.startsWith("/examples/")
  return {
    normalUrl: (text) => normalUrl(text, ownOrigin()),
    isOwn,
    dispatcherOf: (url) => (isOwn(url) ? inward : outward),
    close: async () => {
      await Promise.all([outward.destroy(), inward.destroy()])
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

const Init = z
  .object({
    method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
    headers: z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[^\r\n\0]*$/)).default({}),
    body: z.string().max(MAX_BYTES).optional(),
  })
  .prefault({})

/** Headers that say where a request goes or how long it is belong to the kernel. */
const OWN_HEADERS = new Set(["host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "te"])

/** Fetches `args[0]`; `allow` throws for an address that is not granted, and is asked at every hop. */
export async function fetchUrl(
  client: HttpClient,
  [address, init]: readonly Json[],
  allow: (url: URL) => void,
  signal: AbortSignal,
): Promise<Json> {
  const options = Init.safeParse(init ?? {})
  if (typeof address !== "string" || !options.success) {
    const detail = options.success
      ? "fetch takes an address"
      : (options.error.issues[0]?.message ?? "not fetch options")
    throw new NexusError({ code: "invalid-input", detail })
  }
  let url = client.normalUrl(address)
  let { method, body } = options.data
  let headers = Object.fromEntries(
    Object.entries(options.data.headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase())),
  )
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    allow(url)
    const dispatcher = client.dispatcherOf(url)
    refuseInwardLiteral(client, url)
    const reply = await send(url, { dispatcher, method, headers, body: body ?? null, signal: deadline })
    const location = reply.headers.location
    if (![301, 302, 303, 307, 308].includes(reply.statusCode) || typeof location !== "string") {
      return await toReply(url, reply)
    }
    reply.body.destroy()
    const next = client.normalUrl(new URL(location, url).href)
    if (next.origin !== url.origin) headers = withoutCredentials(headers)
    if (reply.statusCode < 307 && method !== "GET" && method !== "HEAD") {
      method = "GET"
      body = undefined
    }
    url = next
  }
  throw new NexusError({ code: "too-large", what: "chain of redirects", limit: MAX_REDIRECTS, unit: "redirects" })
}

/** An address written as numbers is never looked up, so it is judged here. */
function refuseInwardLiteral(client: HttpClient, url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "")
  if (!client.isOwn(url) && ipaddr.isValid(host) && !isPublicAddress(host)) throw refused(url.hostname, host)
}

async function send(
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
    throw unreachable(url, error)
  }
}

async function toReply(url: URL, reply: Dispatcher.ResponseData): Promise<Json> {
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
    throw unreachable(url, error)
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

function unreachable(url: URL, error: unknown): NexusError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof NexusError) return cause
  const timedOut = error instanceof Error && (error.name === "TimeoutError" || error.name.includes("Timeout"))
  const detail = timedOut ? `no answer within ${TIMEOUT_MS} ms` : "it could not be reached"
  return new NexusError({ code: "unavailable", what: url.host, detail }, { cause: error })
}
