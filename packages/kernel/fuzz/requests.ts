import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  decodeServerMessage,
  type Endpoint,
  encodeMessage,
  endpoints,
  isJsonObject,
  type Json,
  type JsonObject,
  openApiDocument,
  PROTOCOL_VERSION,
} from "@nexus/protocol"
import { WebSocket } from "ws"
import { createPlace, kernelForPlaces, type Place } from "../test/gateway/matrix/place.ts"
import type { RunningKernel } from "../test/running-kernel.ts"
import { frame } from "./hostile/frames.ts"
import { sendLine } from "./hostile/lines.ts"
import { type Below, fromSchema, hostile, pick, randomFrom, spoilt } from "./hostile/values.ts"

/**
 * Bad requests against a whole kernel, made from its own OpenAPI document and its own messages: good ones, nearly good
 * ones, hostile values, broken bodies, odd paths, headers that two readers read differently, frames that are no frames.
 * Whatever comes, the answer is a described status with a problem in it, never a failure of ours, and the kernel goes on.
 */
const STATUSES = new Set([
  ...[200, 201, 204, 206, 301, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 417, 422, 426, 429, 431],
])
/** Whoever is not answered in this time is not answered. */
const PATIENCE_MS = 20_000
/** Git starts processes, and a log of them all says nothing new: each is asked seldom. */
const SELDOM = 40
/** After so many rounds everybody and everything is new: tokens end, and a place that only grows says nothing new. */
const ROUNDS_A_PLACE = 5000

interface Target {
  readonly endpoint: Endpoint
  readonly operation: JsonObject
}

interface World {
  readonly kernel: RunningKernel
  readonly studioDir: string
  readonly targets: readonly Target[]
  readonly components: JsonObject
  readonly turns: ReturnType<typeof watchTurns>
  readonly statuses: Map<number, number>
  readonly memory: number[]
  place: Awaited<ReturnType<typeof newPlace>>
  rounds: number
}

let started: Promise<World> | undefined

async function start(): Promise<World> {
  const studioDir = await mkdtemp(join(tmpdir(), "nexus-studio-"))
  await mkdir(join(studioDir, "assets"))
  await writeFile(join(studioDir, "index.html"), "<!doctype html><title>Studio</title>")
  const kernel = await kernelForPlaces({ studioDir })
  const document = openApiDocument({ version: "0", url: kernel.kernel.url })
  const paths = isJsonObject(document.paths) ? document.paths : {}
  const targets = Object.values<Endpoint>(endpoints).map((endpoint) => {
    const path = paths[`/api/v1${endpoint.path}`]
    const operation = isJsonObject(path) ? path[endpoint.method] : undefined
    if (!isJsonObject(operation)) throw new Error(`${endpoint.name} is not in the document`)
    return { endpoint, operation }
  })
  const components = isJsonObject(document.components) ? document.components.schemas : undefined
  return {
    ...{ kernel, studioDir, targets, turns: watchTurns(seeds) },
    components: isJsonObject(components) ? components : {},
    statuses: new Map(),
    memory: [],
    place: await newPlace(kernel),
    rounds: 0,
  }
}

async function newPlace(kernel: RunningKernel) {
  const name = () => `P${crypto.randomUUID().replaceAll("-", "")}`
  const [editor, nobody, guest, speaker] = [
    await kernel.person(name()),
    await kernel.person(name()),
    await kernel.person(name()),
    await kernel.person(name()),
  ]
  const owner = await kernel.kernel.token()
  const place: Place = await createPlace(kernel, owner, guest.id, { [editor.id]: "editor", [speaker.id]: "editor" })
  const patch = await place.newPatch()
  const ids = [place.workspace, place.panel, place.workspace, place.panel, patch, guest.id, "home", "add", "count", "x"]
  // Some request among many is a good one and signs its person out everywhere; who speaks by socket asks nothing by HTTP.
  const socket = open(kernel.kernel.url, speaker.token)
  const tokens = [editor.token, editor.token, editor.token, nobody.token, "forged", ""]
  return { tokens, ids, socket, speaker: speaker.token }
}

/**
 * The longest time that the event loop computed without a break, counted in this thread's own computing time: a machine
 * that is busy with something else does not make it longer. Two turns that follow each other within the tick count as one.
 */
function watchTurns(about: Iterable<string>) {
  const TICK_MS = 5
  const busyMs = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let last = busyMs()
  let worst = 0
  let during: readonly string[] = []
  const timer = setInterval(() => {
    const now = busyMs()
    if (now - last > worst) {
      worst = now - last
      during = [...about]
    }
    last = now
  }, TICK_MS)
  return { worst: () => `${Math.round(worst)} ms, during ${during.join(" ")}`, stop: () => clearInterval(timer) }
}

/** Rounds under way: answers are slower than questions, and a kernel is asked by many at once. */
const AT_ONCE = 16
const underWay = new Set<Promise<void>>()
const failed: Error[] = []
const seeds = new Set<string>()

