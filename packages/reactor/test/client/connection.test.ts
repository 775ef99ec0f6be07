import { type Operation, PROTOCOL_VERSION } from "@nexus/protocol"
import { describe, expect, it, vi } from "vitest"
import { type ConnectionStatus, createConnection } from "../../src/client/index.ts"
import { backoffMs } from "../../src/client/reconnect.ts"
import { generator, HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"

const set = (value: number): Operation => ({ kind: "state_set", panel: "p", path: ["n"], value })

function world(token: () => Promise<string> = async () => "ann") {
  const server = new TestServer([panelWith({ n: 0, items: [] })])
  const clock = new HandClock()
  const urls: string[] = []
  const random = generator(1)
  const connection = createConnection({
    url: "ws://kernel/panels/stream",
    token,
    clock,
    random: () => (random(1000) + 0.5) / 1000,
    openSocket: (url, events) => {
      urls.push(url)
      return server.openSocket(url, events)
    },
  })
  const statuses: ConnectionStatus[] = []
  connection.onStatus((status) => statuses.push(status))
  const stateOf = () => server.graph.panel("p")?.properties.state
  return { server, clock, urls, connection, statuses, stateOf, mirror: connection.open(WORKSPACE) }
}

describe("createConnection", () => {
  it("says hello first, with the token in the message and never in the address", async () => {
    const { server, urls, mirror, connection } = world()
    await server.settle()
    await mirror.ready
    expect(server.received[0]).toEqual({ kind: "hello", token: "ann", protocol: PROTOCOL_VERSION })
    expect(urls).toEqual(["ws://kernel/panels/stream"])
    expect(connection.status).toBe("online")
    expect(connection.viewer).toEqual({ session: "s1", user: "ann", name: "ann" })
    expect(mirror.graph.panel("p")?.name).toBe("p")
  })

  it("asks for a fresh token at every attempt, and waits longer each time", async () => {
    let asked = 0
    const { clock, server, statuses, connection } = world(async () => {
      asked += 1
      if (asked < 4) throw new Error("no network")
      return "ann"
    })
    const waits: number[] = []
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await server.settle()
      waits.push(...clock.waiting)
      expect(connection.failure).toMatchObject({ code: "unavailable", detail: "no network" })
      clock.advance(20_000)
    }
    await server.settle()
    expect(waits).toHaveLength(3)
    for (const [attempt, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(125 * 2 ** attempt)
      expect(wait).toBeLessThanOrEqual(250 * 2 ** attempt)
    }
    expect(asked).toBe(4)
    expect(statuses.at(-1)).toBe("online")
    expect(connection.failure).toBeUndefined()
  })

  it("tries at once when it is told to, and no second time while that try is on its way", async () => {
    const { server, clock, urls, connection } = world()
    await server.settle()
    server.breakLine("ann")
    expect(clock.waiting).not.toEqual([])
    connection.retry()
    connection.retry()
    await server.settle()
    expect(urls).toHaveLength(2)
    expect(connection.status).toBe("online")
  })

  it("comes back by itself and asks for the changes since, keeping what was done offline", async () => {
    const { server, clock, mirror, statuses, stateOf } = world()
    await server.settle()
    server.breakLine("ann")
    expect(statuses.at(-1)).toBe("offline")
    server.commit([set(5)], "other", "bob")
    const offline = mirror.submit([{ ...set(6), expect: 0 } as Operation], "edit")
    const kept = mirror.submit(
      [{ kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [], insert: [1] }],
      "edit",
    )
    expect(mirror.graph.panel("p")?.properties.state).toEqual({ n: 6, items: [1] })
    clock.advance(1000)
    await server.settle()
    expect(server.received.filter(({ kind }) => kind === "subscribe").at(-1)).toMatchObject({ since: 1 })
    await expect(offline).rejects.toMatchObject({ failure: { code: "operation-conflict" } })
    await expect(kept).resolves.toEqual({ seq: 3 })
    expect(stateOf()).toEqual({ n: 5, items: [1] })
    expect(mirror.graph.panel("p")?.properties.state).toEqual({ n: 5, items: [1] })
  })

  it("says that the runs may be others when the kernel does, and when that may have been missed", async () => {
    const { server, clock, mirror } = world()
    await server.settle()
    let told = 0
    const stop = mirror.onRuns(() => {
      told += 1
    })
    server.say({ kind: "runs_changed", workspace: WORKSPACE })
    await server.settle()
    expect(told).toBe(1)
    server.breakLine("ann")
    clock.advance(1000)
    await server.settle()
    expect(told).toBe(2)
    stop()
    server.say({ kind: "runs_changed", workspace: WORKSPACE })
    await server.settle()
    expect(told).toBe(2)
  })

  it("sends what has no answer again under the same ref, so that nothing happens twice", async () => {
    const { server, clock, mirror, stateOf } = world()
    let ran = 0
    server.handlers.set("add", () => {
      ran += 1
      return [{ kind: "state_splice", panel: "p", path: ["items"], index: 9, remove: [], insert: ["run"] }]
    })
    await server.settle()
    const add: Operation = { kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [], insert: ["mine"] }
    const submitted = mirror.submit([add], "add")
    const finished = mirror.trigger("p", "add", {})
    const [line] = server.lines
    if (!line) throw new Error("there is a line")
    while (server.step(line, "toServer"));
    server.breakLine("ann")
    clock.advance(1000)
    await server.settle()
    await expect(submitted).resolves.toEqual({ seq: 2 })
    await expect(finished).resolves.toMatchObject({ status: "finished" })
    expect(ran).toBe(1)
    expect(stateOf()?.items).toEqual(["mine", "run"])
    expect(mirror.graph.toSnapshot()).toEqual(server.graph.toSnapshot())
  })

  it("does not show a submission twice that a snapshot already holds", async () => {
    const { server, clock, mirror } = world()
    await server.settle()
    server.catchesUp = false
    const add: Operation = { kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [], insert: ["mine"] }
    const submitted = mirror.submit([add], "add")
    const [line] = server.lines
    if (line) while (server.step(line, "toServer"));
    server.breakLine("ann")
    clock.advance(1000)
    await server.settle()
    await submitted
    expect(mirror.graph.panel("p")?.properties.state.items).toEqual(["mine"])
  })

  it("does not show a submission twice that was accepted before the snapshot that holds it came", async () => {
    const { server, mirror } = world()
    await server.settle()
    server.catchesUp = false
    const add: Operation = { kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [], insert: ["mine"] }
    const submitted = mirror.submit([add], "add")
    const [line] = server.lines
    if (line) while (server.step(line, "toServer"));
    server.lose("ann")
    line?.toClient.push({ kind: "resync", workspace: WORKSPACE })
    await server.settle()
    await expect(submitted).resolves.toEqual({ seq: 2 })
    expect(mirror.graph.panel("p")?.properties.state.items).toEqual(["mine"])
    expect(mirror.seq).toBe(2)
  })

  it("does not show a submission twice whose change came before those that it lacks, when a snapshot fills the gap", async () => {
    const { server, mirror } = world()
    await server.settle()
    server.catchesUp = false
    server.commit([set(5)], "other", "bob")
    server.lose("ann")
    const add: Operation = { kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [], insert: ["mine"] }
    const submitted = mirror.submit([add], "add")
    const [line] = server.lines
    if (line) while (server.step(line, "toServer"));
    line?.toClient.reverse()
    expect(line?.toClient.map(({ kind }) => kind)).toEqual(["accepted", "change"])
    await server.settle()
    await expect(submitted).resolves.toEqual({ seq: 3 })
    expect(mirror.graph.panel("p")?.properties.state.items).toEqual(["mine"])
    expect(mirror.graph.toSnapshot()).toEqual(server.graph.toSnapshot())
  })

  it("notices a line that is dead without saying so", async () => {
    const { server, clock, statuses } = world()
    await server.settle()
    clock.advance(20_000)
    expect(server.lines[0]?.toServer).toEqual([{ kind: "ping", at: 20_000 }])
    clock.advance(9_999)
    expect(statuses.at(-1)).toBe("online")
    clock.advance(1)
    expect(statuses.at(-1)).toBe("offline")
  })

  it.each(["online", "focus", "pageshow", "visibilitychange"])("tries at once on %s", async (sign) => {
    const page = new EventTarget()
    vi.stubGlobal("addEventListener", page.addEventListener.bind(page))
    vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page))
    const { server, connection, clock, urls } = world()
    await server.settle()
    server.breakLine("ann")
    await server.settle()
    expect([connection.status, clock.waiting.length]).toEqual(["offline", 1])
    page.dispatchEvent(new Event(sign))
    page.dispatchEvent(new Event(sign))
    await server.settle()
    expect([connection.status, urls.length]).toEqual(["online", 2])
    connection.close()
    page.dispatchEvent(new Event(sign))
    await server.settle()
    expect(urls).toHaveLength(2)
    vi.unstubAllGlobals()
  })

  it("asks whether a line that seems open lives when another network took its place", async () => {
    const page = new EventTarget()
    vi.stubGlobal("addEventListener", page.addEventListener.bind(page))
    const { server, clock, statuses } = world()
    await server.settle()
    page.dispatchEvent(new Event("online"))
    expect(server.lines[0]?.toServer).toEqual([{ kind: "ping", at: 0 }])
    clock.advance(10_000)
    expect(statuses.at(-1)).toBe("offline")
    vi.unstubAllGlobals()
  })

  it("asks again when it is told that it fell behind", async () => {
    const { server, mirror } = world()
    await server.settle()
    server.lines[0]?.toClient.push({ kind: "resync", workspace: WORKSPACE })
    await server.settle()
    expect(server.received.at(-1)).toEqual({ kind: "subscribe", workspace: WORKSPACE, since: 1 })
    expect(mirror.seq).toBe(1)
  })

  it("gives up on another protocol version", async () => {
    const { server, clock, connection } = world()
    await server.settle()
    const failure = { code: "version-mismatch" as const, expected: "protocol 2", actual: "protocol 1" }
    server.lines[0]?.toClient.push({ kind: "failed", failure })
    await server.settle()
    expect(connection.status).toBe("offline")
    expect(connection.failure).toEqual(failure)
    expect(clock.waiting).toEqual([])
  })

  it("refuses a viewer's writes before they are sent", async () => {
    const { server, mirror } = world()
    await server.settle()
    server.lines[0]?.toClient.push({ kind: "subscribed", workspace: WORKSPACE, role: "viewer", seq: 1 })
    await server.settle()
    await expect(mirror.submit([set(1)], "edit")).rejects.toMatchObject({ failure: { code: "forbidden" } })
    expect(mirror.graph.panel("p")?.properties.state.n).toBe(0)
  })

  it("refuses here what the kernel could not answer: no JSON, too many operations, too large a frame", async () => {
    const { server, mirror } = world()
    await server.settle()
    const before = server.received.length
    const invalid = { failure: { code: "invalid-input" } }
    await expect(mirror.submit([set(Number.NaN)], "edit")).rejects.toMatchObject(invalid)
    await expect(
      mirror.submit(
        Array.from({ length: 1001 }, () => set(1)),
        "edit",
      ),
    ).rejects.toMatchObject(invalid)
    const large = { kind: "state_set" as const, panel: "p", path: ["n"], value: "x".repeat(2 ** 21) }
    await expect(mirror.submit([large], "edit")).rejects.toMatchObject({ failure: { code: "too-large" } })
    await expect(mirror.trigger("p", "h", "x".repeat(2 ** 21))).rejects.toMatchObject({
      failure: { code: "too-large" },
    })
    await server.settle()
    expect(server.received).toHaveLength(before)
    expect(mirror.graph.panel("p")?.properties.state.n).toBe(0)
  })

  it("fails what still waits when it is closed, and leaves no timer", async () => {
    const { server, clock, mirror, connection } = world()
    await server.settle()
    const waiting = mirror.trigger("p", "add", {})
    connection.close()
    await expect(waiting).rejects.toMatchObject({ failure: { code: "unavailable" } })
    expect(clock.waiting).toEqual([])
    expect(connection.status).toBe("offline")
  })
})

