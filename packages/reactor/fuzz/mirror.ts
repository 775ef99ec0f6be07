import { apply, equalJson, Graph, type Json, type JsonObject, NexusError, type Operation } from "@nexus/protocol"
import {
  type Conflict,
  type Connection,
  createConnection,
  MemoryOutboxes,
  type WorkspaceMirror,
} from "../src/client/index.ts"
import { generator, HandClock, panelWith, TestServer, WORKSPACE } from "../test/world/server.ts"
import type { Fuzz } from "./fuzz.ts"

/**
 * Two real clients over one kernel-like server, at random: edits, runs of handlers, undo and redo; lines that break, minutes
 * offline, pages that are closed and opened again, messages that come late, twice or not at all, a kernel that refuses
 * some, snapshots and catching up. Whenever a client waits for nothing, its graph is the journal replayed to its seq; when
 * all is quiet, it is the kernel's graph, every promise has been kept or broken, no submission is in the journal twice,
 * and each one that was taken on the screen is in the journal, among the conflicts, taken back, or was refused to its face.
 */
type Random = (below: number) => number

const STEPS = 80
const USERS = ["u", "v"]

interface Client {
  readonly user: string
  readonly clock: HandClock
  readonly outboxes: MemoryOutboxes
  readonly random: Random
  connection: Connection
  mirror: WorkspaceMirror
  waiting: number
  /** Ids of items that were added on its screen and not refused to its face. */
  readonly added: Set<string>
  readonly discarded: Conflict[]
  /** The last change that it was told it made. */
  made: number
  /** Undo does not say where it landed, so the graph is compared at the end only. */
  undone: boolean
}

/** One world from one seed. */
export const fuzz: Fuzz = {
  async round(seed) {
    const random = generator(seed)
    const server = new TestServer([panelWith({ a: 0, b: 0, items: [item("x"), item("y")], tags: ["t"], deep: {} })])
    server.refuses = () =>
      random(8) === 0
        ? { code: "operation-conflict", operation: "state_set", target: "a", detail: "refused at random" }
        : undefined
    server.handlers.set("bump", () => [{ kind: "state_set", panel: "p", path: ["a"], value: server.seq }])
    server.handlers.set("fail", () => ({ code: "handler-failed", handler: "fail", message: "no" }))
    const clients = USERS.map((user, index) => clientOf(server, user, seed * 10 + index))
    await server.settle()
    const undoes = seed % 2 === 0
    for (let step = 0; step < STEPS; step += 1) {
      const client = clients[random(clients.length)]
      if (client) act(random, server, client, undoes)
      await Promise.resolve()
      for (const each of clients) compareWhileQuiet(server, each)
    }
    await bringBack(server, clients)
    for (const { user, mirror, waiting } of clients) {
      if (waiting > 0) throw new Error(`${waiting} promises of ${user} were never settled`)
      if (mirror.seq !== server.seq) throw new Error(`${user} stands at ${mirror.seq} instead of ${server.seq}`)
      same(`the graph of ${user}`, mirror.graph, server.graph)
    }
    same("the journal replayed", replayed(server, server.seq), server.graph)
    const submissions = server.journal.map(({ submission }) => submission)
    if (new Set(submissions).size < submissions.length) throw new Error("something is in the journal twice")
    if (!undoes) for (const client of clients) nothingDropped(server, client)
  },
}

function clientOf(server: TestServer, user: string, seed: number): Client {
  const random = generator(seed)
  const clock = new HandClock()
  const outboxes = new MemoryOutboxes()
  const client = {
    user,
    clock,
    outboxes,
    random,
    waiting: 0,
    added: new Set<string>(),
    discarded: [],
    made: 0,
    undone: false,
  }
  return { ...client, ...openPage(server, client) }
}

function openPage(server: TestServer, { user, clock, outboxes, random }: Omit<Client, "connection" | "mirror">) {
  const connection = createConnection({
    url: "ws://fuzz",
    token: async () => user,
    random: () => random(1000) / 1000,
    clock,
    openSocket: server.openSocket,
    outbox: () => outboxes.page(),
    user,
  })
  return { connection, mirror: connection.open(WORKSPACE) }
}

function act(random: Random, server: TestServer, client: Client, undoes: boolean): void {
  const { user, clock, mirror } = client
  switch (random(18)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const group = random(4) === 0 ? { group: "g" } : {}
      edit(client, randomOperations(random, mirror.graph), group)
      return
    }
    case 11:
      server.breakLine(user)
      client.connection.close()
      Object.assign(client, openPage(server, client))
      return
    case 12: {
      const [conflict] = mirror.conflicts
      if (conflict && random(2) === 0) {
        client.discarded.push(conflict)
        mirror.discard(conflict.ref)
      } else if (conflict) track(client, mirror.overwrite(conflict.ref))
      return
    }
    case 4:
      track(client, mirror.trigger("p", random(3) === 0 ? "fail" : "bump", {}))
      return
    case 5:
      if (!undoes) return
      client.undone = true
      track(client, random(3) === 0 ? mirror.redo() : mirror.undo())
      return
    case 6:
      server.breakLine(user)
      return
    case 7:
      clock.advance(random(2) === 0 ? 300 : 180_000)
      return
    case 8:
      server.catchesUp = !server.catchesUp
      return
    case 9:
      server.repeat(user, random(2) === 0 ? "toClient" : "toServer")
      return
    case 10:
      server.lose(user)
      return
    default: {
      const line = server.lines[random(server.lines.length)]
      if (line) server.step(line, random(2) === 0 ? "toClient" : "toServer")
    }
  }
}

