import type { Json, Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createConnection, MemoryOutboxes } from "../../src/client/index.ts"
import { generator, HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"

const set = (name: string, value: Json): Operation => ({ kind: "state_set", panel: "p", path: [name], value })

/** A person whose pages share what they keep; a page is opened, closed, and opened again. */
function person() {
  const server = new TestServer([panelWith({ title: "Milk", n: 0, items: [{ id: "a" }] })])
  const outboxes = new MemoryOutboxes()
  const clock = new HandClock()
  let reachable = true
  let pages = 0
  const openPage = async (user = "ann") => {
    pages += 1
    const random = generator(pages)
    const connection = createConnection({
      url: "ws://kernel/panels/stream",
      token: async () => {
        if (!reachable) throw new Error("no network")
        return user
      },
      clock,
      random: () => (random(1000) + 0.5) / 1000,
      openSocket: server.openSocket,
      outbox: () => outboxes.page(),
      user: "ann",
    })
    const mirror = connection.open(WORKSPACE)
    await server.settle()
    const state = () => mirror.graph.panel("p")?.properties.state
    const close = async () => {
      await mirror.flush()
      connection.close()
      await server.settle()
    }
    return { connection, mirror, state, close }
  }
  const goOffline = () => {
    reachable = false
    server.breakLine("ann")
  }
  const comeBack = async () => {
    reachable = true
    clock.advance(20_000)
    await server.settle()
  }
  const state = () => server.graph.panel("p")?.properties.state
  const submitted = () => server.received.filter(({ kind }) => kind === "operations_submit")
  const journaled = () => server.journal.map(({ submission }) => submission)
  return { server, clock, openPage, goOffline, comeBack, state, submitted, journaled }
}

const quiet = (promise: Promise<unknown>) => promise.catch(() => {})

describe("what was done without a line", () => {
  it("is on the screen again after a reload without a line, and is sent under the same refs when it is back", async () => {
    const { server, openPage, goOffline, comeBack, state, journaled } = person()
    const first = await openPage()
    goOffline()
    quiet(first.mirror.submit([set("title", "Oat milk")], "edit"))
    quiet(first.mirror.submit([set("n", 1)], "edit"))
    await first.close()
    const second = await openPage()
    await second.mirror.ready
    expect(second.state()).toMatchObject({ title: "Oat milk", n: 1 })
    expect(second.mirror.queued).toBe(2)
    expect(second.mirror.role).toBe("editor")
    await comeBack()
    expect(state()).toMatchObject({ title: "Oat milk", n: 1 })
    expect(second.mirror.queued).toBe(0)
    expect(second.mirror.graph.toSnapshot()).toEqual(server.graph.toSnapshot())
    expect(new Set(journaled()).size).toBe(journaled().length)
  })

  it("is not done twice when it was accepted and its answer was lost with the page", async () => {
    const { server, openPage, goOffline, comeBack, journaled, state } = person()
    const first = await openPage()
    const add: Operation = { kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [], insert: ["mine"] }
    quiet(first.mirror.submit([add], "add"))
    const [line] = server.lines
    if (line) while (server.step(line, "toServer"));
    goOffline()
    await first.close()
    const second = await openPage()
    expect(second.state()?.items).toEqual(["mine", { id: "a" }])
    await comeBack()
    expect(journaled()).toHaveLength(2)
    expect(state()?.items).toEqual(["mine", { id: "a" }])
    expect(second.state()?.items).toEqual(["mine", { id: "a" }])
  })

  it("in one field is one submission, however many keys were pressed", async () => {
    const { openPage, goOffline, comeBack, state, submitted } = person()
    const page = await openPage()
    goOffline()
    const answers = ["O", "Oa", "Oat"].map((text) => page.mirror.submit([set("title", text)], "typed", { group: "t" }))
    await comeBack()
    expect(await Promise.all(answers)).toEqual([{ seq: 2 }, { seq: 2 }, { seq: 2 }])
    expect(submitted()).toMatchObject([{ operations: [{ ...set("title", "Oat"), expect: "Milk" }] }])
    expect(state()?.title).toBe("Oat")
    await Promise.all([page.mirror.undo(), comeBack()])
    expect(state()?.title).toBe("Milk")
  })

  it("goes out in order, each after the answer to the one before, and waits when the kernel is too busy", async () => {
    const { server, clock, openPage, goOffline, comeBack, state } = person()
    const page = await openPage()
    goOffline()
    for (let n = 1; n <= 5; n += 1) quiet(page.mirror.submit([set("n", n)], "count"))
    let busy = true
    server.refuses = ({ operations: [first] }) => {
      if (!busy || first?.kind !== "state_set" || first.value !== 3) return undefined
      return { code: "rate-limited", retryAfterMs: 700 }
    }
    server.remembersRefusals = false
    await comeBack()
    expect(state()?.n).toBe(2)
    expect(page.mirror.conflicts).toEqual([])
    busy = false
    clock.advance(700)
    await server.settle()
    expect(state()?.n).toBe(5)
  })

  it("is sent by one page alone, also when two of them are open", async () => {
    const { server, openPage, goOffline, comeBack, submitted, state } = person()
    const [one, two] = [await openPage(), await openPage()]
    goOffline()
    server.breakLine("ann")
    quiet(one.mirror.submit([set("n", 1)], "one"))
    await one.mirror.flush()
    const three = await openPage()
    expect(three.mirror.queued).toBe(0)
    await comeBack()
    expect(submitted()).toHaveLength(1)
    expect(state()?.n).toBe(1)
    expect(two.state()?.n).toBe(1)
    expect(three.state()?.n).toBe(1)
  })

  it("is taken over by another open page when its own is closed", async () => {
    const { server, openPage, goOffline, comeBack, submitted, state } = person()
    const [one, two] = [await openPage(), await openPage()]
    goOffline()
    server.breakLine("ann")
    quiet(one.mirror.submit([set("n", 1)], "one"))
    await one.close()
    expect(two.mirror.queued).toBe(1)
    expect(two.state()?.n).toBe(1)
    await comeBack()
    expect(submitted()).toHaveLength(1)
    expect(state()?.n).toBe(1)
  })

  it("is never sent as somebody else, who signed in meanwhile", async () => {
    const { openPage, goOffline, comeBack, submitted } = person()
    const first = await openPage()
    goOffline()
    quiet(first.mirror.submit([set("n", 1)], "one"))
    await first.close()
    const other = await openPage("bob")
    await comeBack()
    expect(other.connection.failure).toMatchObject({ code: "unauthenticated" })
    expect(submitted()).toEqual([])
    await other.close()
    const mine = await openPage()
    expect(mine.mirror.queued).toBe(0)
    expect(submitted()).toHaveLength(1)
  })
})

describe("what does not fit when the line is back", () => {
  async function clash() {
    const world = person()
    const page = await world.openPage()
    world.goOffline()
    quiet(page.mirror.submit([set("title", "Oat milk")], "set title"))
    world.server.commit([set("title", "Soy milk")], "bobs", "bob")
    await world.comeBack()
    return { ...world, page }
  }

  it("is no overwriting of what somebody else wrote meanwhile: it becomes a conflict, kept over reloads", async () => {
    const { page, openPage, state } = await clash()
    expect(state()?.title).toBe("Soy milk")
    expect(page.state()?.title).toBe("Soy milk")
    const kept = [
      {
        reason: "set title",
        operations: [{ ...set("title", "Oat milk"), expect: "Milk" }],
        failure: { code: "operation-conflict" },
      },
    ]
    expect(page.mirror.conflicts).toMatchObject(kept)
    await page.close()
    const again = await openPage()
    expect(again.mirror.conflicts).toMatchObject(kept)
    expect(again.mirror.queued).toBe(0)
  })

  it("can be put on top, and is then over on every page", async () => {
    const { page, server, openPage, state } = await clash()
    const other = await openPage()
    const [conflict] = page.mirror.conflicts
    await Promise.all([page.mirror.overwrite(conflict?.ref ?? ""), server.settle()])
    expect(state()?.title).toBe("Oat milk")
    expect(page.mirror.conflicts).toEqual([])
    await page.mirror.flush()
    expect(other.mirror.conflicts).toEqual([])
    expect(page.mirror.canUndo).toBe(true)
  })

  it("can be let go, and what is there stays", async () => {
    const { page, openPage, state } = await clash()
    page.mirror.discard(page.mirror.conflicts[0]?.ref ?? "")
    expect(page.mirror.conflicts).toEqual([])
    await page.close()
    expect((await openPage()).mirror.conflicts).toEqual([])
    expect(state()?.title).toBe("Soy milk")
  })

  it("is kept when it cannot be put on top, and says why", async () => {
    const { page, server } = await clash()
    server.commit([{ kind: "entity_remove", id: "p" }], "bobs-too", "bob")
    await server.settle()
    await expect(page.mirror.overwrite(page.mirror.conflicts[0]?.ref ?? "")).rejects.toMatchObject({
      failure: { code: "not-found" },
    })
    expect(page.mirror.conflicts).toHaveLength(1)
  })

  it("is one conflict where one step built on the other", async () => {
    const { openPage, server, goOffline, comeBack } = person()
    const page = await openPage()
    goOffline()
    for (const text of ["O", "Oa", "Oat"]) quiet(page.mirror.submit([set("title", text)], "typed"))
    quiet(page.mirror.submit([set("n", 4)], "counted"))
    server.commit([set("title", "Soy milk"), set("n", 2)], "bobs", "bob")
    await comeBack()
    expect(page.mirror.conflicts.map(({ operations }) => operations)).toEqual([
      [{ ...set("title", "Oat"), expect: "Milk" }],
      [{ ...set("n", 4), expect: 0 }],
    ])
  })

  it("is missed by nobody when the person had taken it back", async () => {
    const { openPage, server, goOffline, comeBack, state } = person()
    const page = await openPage()
    goOffline()
    quiet(page.mirror.submit([set("title", "Oat milk")], "set title"))
    quiet(page.mirror.undo())
    expect(page.state()?.title).toBe("Milk")
    server.commit([set("title", "Soy milk")], "bobs", "bob")
    await comeBack()
    expect(page.mirror.conflicts).toEqual([])
    expect(state()?.title).toBe("Soy milk")
  })

  it("is a conflict too when the person may only look now", async () => {
    const { openPage, server, goOffline, comeBack } = person()
    const page = await openPage()
    goOffline()
    quiet(page.mirror.submit([set("title", "Oat milk")], "set title"))
    server.refuses = () => ({ code: "forbidden", detail: "This role cannot change the workspace." })
    await comeBack()
    expect(page.mirror.conflicts).toMatchObject([{ failure: { code: "forbidden" } }])
  })

  it("is none while there is a line: what is refused at once is only said", async () => {
    const { openPage, server } = person()
    const page = await openPage()
    server.refuses = () => ({ code: "conflict", detail: "no" })
    const refused = page.mirror.submit([set("n", 1)], "one")
    await Promise.all([expect(refused).rejects.toMatchObject({ failure: { code: "conflict" } }), server.settle()])
    expect(page.mirror.conflicts).toEqual([])
  })
})

describe("one's own steps", () => {
  it("are undone and done again after a reload, leaving what others did", async () => {
    const { server, openPage, state } = person()
    const first = await openPage()
    await Promise.all([first.mirror.submit([set("title", "Oat milk")], "one"), server.settle()])
    server.commit([set("n", 7)], "bobs", "bob")
    await server.settle()
    await first.close()
    const second = await openPage()
    expect(second.mirror.canUndo).toBe(true)
    await Promise.all([second.mirror.undo(), server.settle()])
    expect(state()).toMatchObject({ title: "Milk", n: 7 })
    await second.close()
    const third = await openPage()
    expect([third.mirror.canUndo, third.mirror.canRedo]).toEqual([false, true])
    await Promise.all([third.mirror.redo(), server.settle()])
    expect(state()).toMatchObject({ title: "Oat milk", n: 7 })
  })

  it("are refused after a reload where somebody else wrote meanwhile", async () => {
    const { server, openPage, state } = person()
    const first = await openPage()
    await Promise.all([first.mirror.submit([set("title", "Oat milk")], "one"), server.settle()])
    await first.close()
    server.commit([set("title", "Soy milk")], "bobs", "bob")
    const second = await openPage()
    expect(await second.mirror.undo()).toBe(false)
    expect(state()?.title).toBe("Soy milk")
  })

  it("are the person's, not the page's: another page undoes them", async () => {
    const { server, openPage, state } = person()
    const [one, two] = [await openPage(), await openPage()]
    await Promise.all([one.mirror.submit([set("n", 5)], "five"), server.settle()])
    await one.mirror.flush()
    expect(two.mirror.canUndo).toBe(true)
    await Promise.all([two.mirror.undo(), server.settle()])
    expect(state()?.n).toBe(0)
    await two.mirror.flush()
    expect([one.mirror.canUndo, one.mirror.canRedo]).toEqual([false, true])
  })
})

describe("a workspace that is closed to the person", () => {
  it("is forgotten here, while what they did stays theirs to copy", async () => {
    const { server, openPage, goOffline, comeBack } = person()
    const page = await openPage()
    goOffline()
    quiet(page.mirror.submit([set("title", "Oat milk")], "set title"))
    server.closedTo.add("ann")
    await comeBack()
    expect(page.mirror.conflicts).toHaveLength(1)
    await page.close()
    const again = await openPage()
    await expect(again.mirror.ready).rejects.toMatchObject({ failure: { code: "forbidden" } })
    expect(again.mirror.graph.panel("p")).toBeUndefined()
    expect(again.mirror.conflicts).toHaveLength(1)
  })
})
