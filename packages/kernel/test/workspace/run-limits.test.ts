import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { withHttp } from "../gateway/with-http.ts"
import { ADA, kernelWith, panel, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const HUNGRY = panel(
  "Hungry",
  '<State name="n" type="number"/>',
  `<Capability type="time" reason="Waits"/>
   <Handler name="loop">while (true) $state.n = 1</Handler>
   <Handler name="eat">const all = []; while (true) all.push(new Uint8Array(1024 * 1024).fill(1))</Handler>
   <Handler name="say">return "x".repeat(5000)</Handler>
   <Handler name="work">await nexus.sleep(200); const end = Date.now(); return "x".repeat(5000).length</Handler>`,
)
const MB = 1024 * 1024
const open = (more: Parameters<typeof kernelWith>[0] = {}) => kernelWith({ sandbox, panels: { p: HUNGRY }, ...more })
const run = (world: World, handler: string) =>
  world.workspace.trigger({ panel: "p", handler, args: null, trigger: "event", person: ADA })

describe("the limits of a workspace", () => {
  it("are the kernel's until an owner sets less, and then stand in the failure", async () => {
    const world = await open({ limits: { memoryBytes: 64 * MB } })
    const { limits } = world.workspace
    expect(limits.answer()).toMatchObject({ set: {}, limits: { cpuMs: 5000, memoryBytes: 64 * MB }, history: [] })
    expect(await run(world, "say")).toMatchObject({ status: "finished" })
    await limits.set({ cpuMs: 50 }, ADA)
    expect(await run(world, "loop")).toMatchObject({ failure: { code: "handler-timeout", limitMs: 50 } })
    await limits.set({ memoryBytes: 32 * MB, resultBytes: 2048 }, ADA)
    expect(await run(world, "eat")).toMatchObject({ failure: { code: "handler-memory", limitBytes: 32 * MB } })
    expect(await run(world, "say")).toMatchObject({ failure: { code: "too-large", limit: 2048 } })
    await limits.set({}, ADA)
    expect(await run(world, "say")).toMatchObject({ status: "finished" })
  })

  it("are never more than the kernel's, nor after it was started anew with less", async () => {
    const journal = createMemoryJournal()
    const world = await open({ journal, limits: { cpuMs: 400 } })
    await expect(world.workspace.limits.set({ cpuMs: 401 }, ADA)).rejects.toMatchObject({
      failure: { code: "invalid-input", path: "limits.cpuMs", detail: expect.stringContaining("at most 400") },
    })
    await world.workspace.limits.set({ cpuMs: 300, hostCalls: 5 }, ADA)
    await world.close()
    const next = await kernelWith({ sandbox, journal, limits: { cpuMs: 200 } })
    expect(next.workspace.limits.answer()).toMatchObject({
      set: { cpuMs: 300, hostCalls: 5 },
      limits: { cpuMs: 200, hostCalls: 5 },
    })
  })

  it("that change while a run waits are for the next run", async () => {
    const world = await open()
    await world.commit({ kind: "panel_grant", panel: "p", grant: "time", granted: true })
    const running = run(world, "work")
    await expect
      .poll(() => world.events.some(({ type }) => type === "execution_completed"), { timeout: 15_000 })
      .toBe(true)
    await world.workspace.limits.set({ hostCalls: 0 }, ADA)
    expect(await running).toMatchObject({ status: "finished" })
    expect(await run(world, "work")).toMatchObject({ status: "failed", failure: { limit: 0 } })
  })

  it("are of this workspace alone, and of no handler, undo or checkout", async () => {
    const world = await open()
    const other = await world.workspaces.create("v", "V", ADA)
    await world.workspace.limits.set({ cpuMs: 50 }, ADA)
    expect(other.limits.now.cpuMs).toBe(5000)
    expect(JSON.stringify(world.workspace.graph.toSnapshot())).not.toContain("cpuMs")
  })

  it("say who set what, newest first, as far as fifty back", async () => {
    let now = 0
    const { workspace } = await open({ clock: () => now })
    for (now = 1; now <= 60; now += 1) await workspace.limits.set({ hostCalls: now }, ADA)
    const { history } = workspace.limits.answer()
    expect(history).toHaveLength(50)
    expect(history[0]).toEqual({ at: 60, by: { id: "ada", name: "Ada" }, set: { hostCalls: 60 } })
  })

  it("are seen by members and set by owners, as whole numbers within bounds", async () => {
    const http = await withHttp()
    const [ada, bob, eve] = [await http.person("Ada"), await http.person("Bob"), await http.person("Eve")]
    const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
    await ada.call("PUT", `/workspaces/${body.id}/members/${bob.id}`, { role: "editor" })
    const path = `/workspaces/${body.id}/limits`
    const set = (limits: object) => ({ limits })
    expect((await ada.call("PUT", path, set({ cpuMs: 100 }))).body).toMatchObject({ limits: { cpuMs: 100 } })
    expect((await bob.call("GET", path)).body).toMatchObject({ set: { cpuMs: 100 }, most: { cpuMs: 5000 } })
    expect((await bob.call("PUT", path, set({}))).body).toMatchObject({ code: "forbidden", needed: "owner" })
    expect((await eve.call("GET", path)).status).toBe(403)
    for (const limits of [
      { cpuMs: 1 },
      { cpuMs: 1e9 },
      { memoryBytes: 20 * MB },
      { memoryBytes: 8 * MB },
      { wallMs: 5 },
      { hostCalls: 0.5 },
    ])
      expect((await ada.call("PUT", path, set(limits))).status, JSON.stringify(limits)).toBe(422)
  })
})
