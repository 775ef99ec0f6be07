import {
  type Change,
  equalJson,
  type Failure,
  type Graph,
  isArray,
  isJsonObject,
  type Json,
  NexusError,
  type Operation,
} from "@nexus/protocol"
import type { WorkspaceMirror } from "@nexus/reactor/client"
import { generator } from "./network/generator.ts"
import { NetworkWorld, PANEL, replayed, set } from "./network/world.ts"

/**
 * Two or ten clients over a network that drops, delays, repeats and reorders, some of them offline for minutes; a kernel
 * that is killed and comes back, and a journal that refuses or whose answers are lost. They edit, set off handlers, undo
 * and redo. When the network has healed, all of them show the journal replayed; what was acknowledged is in it under the
 * seq that was told, once; what was refused is not; and no promise stays open.
 */
const STEPS = 45
const MANY_EVERY = 5
const HEAL_MS = 130_000

const seen = { changes: 0, acknowledged: 0, refused: 0, unsure: 0, undone: 0 }

const SOURCE = `<NexusPanel title="Shared" version="1.0.0">
  <Data>
    <State name="a" type="number" default="0"/>
    <State name="items" type="list"/>
    <State name="push" type="list"/>
    <State name="deep" type="object" default="{}"/>
  </Data>
  <Logic><Handler name="push">$state.push.push($args)</Handler></Logic>
  <View><Metric label="A" value="{$state.a}"/></View>
</NexusPanel>`

interface Asked {
  /** The reason of the change it must become, or the id that the run puts in. */
  readonly mark: string
  /** What was typed in a row without a line becomes one change, of the first one's reason. */
  readonly kind: "edit" | "typed" | "run" | "undo"
  seq?: number
  failure?: Failure
}

interface Client {
  readonly user: string
  readonly mirror: WorkspaceMirror
  readonly asked: Asked[]
}

export const fuzz = {
  async round(seed: number): Promise<void> {
    const random = generator(seed)
    const world = new NetworkWorld(random)
    try {
      await world.begin(SOURCE)
      const clients = Array.from({ length: seed % MANY_EVERY === 0 ? 10 : 2 }, (_, index): Client => {
        const user = `u${index}`
        return { user, mirror: world.client(user, generator(seed * 100 + index)), asked: [] }
      })
      await world.pass(100)
      for (let step = 0; step < STEPS; step += 1) {
        const client = clients[random(clients.length)]
        if (client) act(world, client, random)
        for (const each of clients) if (random(3) === 0) edit(each, random)
        await world.pass(random(8) === 0 ? 60_000 + random(120_000) : random(250))
      }
      await heal(world, clients)
      await check(world, clients)
    } finally {
      world.close()
    }
  },

  /** What was seen besides. */
  async ended(): Promise<string> {
    const { changes, acknowledged, refused, unsure, undone } = seen
    return `${changes} changes; ${acknowledged} acknowledged, ${refused} refused, ${unsure} left unsure, ${undone} undone or redone`
  },
}

type Random = (below: number) => number

function act(world: NetworkWorld, client: Client, random: Random): void {
  const { user, mirror } = client
  const { network } = world
  const choices: readonly (readonly [weight: number, act: () => unknown])[] = [
    [3, () => run(client)],
    [2, () => stepBack(client, "undo")],
    [1, () => stepBack(client, "redo")],
    [2, () => network.weather(user, "bad")],
    [1, () => network.weather(user, "offline")],
    [2, () => network.weather(user, "calm")],
    [1, () => network.break(user)],
    [1, () => network.clog(user, random(2) === 0)],
    [1, () => world.trouble(random(2) === 0 ? "refuses" : "mute")],
    [2, () => world.trouble("none")],
    [1, () => (random(2) === 0 ? world.crash() : world.boot())],
    [1, () => mirror.setPresence({ cursor: { x: random(99), y: random(99) } })],
  ]
  let chosen = random(choices.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, choice] of choices) {
    chosen -= weight
    if (chosen < 0) {
      choice()
      return
    }
  }
}

function edit(client: Client, random: Random): void {
  const mark = `${client.user} edit ${client.asked.length}`
  const operations = randomOperations(random, client.mirror.graph)
  const [kind, options] = random(4) === 0 ? (["typed", { group: "typing" }] as const) : (["edit", {}] as const)
  track(client, { mark, kind }, client.mirror.submit(operations, mark, options))
}

function run(client: Client): void {
  const mark = `${client.user}-run-${client.asked.length}`
  const finished = client.mirror.trigger(PANEL, "push", { id: mark }).then(({ failure, seq }) => {
    if (failure) throw new NexusError(failure)
    return { seq }
  })
  track(client, { mark, kind: "run" }, finished)
}

function stepBack(client: Client, direction: "undo" | "redo"): void {
  const stepped = direction === "undo" ? client.mirror.undo() : client.mirror.redo()
  const done = stepped.then((did) => {
    if (!did) throw new NexusError({ code: "conflict", detail: "nothing to take back, or it was not to be had" })
    return { seq: 0 }
  })
  track(client, { mark: direction, kind: "undo" }, done)
}

function track(client: Client, asked: Asked, answer: Promise<{ readonly seq: number }>): void {
  client.asked.push(asked)
  answer.then(
    ({ seq }) => {
      asked.seq = seq
    },
    (error: unknown) => {
      if (!(error instanceof NexusError)) throw error
      asked.failure = error.failure
    },
  )
}

/** The kernel, its journal and the network are well again, for long enough that everybody has noticed. */
async function heal(world: NetworkWorld, clients: readonly Client[]): Promise<void> {
  world.boot()
  for (const { user } of clients) {
    world.network.weather(user, "calm")
    world.network.clog(user, false)
    world.network.break(user)
  }
  await world.pass(HEAL_MS)
}

