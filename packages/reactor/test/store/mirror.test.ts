import { apply, type Change, Graph, type JsonObject, type Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createConnection } from "../../src/client/index.ts"
import { Mirror } from "../../src/store/mirror.ts"
import { generator, HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"

const set = (name: string, value: number): Operation => ({ kind: "state_set", panel: "p", path: [name], value })
const stateOf = (graph: Graph): JsonObject => graph.panel("p")?.properties.state ?? {}

function changeOf(seq: number, operations: Operation[], submission = `s${seq}`): Change {
  const cause = { actor: { kind: "person" as const, id: "b", name: "B" }, reason: "test" }
  return { workspace: WORKSPACE, seq, submission, cause, operations, at: 0 }
}

function mirrorWith(state: JsonObject): Mirror {
  const mirror = new Mirror()
  mirror.receive(changeOf(1, [panelWith(state)]))
  return mirror
}

describe("Mirror", () => {
  it("shows a pending submission at once, and the confirmed change under it", () => {
    const mirror = mirrorWith({ a: 0, b: 0 })
    expect(mirror.submit("mine", [set("a", 1)]).ok).toBe(true)
    mirror.receive(changeOf(2, [set("b", 2)]))
    expect(stateOf(mirror.graph)).toEqual({ a: 1, b: 2 })
    expect(mirror.pending).toHaveLength(1)
    mirror.receive(changeOf(3, [set("a", 1)], "mine"))
    expect(mirror.pending).toHaveLength(0)
    expect(stateOf(mirror.graph)).toEqual({ a: 1, b: 2 })
  })

  it("keeps a pending write on top of a confirmed one to the same place", () => {
    const mirror = mirrorWith({ a: 0 })
    mirror.submit("mine", [set("a", 1)])
    mirror.receive(changeOf(2, [set("a", 7)]))
    expect(stateOf(mirror.graph)).toEqual({ a: 1 })
    mirror.withdraw("mine")
    expect(stateOf(mirror.graph)).toEqual({ a: 7 })
  })

  it("drops and reports a pending submission that no longer applies", () => {
    const mirror = mirrorWith({ a: 0 })
    mirror.submit("mine", [{ kind: "state_set", panel: "p", path: ["a"], value: 1, expect: 0 }])
    const received = mirror.receive(changeOf(2, [set("a", 7)]))
    expect(received).toMatchObject({
      kind: "applied",
      dropped: [{ ref: "mine", failure: { code: "operation-conflict" } }],
    })
    expect(stateOf(mirror.graph)).toEqual({ a: 7 })
  })

  it("takes nothing of a change behind a gap, and nothing twice", () => {
    const mirror = mirrorWith({ a: 0 })
    expect(mirror.receive(changeOf(3, [set("a", 9)])).kind).toBe("gap")
    expect(mirror.receive(changeOf(1, [set("a", 9)])).kind).toBe("known")
    expect(stateOf(mirror.graph)).toEqual({ a: 0 })
    expect(mirror.seq).toBe(1)
  })
})

describe("`seq` has no gaps; a client that sees a gap asks, never guesses", () => {
  it("asks for the changes since its own seq when one is missing, and ends with the kernel's graph", async () => {
    const { server, open } = world()
    const mirror = open("a")
    await server.settle()
    server.commit([set("a", 1)], "lost", "b")
    server.lines[0]?.toClient.splice(0)
    server.commit([set("b", 2)], "seen", "b")
    await server.settle()
    const asked = server.received.filter(({ kind }) => kind === "subscribe")
    expect(asked).toEqual([
      { kind: "subscribe", workspace: WORKSPACE },
      { kind: "subscribe", workspace: WORKSPACE, since: 1 },
    ])
    expect(mirror.graph.toSnapshot()).toEqual(server.graph.toSnapshot())
    expect(mirror.seq).toBe(3)
  })

  it("asks for a snapshot when a change does not fit its graph", async () => {
    const { server, open } = world()
    const mirror = open("a")
    await server.settle()
    const odd = changeOf(2, [{ kind: "entity_remove", id: "nobody" }])
    server.lines[0]?.toClient.push({ kind: "change", change: odd })
    await server.settle()
    expect(server.received.at(-1)).toEqual({ kind: "subscribe", workspace: WORKSPACE })
    expect(mirror.graph.toSnapshot()).toEqual(server.graph.toSnapshot())
  })

  it("mirrors of two clients equal the kernel's graph after any interleaving of edits, losses and reconnects", async () => {
    for (let seed = 1; seed <= 120; seed += 1) {
      try {
        await interleave(seed)
      } catch (cause) {
        throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause })
      }
    }
  })
})

