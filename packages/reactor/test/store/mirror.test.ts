import type { Change, Graph, JsonObject, Operation } from "@nexus/protocol"
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