async function check(world: NetworkWorld, clients: readonly Client[]): Promise<void> {
  const changes = await world.changes()
  const truth = replayed(changes)
  seen.changes += changes.length
  for (const { user, mirror, asked } of clients) {
    const open = asked.filter(({ seq, failure }) => seq === undefined && failure === undefined)
    if (open.length > 0) throw new Error(`${open.length} promises of ${user} stay open: ${open[0]?.mark}`)
    if (mirror.seq !== changes.length) throw new Error(`${user} stands at ${mirror.seq} of ${changes.length}`)
    same(`the graph of ${user}`, mirror.graph, truth)
    if (mirror.peers.length !== clients.length) throw new Error(`${user} sees ${mirror.peers.length} who are there`)
    for (const each of asked) {
      if (each.kind === "typed") checkTyped(user, each, changes)
      else if (each.kind !== "undo") checkAsked(each, changes)
    }
    checkUndone(user, asked, changes)
    count(asked)
  }
}

function count(asked: readonly Asked[]): void {
  for (const { kind, seq, failure } of asked) {
    if (failure) seen[failure.code === "unavailable" || failure.code === "lease-lost" ? "unsure" : "refused"] += 1
    else if (kind === "undo") seen.undone += seq === undefined ? 0 : 1
    else seen.acknowledged += 1
  }
}

/**
 * Acknowledged: once, where it was told. Refused: not at all, unless nobody could know. What a list shows is not asked: a
 * redo whose undo such a network swallows puts in again what is still there, and TCP does not let it come to that.
 */
function checkAsked({ mark, kind, seq, failure }: Asked, changes: readonly Change[]): void {
  const found = changes.filter((change) => (kind === "run" ? insertsRun(change, mark) : change.cause.reason === mark))
  const unsure = failure?.code === "unavailable" || failure?.code === "lease-lost"
  if (found.length > 1) throw new Error(`${mark} was done ${found.length} times`)
  if (failure && !unsure && found.length > 0) {
    throw new Error(`${mark} was refused (${failure.code}) and done in ${found[0]?.seq}`)
  }
  if (seq === undefined) return
  if (found[0]?.seq !== seq && (kind === "edit" || found.length === 0)) {
    throw new Error(`${mark} was acknowledged as ${seq} and stands in ${found[0]?.seq}`)
  }
}

function checkTyped(user: string, { mark, seq }: Asked, changes: readonly Change[]): void {
  if (changes.filter(({ cause }) => cause.reason === mark).length > 1) throw new Error(`${mark} was done twice`)
  if (seq === undefined) return
  const cause = changes[seq - 1]?.cause
  if (cause?.actor.id === user && cause.reason.startsWith(`${user} edit `)) return
  throw new Error(`${mark} was acknowledged as ${seq}, where "${cause?.reason}" stands`)
}

function insertsRun({ cause, operations }: Change, mark: string): boolean {
  if (cause.actor.kind !== "handler") return false
  return operations.some(
    (operation) =>
      operation.kind === "state_splice" && operation.insert.some((item) => isJsonObject(item) && item.id === mark),
  )
}

/** Each undo that was done is one change of that person's, and each that was not is none. */
function checkUndone(user: string, asked: readonly Asked[], changes: readonly Change[]): void {
  for (const direction of ["undo", "redo"]) {
    const found = changes.filter(({ cause }) => cause.actor.id === user && cause.reason === direction).length
    const steps = asked.filter(({ mark }) => mark === direction)
    const done = steps.filter(({ seq }) => seq !== undefined).length
    const unsure = steps.filter(
      ({ failure }) => failure?.code === "unavailable" || failure?.code === "lease-lost",
    ).length
    if (found < done || found > done + unsure) {
      throw new Error(`${user} was told of ${done} × ${direction} (${unsure} unsure), and ${found} were done`)
    }
  }
}

function same(what: string, given: Graph, wanted: Graph): void {
  const [a, b] = [given.toSnapshot(), wanted.toSnapshot()] as unknown as [Json, Json]
  if (equalJson(a, b)) return
  const [state, right] = [given, wanted].map((graph) => JSON.stringify(graph.panel(PANEL)?.properties.state))
  throw new Error(`${what} differs:\n${state}\n≠\n${right}`)
}

function randomOperations(random: Random, graph: Graph): Operation[] {
  const state = graph.panel(PANEL)?.properties.state ?? {}
  const items = isArray(state.items) ? state.items : []
  const chosen = items[random(Math.max(1, items.length))]
  const key = isJsonObject(chosen) && typeof chosen.id === "string" ? chosen.id : "gone"
  const splice = (more: Partial<Extract<Operation, { kind: "state_splice" }>>): Operation => ({
    kind: "state_splice",
    panel: PANEL,
    path: ["items"],
    index: random(4),
    remove: [],
    insert: [],
    ...more,
  })
  switch (random(9)) {
    case 0:
      return [set(["a"], random(99))]
    case 1:
      return [{ kind: "state_set", panel: PANEL, path: ["a"], value: random(99), expect: state.a ?? 0 }]
    case 2:
    case 3:
      return [splice({ insert: [{ id: `i${random(1_000_000)}`, n: 0 }] })]
    case 4:
      return [splice({ remove: [{ key }] })]
    case 5:
      return [set(["items", { key }, "n"], random(99))]
    case 6:
      return [set(["deep", `k${random(4)}`], random(99))]
    case 7:
      return [{ kind: "state_unset", panel: PANEL, path: ["deep", `k${random(4)}`] }]
    default:
      return [{ kind: "panel_frame", panel: PANEL, frame: { x: random(99), y: random(99), w: 300, h: 200 } }]
  }
}