function world(state: JsonObject = { a: 0, b: 0 }) {
  const server = new TestServer([panelWith(state)])
  const clock = new HandClock()
  const open = (user: string, seed = 1) => {
    const random = generator(seed)
    const connection = createConnection({
      url: "ws://test",
      token: async () => user,
      random: () => random(1000) / 1000,
      clock,
      openSocket: server.openSocket,
    })
    return connection.open(WORKSPACE)
  }
  return { server, clock, open }
}

async function interleave(seed: number): Promise<void> {
  const random = generator(seed)
  const { server, clock, open } = world({
    a: 0,
    b: 0,
    items: [
      { id: "x", n: 0 },
      { id: "y", n: 0 },
    ],
    tags: ["t"],
  })
  const users = ["u", "v"]
  const mirrors = users.map((user, index) => open(user, seed * 10 + index))
  await server.settle()
  let settledCount = 0
  let submitted = 0
  for (let step = 0; step < 60; step += 1) {
    const who = random(2)
    const mirror = mirrors[who]
    const kind = random(12)
    if (kind < 5 && mirror) {
      submitted += 1
      const done = () => {
        settledCount += 1
      }
      mirror.submit(randomOperations(random, mirror.graph), "edit").then(done, done)
    } else if (kind === 5) server.breakLine(users[who] ?? "")
    else if (kind === 6) clock.advance(1000)
    else if (kind === 7) server.catchesUp = !server.catchesUp
    else if (kind === 8) void mirror?.undo().catch(() => {})
    else {
      const line = server.lines[random(server.lines.length)]
      if (line) server.step(line, random(2) === 0 ? "toClient" : "toServer")
    }
    await Promise.resolve()
  }
  for (let round = 0; round < 6; round += 1) {
    clock.advance(20_000)
    await server.settle()
  }
  const expected = server.graph.toSnapshot()
  const replayed = new Graph()
  for (const change of server.journal) {
    expect(apply(replayed, change.operations).ok).toBe(true)
  }
  expect(replayed.toSnapshot()).toEqual(expected)
  for (const mirror of mirrors) {
    expect(mirror.seq).toBe(server.seq)
    expect(mirror.graph.toSnapshot()).toEqual(expected)
  }
  expect(settledCount).toBe(submitted)
}

function randomOperations(random: (below: number) => number, graph: Graph): Operation[] {
  const state = stateOf(graph)
  const items = (state.items ?? []) as { id: string; n: number }[]
  const chosen = items[random(Math.max(1, items.length))]
  const fresh = { id: `i${random(1e6)}`, n: 0 }
  switch (random(6)) {
    case 0:
      return [set("a", random(9)), set("b", random(9))]
    case 1:
      return [{ kind: "state_set", panel: "p", path: ["a"], value: random(9), expect: state.a ?? 0 }]
    case 2:
      return [{ kind: "state_splice", panel: "p", path: ["items"], index: random(3), remove: [], insert: [fresh] }]
    case 3:
      if (!chosen) return [set("a", 1)]
      return [{ kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [{ key: chosen.id }], insert: [] }]
    case 4:
      if (!chosen) return [set("b", 1)]
      return [{ kind: "state_set", panel: "p", path: ["items", { key: chosen.id }, "n"], value: random(9) }]
    default:
      return [{ kind: "panel_frame", panel: "p", frame: { x: random(99), y: 0, w: 100, h: 100 } }]
  }
}