export const fuzz = {
  /** Begins the round, and waits until there is room for the next. A failure of an earlier one is told by its seed. */
  async round(seed: number): Promise<void> {
    started ??= start()
    const world = await started
    seeds.add(String(seed))
    const work: Promise<void> = ask(world, seed)
      .catch((error: unknown) => {
        failed.push(new Error(`round ${seed}: ${error instanceof Error ? error.message : String(error)}`))
      })
      .finally(() => {
        underWay.delete(work)
        seeds.delete(String(seed))
      })
    underWay.add(work)
    if (underWay.size >= AT_ONCE) await Promise.race(underWay)
    const failure = failed.shift()
    if (failure) throw failure
  },

  async ended(): Promise<string> {
    const world = await started
    if (!world) return "nothing was asked"
    await Promise.all(underWay)
    if (failed.length > 0) throw new Error(failed.map(({ message }) => message).join("\n"))
    ;(await world.place.socket).terminate()
    world.turns.stop()
    const { status } = await fetch(`${world.kernel.kernel.url}/healthz`)
    await world.kernel.close()
    await rm(world.studioDir, { recursive: true })
    started = undefined
    const told = [...world.statuses].sort(([a], [b]) => a - b).map(([code, times]) => `${code}: ${times}`)
    return [
      `answers ${told.join(", ")}; healthy at the end: ${status}`,
      `the longest turn of the event loop, kernel and clients together: ${world.turns.worst()}`,
      `memory every ${ROUNDS_A_PLACE} rounds, MB: ${world.memory.join(" ")}`,
    ].join("\n")
  },
}

async function ask(world: World, seed: number): Promise<void> {
  world.rounds += 1
  if (world.rounds % ROUNDS_A_PLACE === 0) {
    ;(await world.place.socket).terminate()
    world.place = await newPlace(world.kernel)
    world.memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20))
  }
  const below = randomFrom(seed)
  const kind = below(20)
  if (kind < 12) await askEndpoint(world, below)
  else if (kind < 15) await askByLine(world, below)
  else await askBySocket(world, below)
}

async function askEndpoint(world: World, below: Below): Promise<void> {
  const { targets, components, kernel, place, statuses } = world
  const { endpoint, operation } = pick(below, targets)
  const isSeldom = endpoint.tag === "versions" || endpoint.name === "register" || endpoint.name === "createWorkspace"
  if (isSeldom && below(SELDOM) > 0) return
  const given = { below, components, ids: place.ids }
  const value = (schema: Json | undefined) => (isJsonObject(schema) ? fromSchema(schema, given) : null)
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.filter(isJsonObject) : []
  const text = (parameter: JsonObject) => {
    const made = below(6) === 0 ? hostile(below) : value(parameter.schema)
    return typeof made === "string" ? made.replaceAll(/[\ud800-\udfff]/g, "?") : JSON.stringify(made).slice(0, 3000)
  }
  const named = (where: string) =>
    parameters.filter((one) => one.in === where).map((one) => [String(one.name), text(one)] as const)
  const params = new Map(named("path"))
  // Half a character cannot stand in an address.
  const written = (name: string) => encodeURIComponent((params.get(name) ?? "x").toWellFormed())
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => written(name))
  const query = new URLSearchParams(below(8) === 0 ? [] : [...named("query")].map(([name, one]) => [name, one]))
  // What ends a person's sessions is asked by somebody whom nothing else hangs on.
  const ends = endpoint.session === true && endpoint.method !== "get"
  const token = pick(below, ends ? place.tokens.slice(-3) : place.tokens)
  const hasBody = endpoint.method !== "get" && below(12) > 0
  const headers: Record<string, string> = {
    ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    ...(hasBody ? { "content-type": contentType(below, endpoint) } : {}),
    ...(below(10) === 0 ? { "idempotency-key": pick(below, ["k", "k2", "a b", "x".repeat(300)]) } : {}),
    ...(below(20) === 0 ? { accept: pick(below, ["text/xml", "*/*;q=0", "application/json"]) } : {}),
  }
  const method = below(30) === 0 ? pick(below, ["PATCH", "PUT", "OPTIONS", "DELETE"]) : endpoint.method.toUpperCase()
  const sends = hasBody && method !== "GET"
  const answer = await fetch(`${kernel.kernel.url}/api/v1${path}?${query}`, {
    method,
    headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(sends ? { body: bodyOf(below, value(schemaOfBody(operation))) } : {}),
  }).catch((error: unknown) => {
    throw new Error(`${method} ${endpoint.path} as ${token.slice(0, 8)} was not answered: ${String(error)}`)
  })
  const heard = await answer.text()
  const about = () =>
    `${method} ${endpoint.path} as ${token.slice(0, 8)} was answered ${answer.status}: ${heard.slice(0, 400)}`
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  check(answer.status, answer.headers.get("content-type") ?? "", heard, about)
}

function schemaOfBody({ requestBody }: JsonObject): Json | undefined {
  const content = isJsonObject(requestBody) ? requestBody.content : undefined
  const json = isJsonObject(content) ? content["application/json"] : undefined
  return isJsonObject(json) ? json.schema : undefined
}