describe("undo", () => {
  it("takes back this client's last change and no one else's, and can do it again", async () => {
    const { server, mirror, stateOf } = world()
    await server.settle()
    await Promise.all([mirror.submit([set(1)], "one"), server.settle()])
    server.commit([{ kind: "state_set", panel: "p", path: ["items"], value: ["bob"] }], "other", "bob")
    await server.settle()
    const [undone] = await Promise.all([mirror.undo(), server.settle()])
    expect(undone).toBe(true)
    expect(stateOf()).toEqual({ n: 0, items: ["bob"] })
    expect(mirror.canUndo).toBe(false)
    await Promise.all([mirror.redo(), server.settle()])
    expect(stateOf()).toEqual({ n: 1, items: ["bob"] })
    expect(mirror.canUndo).toBe(true)
  })

  it("refuses to overwrite what somebody else did to the same value since", async () => {
    const { server, mirror, stateOf } = world()
    await server.settle()
    await Promise.all([mirror.submit([set(1)], "one"), server.settle()])
    server.commit([set(7)], "other", "bob")
    await server.settle()
    expect(await mirror.undo()).toBe(false)
    expect(stateOf()?.n).toBe(7)
    expect(mirror.canUndo).toBe(false)
  })

  it("takes back what this viewer's handler run changed, as one step", async () => {
    const { server, mirror, stateOf } = world()
    server.handlers.set("two", () => [set(4), { kind: "state_set", panel: "p", path: ["items"], value: [1] }])
    await server.settle()
    await Promise.all([mirror.trigger("p", "two", {}), server.settle()])
    expect(mirror.canUndo).toBe(true)
    await Promise.all([mirror.undo(), server.settle()])
    expect(stateOf()).toEqual({ n: 0, items: [] })
  })

  it("takes back a checkout this person asked for, but not another's, nor over what was changed since", async () => {
    const { server, mirror, stateOf } = world()
    await server.settle()
    const checkout = (n: number, asker: string) =>
      server.commitBy([set(n)], `checkout${n}`, {
        actor: { kind: "git", id: "abc", name: "Git" },
        approver: { kind: "person", id: asker, name: asker },
        reason: "checked out abc",
      })
    checkout(3, "bob")
    await server.settle()
    expect(mirror.canUndo).toBe(false)
    checkout(5, "ann")
    await server.settle()
    await Promise.all([mirror.undo(), server.settle()])
    expect(stateOf()?.n).toBe(3)
    await Promise.all([mirror.redo(), server.settle()])
    expect(stateOf()?.n).toBe(5)
    server.commit([set(9)], "other", "bob")
    await server.settle()
    expect(await mirror.undo()).toBe(false)
    expect(stateOf()?.n).toBe(9)
  })

  it("forgets a submission that was refused", async () => {
    const { server, mirror } = world()
    await server.settle()
    server.graph.dropEntity("p")
    const refused = mirror.submit([set(1)], "one")
    await Promise.all([expect(refused).rejects.toMatchObject({ failure: { code: "not-found" } }), server.settle()])
    expect(mirror.canUndo).toBe(false)
  })
})

describe("backoffMs", () => {
  it("doubles to 15 s and jitters by half", () => {
    expect([0, 1, 2, 5, 6, 50].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
      250, 500, 1000, 8000, 15_000, 15_000,
    ])
    expect(backoffMs(2, () => 0)).toBe(500)
  })
})
