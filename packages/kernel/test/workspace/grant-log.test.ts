import type { Change, Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { GrantLog } from "../../src/workspace/grant-log.ts"
import { Sources } from "../../src/workspace/sources.ts"
import { withHttp } from "../gateway/with-http.ts"
import { addPanel, graphAfter, kernelWith, panel } from "../worlds.ts"

const CLOCK = panel("Clock", "", '<Capability type="time" reason="Counts down"/><Handler name="wait">1</Handler>')
const SILENT = panel("Clock", "", '<Handler name="wait">1</Handler>')
const KEEPER = panel("Keeper", "", '<Capability type="kv" scope="*" reason="Keeps the list"/>')
const grant = (id: string, capability: string, granted = true): Operation => {
  return { kind: "panel_grant", panel: id, grant: capability, granted }
}

describe("the grants of a workspace", () => {
  it("are said in words, with the panel's reason, and who gave them", async () => {
    const { workspace, commit } = await kernelWith({ panels: { c: CLOCK, k: KEEPER }, clock: () => 42 })
    await commit(grant("k", "kv:list"), grant("c", "time"))
    const by = { id: "ada", name: "Ada" }
    const { grants, more } = await workspace.grants(10)
    expect(grants).toEqual([
      {
        ...{ panel: "c", title: "Clock", capability: "time" },
        says: "Wait and run on a schedule",
        reason: "Counts down",
        since: 42,
        by,
      },
      {
        ...{ panel: "k", title: "Keeper", capability: "kv:list" },
        says: 'Keep values in the store "list"',
        reason: "Keeps the list",
        since: 42,
        by,
      },
    ])
    expect(more).toBe(false)
  })

  it("have no reason any more when the panel no longer declares them, and are held all the same", async () => {
    const { workspace, commit } = await kernelWith({ panels: { c: CLOCK } })
    await commit(grant("c", "time"))
    await commit({ kind: "panel_source", panel: "c", source: SILENT, title: "Clock" })
    const { grants, history } = await workspace.grants(10)
    expect(grants).toMatchObject([{ capability: "time" }])
    expect(grants[0]?.reason).toBeUndefined()
    expect(history).toHaveLength(1)
  })

  it("are in the history whatever change gave or took them, newest first", async () => {
    const { workspace, commit } = await kernelWith({ panels: { c: CLOCK } })
    await commit(grant("c", "time"))
    await commit(grant("c", "time", false))
    await commit(grant("c", "time"), grant("c", "ask"), grant("c", "ask", false))
    const entity = workspace.graph.entity("c")
    await commit({ kind: "entity_remove", id: "c" })
    if (entity) await commit({ kind: "entity_add", entity })
    await commit({ kind: "panel_source", panel: "c", source: CLOCK.replace("Clock", "Watch"), title: "Watch" })
    const { history } = await workspace.grants(10)
    const told = history.map(({ seq, title, capability, granted }) => [seq, title, capability, granted])
    expect(told).toEqual([
      [7, "Clock", "time", true],
      [6, "Clock", "time", false],
      [5, "Clock", "time", true],
      [4, "Clock", "time", false],
      [3, "Clock", "time", true],
    ])
    expect(history[0]?.by).toEqual({ id: "ada", name: "Ada" })
    expect(await workspace.grants(2)).toMatchObject({ history: history.slice(0, 2), more: true })
  })

  it("go with the approver's name when a person accepted the change that took them", async () => {
    const { workspace, commit } = await kernelWith({ panels: { c: CLOCK } })
    await commit(grant("c", "time"))
    await workspace.commit({
      submission: "accepted",
      cause: {
        actor: { kind: "ai", id: "assistant", name: "Assistant" },
        reason: "removes the clock",
        approver: { kind: "person", id: "bob", name: "Bob" },
      },
      operations: [{ kind: "entity_remove", id: "c" }],
    })
    expect((await workspace.grants(1)).history).toMatchObject([{ granted: false, by: { id: "bob" } }])
  })

  it("are those of the graph after any list of changes", async () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = seeded(seed)
      const journal = createMemoryJournal()
      const { workspace, commit } = await kernelWith({ journal, panels: { a: CLOCK, b: KEEPER } })
      for (let step = 0; step < 40; step += 1) {
        const id = random(2) === 0 ? "a" : "b"
        const entity = workspace.graph.entity(id)
        const act = random(6)
        if (!entity) await commit(addPanel(id, CLOCK), grant(id, "time"))
        else if (act === 0) await commit({ kind: "entity_remove", id }, { kind: "entity_add", entity })
        else if (act === 1) await commit({ kind: "entity_remove", id })
        else await commit(grant(id, ["time", "kv:a", "ask"][random(3)] ?? "", random(2) === 0))
      }
      const { grants, history } = await workspace.grants(1000)
      const held = new Set<string>()
      for (const { panel: holder, capability, granted } of history.toReversed()) {
        const key = `${holder} ${capability}`
        expect(held.has(key), `seed ${seed}: ${key} comes and goes in turn`).toBe(!granted)
        if (granted) held.add(key)
        else held.delete(key)
      }
      const now = [...workspace.graph.panels()].flatMap(({ id, properties }) =>
        properties.grants.map((each) => `${id} ${each}`),
      )
      expect([...held].sort(), `seed ${seed}`).toEqual(now.sort())
      expect(grants.map((each) => `${each.panel} ${each.capability}`).sort(), `seed ${seed}`).toEqual(now)
      expect(grants.every(({ since, by }) => since !== undefined && by !== undefined)).toBe(true)
    }
  })

  it("are read from a long journal once, and remembered as far as a thousand entries", async () => {
    const operations = [
      addPanel("c", CLOCK),
      ...[...Array(9999).keys()].map((index) => grant("c", "time", index % 2 === 0)),
    ]
    const changes = operations.map(
      (operation, index): Change => ({
        workspace: "w",
        seq: index + 1,
        submission: `s${index}`,
        cause: { actor: { kind: "person", id: "ada", name: "Ada" }, reason: "a test" },
        operations: [operation],
        at: index,
      }),
    )
    let read = 0
    const log = new GrantLog({
      changes: async (after, limit) => {
        const page = changes.slice(after, after + limit)
        read += page.length
        return page
      },
      graph: graphAfter([operations[0] ?? grant("c", "time"), grant("c", "time")].map(inRoot)),
      sources: new Sources(),
    })
    const first = await log.read(1000)
    expect(first.history).toHaveLength(1000)
    expect(first).toMatchObject({ more: true, grants: [{ panel: "c", since: 9999 }] })
    expect(await log.read(1000)).toEqual(first)
    expect(read).toBe(10_000)
  })

  it("are shown to members alone", async () => {
    const http = await withHttp()
    const [ada, bob, eve] = [await http.person("Ada"), await http.person("Bob"), await http.person("Eve")]
    const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
    await ada.call("PUT", `/workspaces/${body.id}/members/${bob.id}`, { role: "viewer" })
    const made = await ada.call("POST", "/panels", { workspace: body.id, source: CLOCK })
    await ada.call("PUT", `/panels/${made.body.id}/grants?workspace=${body.id}`, { grant: "time", granted: true })
    const path = `/workspaces/${body.id}/grants`
    const told = { panel: made.body.id, title: "Clock", capability: "time", by: { id: ada.id, name: "Ada" } }
    expect((await bob.call("GET", path)).body).toMatchObject({
      grants: [told],
      history: [{ ...told, granted: true }],
      more: false,
    })
    expect((await eve.call("GET", path)).status).toBe(403)
    expect((await ada.call("GET", `${path}?limit=0`)).status).toBe(422)
  })
})

/** A panel of no workspace. */
function inRoot(operation: Operation): Operation {
  return operation.kind === "entity_add" ? { ...operation, entity: { ...operation.entity, scope: "" } } : operation
}

function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
}