/** Adds to a list an item that can be looked for afterwards, beside what is done anyhow. */
function edit(client: Client, operations: Operation[], options: { group?: string }): void {
  const { mirror, added, random } = client
  const id = `own${random(1e9)}`
  const own: Operation = { kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [], insert: [item(id)] }
  const asked = mirror.submit([...operations, own], "edit", options)
  added.add(id)
  asked.catch((error: unknown) => {
    const closed = error instanceof NexusError && error.failure.code === "unavailable"
    if (!closed) added.delete(id)
  })
  track(client, asked)
}

/** Everything that a page took is in the journal, waits for a decision, or was discarded by the person. */
function nothingDropped(server: TestServer, { user, mirror, added, discarded }: Client): void {
  const kept = JSON.stringify([server.journal, mirror.conflicts, discarded])
  for (const id of added) if (!kept.includes(id)) throw new Error(`${id} of ${user} was dropped without a word`)
}

function track(client: Client, promise: Promise<unknown>): void {
  client.waiting += 1
  const settled = (answer?: unknown) => {
    client.waiting -= 1
    const seq = typeof answer === "object" && answer !== null && "seq" in answer ? answer.seq : 0
    client.made = Math.max(client.made, Number(seq))
  }
  promise.then(settled, () => settled())
}

function compareWhileQuiet(server: TestServer, { user, mirror, waiting, made, undone }: Client): void {
  if (waiting > 0 || mirror.queued > 0 || undone || mirror.seq < made || mirror.seq === 0) return
  same(`the graph of ${user} at ${mirror.seq}`, mirror.graph, replayed(server, mirror.seq))
}

/** Everybody comes back, and what still waits is answered. */
async function bringBack(server: TestServer, clients: readonly Client[]): Promise<void> {
  for (const { user } of clients) server.breakLine(user)
  for (let round = 0; round < 6; round += 1) {
    for (const { clock } of clients) clock.advance(16_000)
    await new Promise((resolve) => setImmediate(resolve))
    await server.settle()
  }
}

function replayed(server: TestServer, seq: number): Graph {
  const graph = new Graph()
  for (const change of server.journal.slice(0, seq)) {
    const applied = apply(graph, change.operations)
    if (!applied.ok) throw new Error(`change ${change.seq} does not replay: ${JSON.stringify(applied.failure)}`)
  }
  return graph
}

function same(what: string, given: Graph, wanted: Graph): void {
  const [a, b] = [given.toSnapshot(), wanted.toSnapshot()] as unknown as [Json, Json]
  if (!equalJson(a, b)) throw new Error(`${what} differs:\n${JSON.stringify(a)}\n≠\n${JSON.stringify(b)}`)
}

function item(id: string): { id: string; n: number } {
  return { id, n: 0 }
}

function randomOperations(random: Random, graph: Graph): Operation[] {
  const state: JsonObject = graph.panel("p")?.properties.state ?? {}
  const items = (state.items ?? []) as readonly { id: string; n: number }[]
  const chosen = items[random(Math.max(1, items.length))] ?? item("gone")
  const set = (path: Extract<Operation, { kind: "state_set" }>["path"], value: Json): Operation => ({
    kind: "state_set",
    panel: "p",
    path,
    value,
  })
  const splice = (index: number, more: Partial<Extract<Operation, { kind: "state_splice" }>>): Operation => ({
    kind: "state_splice",
    panel: "p",
    path: ["items"],
    index,
    remove: [],
    insert: [],
    ...more,
  })
  switch (random(9)) {
    case 0:
      return [set(["a"], random(9)), set(["b"], random(9))]
    case 1:
      return [{ kind: "state_set", panel: "p", path: ["a"], value: random(9), expect: state.a ?? 0 }]
    case 2:
      return [splice(random(3), { insert: [item(`i${random(1e6)}`)] })]
    case 3:
      return [splice(0, { remove: [{ key: chosen.id }] })]
    case 4:
      return [set(["items", { key: chosen.id }, "n"], random(9))]
    case 5:
      return [splice(0, { remove: [{ key: chosen.id }] }), splice(9, { insert: [chosen] })]
    case 6:
      return [set(["deep", `k${random(3)}`], { n: random(9) })]
    case 7:
      return [{ kind: "state_unset", panel: "p", path: ["deep", `k${random(3)}`] }]
    default:
      return [{ kind: "panel_frame", panel: "p", frame: { x: random(99), y: 0, w: 100, h: 100 } }]
  }
}