function contentType(below: Below, { takes }: Endpoint): string {
  return below(15) === 0
    ? pick(below, ["text/xml", "application/json; charset=utf-7", "multipart/form-data", "application/json;;;"])
    : (takes ?? "application/json")
}

function bodyOf(below: Below, good: Json): string {
  let value = good
  for (let times = below(3); times > 0; times -= 1) value = spoilt(below, value)
  const text = JSON.stringify(value)
  const how = below(25)
  if (how === 0) return text.slice(0, below(text.length + 1))
  if (how === 1) return `${text}${text}`
  if (how === 2) return `[${"[".repeat(5000)}`
  if (how === 3) return `{"__proto__":{"admin":true},"constructor":{"prototype":{}},${text.slice(1)}`
  return text
}

async function askByLine({ kernel, statuses }: World, below: Below): Promise<void> {
  const { sent, heard } = await sendLine(kernel.kernel.url, below)
  const answers = [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
  const about = () => `${JSON.stringify(sent.slice(0, 300))} was answered ${JSON.stringify(heard.slice(0, 400))}`
  const final = answers.filter((status) => status !== 100)
  // Behind a request without a body, another one is no smuggling; what is no request is refused, and the line ends.
  const isFramed = /^(?:content-length|transfer-encoding) ?:/im.test(sent)
  if (isFramed && (final.slice(1).some((status) => status !== 400) || heard.includes("/smuggled")))
    throw new Error(`one request was read as two: ${about()}`)
  // What does not end is not answered before its time is over.
  const [status] = final
  if (status === undefined) return
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  const [head = "", ...body] = heard.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "").split("\r\n\r\n")
  const type = /^content-type: *(.*)$/im.exec(head)?.[1] ?? ""
  if (/x-injected/i.test(head)) throw new Error(`a header was let in: ${about()}`)
  const isUpgrade = /^upgrade: websocket/im.test(sent)
  if (sent.startsWith("HEAD") || isUpgrade || status === 417 || status < 400) return
  check(status, type, body.join("\r\n\r\n").replace(/^[0-9a-f]+\r\n/i, ""), about)
}

function check(status: number, type: string, heard: string, about: () => string): void {
  if (!STATUSES.has(status)) throw new Error(about())
  if (status < 400) return
  if (!type.startsWith("application/problem+json")) throw new Error(`no problem: ${about()}`)
  if (!/"code":"[a-z-]+"/.test(heard) || !/"requestId":"[0-9a-f]{32}"/.test(heard)) throw new Error(about())
  if (/node_modules|\.ts:\d+|\bat \w+ \(/.test(heard)) throw new Error(`a stack got out: ${about()}`)
}

/** A socket of this person that is open, which the last one may not be: whoever finds it closed opens the next for all. */
async function lineOf({ place, kernel }: World): Promise<WebSocket> {
  const last = place.socket
  const socket = await last
  if (socket.readyState === WebSocket.OPEN) return socket
  if (place.socket === last) place.socket = open(kernel.kernel.url, place.speaker)
  return place.socket
}

async function open(url: string, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/panels/stream`)
  socket.on("error", () => undefined)
  await new Promise((resolve, reject) => socket.once("open", resolve).once("close", reject))
  socket.send(encodeMessage({ kind: "hello", token, protocol: PROTOCOL_VERSION }))
  const heard = await new Promise<Buffer>((resolve) => socket.once("message", resolve))
  if (decodeServerMessage(heard).kind !== "welcome") throw new Error("a person who did nothing was let in no more")
  return socket
}

/** One frame, and a ping behind it: the pong says that the session lives, or the close says why not. */
async function askBySocket(world: World, below: Below): Promise<void> {
  const bytes = frame(below, world.place.ids)
  const socket = await lineOf(world)
  socket.setMaxListeners(2 * AT_ONCE)
  const at = below(2 ** 30)
  const heard: string[] = []
  const answered = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      failed.push(new Error(`no pong came behind the frame ${Buffer.from(bytes).toString("hex").slice(0, 600)}`))
      done()
    }, PATIENCE_MS)
    const done = (error?: Error): void => {
      clearTimeout(timer)
      socket.off("message", onMessage)
      socket.off("close", onClose)
      if (error) reject(error)
      else resolve()
    }
    const onClose = (): void => done(new Error("the socket was closed"))
    const onMessage = (data: Buffer): void => {
      const message = decodeServerMessage(data)
      if ("failure" in message && message.failure?.code === "unavailable") heard.push(JSON.stringify(message))
      if (message.kind === "pong" && message.at === at) done()
    }
    socket.on("message", onMessage)
    socket.once("close", onClose)
  })
  socket.send(bytes)
  socket.send(encodeMessage({ kind: "ping", at }))
  // Let go for good cause (a frame that is too large); a kernel that still opens another is a kernel that lives.
  await answered.catch(() => lineOf(world))
  const [ours] = heard.filter((one) => one.includes("it failed to answer this"))
  if (ours) throw new Error(`frame ${Buffer.from(bytes).toString("hex").slice(0, 600)} was answered ${ours}`)
}
