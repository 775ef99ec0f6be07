import { NexusError } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Journal } from "../../../src/storage/journal.ts"
import { createMemoryJournal } from "../../../src/storage/memory-journal.ts"
import { ADA, kernelWith, panel, type World } from "../../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const waiting = { key: new Uint8Array(32).fill(3), afterMs: 30 }

const handler = (body: string) =>
  panel(
    "Patient",
    '<State name="log" type="list"/><State name="n" type="number"/>',
    `<Capability type="time" reason="Waits"/><Capability type="kv" scope="notes" reason="Notes"/><Handler name="wait">${body}</Handler>`,
  )
const SLEEPS = (ms: number | string) =>
  handler(
    `$state.log.push("before"); const kept = { n: 41 }; await nexus.sleep(${JSON.stringify(ms).replaceAll('"', "'")}); $state.log.push("after " + (kept.n + 1))`,
  )

const NEW_CODE = handler('$state.log.push("new code")')

/** A kernel on this journal. The first one on it installs the panel. */
async function kernelOn(journal: Journal, source?: string): Promise<World> {
  const world = await kernelWith({ sandbox, journal, waiting, ...(source ? { panels: { p: source } } : {}) })
  if (source) {
    await world.commit(
      { kind: "panel_grant", panel: "p", grant: "time", granted: true },
      { kind: "panel_grant", panel: "p", grant: "kv:notes", granted: true },
    )
  }
  return world
}

const click = (world: World, more: object = {}) =>
  world.workspace.trigger({ panel: "p", handler: "wait", args: {}, trigger: "event", person: ADA, ...more })
const stateOf = (world: World) => world.workspace.graph.panel("p")?.properties.state
const kept = (world: World) => world.workspace.waiting.list()

describe("a run that waits longer than a moment", () => {
  it("is told to who asked, listed, and finished when its sleep is over", async () => {
    const world = await kernelOn(createMemoryJournal(), SLEEPS(1500))
    const told: string[] = []
    const ending = click(world, { onWaiting: (run: string) => told.push(run) })
    await expect
      .poll(() => kept(world))
      .toMatchObject([
        {
          panel: "p",
          handler: "wait",
          trigger: "event",
          waitsFor: ["time.sleep"],
          person: { id: "ada" },
          changed: false,
        },
      ])
    expect(stateOf(world)).toMatchObject({ log: ["before"] })
    expect(sandbox.metrics().waiting).toBe(0)
    const { run, status } = await ending
    expect([status, told]).toEqual(["finished", [run]])
    expect(stateOf(world)).toMatchObject({ log: ["before", "after 42"] })
    expect(await kept(world)).toEqual([])
  })

  it("leaves no trace in the store when it is short", async () => {
    const told: string[] = []
    const world = await kernelOn(createMemoryJournal(), SLEEPS(1))
    await click(world, { onWaiting: (run: string) => told.push(run) })
    expect(told).toEqual([])
  })

  it("goes on in the next kernel, and answers who asks again by the same ref", async () => {
    const journal = createMemoryJournal()
    const first = await kernelOn(journal, SLEEPS(2000))
    const asked = click(first, { ref: "ref_1" })
    await expect.poll(() => kept(first)).toHaveLength(1)
    await first.close()
    expect(await asked).toMatchObject({ status: "failed", failure: { code: "unavailable" } })
    const second = await kernelOn(journal)
    const again = await click(second, { ref: "ref_1" })
    expect(again).toMatchObject({ status: "finished", run: (await asked).run })
    expect(stateOf(second)).toMatchObject({ log: ["before", "after 42"] })
    expect(await kept(second)).toEqual([])
  })

  it("is kept when the workspace closes before the moment is over", async () => {
    const journal = createMemoryJournal()
    const first = await kernelWith({
      sandbox,
      journal,
      waiting: { ...waiting, afterMs: 60_000 },
      panels: { p: SLEEPS(2000) },
    })
    await first.commit({ kind: "panel_grant", panel: "p", grant: "time", granted: true })
    click(first)
    await expect.poll(() => stateOf(first)).toMatchObject({ log: ["before"] })
    await first.close()
    const second = await kernelOn(journal)
    await expect.poll(() => stateOf(second), { timeout: 5000 }).toMatchObject({ log: ["before", "after 42"] })
  })

  it("goes on at once when its sleep was over while no kernel ran", async () => {
    const journal = createMemoryJournal()
    const first = await kernelOn(journal, SLEEPS(1200))
    click(first)
    await expect.poll(() => kept(first)).toHaveLength(1)
    await first.close()
    await new Promise((resolve) => setTimeout(resolve, 1300))
    const second = await kernelOn(journal)
    await expect.poll(() => stateOf(second)).toMatchObject({ log: ["before", "after 42"] })
  })

  it("may sleep for days, and no longer than thirty", async () => {
    const world = await kernelOn(createMemoryJournal(), SLEEPS("29d"))
    click(world)
    await expect.poll(() => kept(world)).toHaveLength(1)
    const [run] = await kept(world)
    expect((run?.until ?? 0) - (run?.since ?? 0)).toBeGreaterThan(28.9 * 24 * 3600_000)
    const longer = await kernelOn(createMemoryJournal(), SLEEPS("31d"))
    expect(await click(longer)).toMatchObject({ status: "failed", failure: { code: "handler-failed" } })
  })

  it("keeps the answers that came while another call was still open", async () => {
    const journal = createMemoryJournal()
    const both = `const [seen] = await Promise.all([nexus.kv.get("notes", "a"), nexus.sleep(500)]); $state.log.push(String(seen))`
    const first = await kernelOn(journal, handler(both))
    await journal.values.set("w", "kv:notes", "a", '"then"')
    click(first)
    await expect.poll(async () => (await kept(first))[0]?.waitsFor).toEqual(["time.sleep"])
    await first.close()
    await journal.values.set("w", "kv:notes", "a", '"now"')
    const second = await kernelOn(journal)
    await expect.poll(() => stateOf(second), { timeout: 5000 }).toMatchObject({ log: ["then"] })
  })
})

describe("a waiting run in a person's hands", () => {
  const ofDays = async () => {
    const world = await kernelOn(createMemoryJournal(), SLEEPS("3d"))
    const ended = click(world)
    await expect.poll(() => kept(world)).toHaveLength(1)
    const [{ run } = { run: "" }] = await kept(world)
    return { world, ended, run }
  }

  it("can be cancelled: it fails with who did it, and its changes so far stay", async () => {
    const { world, ended, run } = await ofDays()
    await world.workspace.waiting.cancel(run, "Ada")
    expect(await ended).toMatchObject({ status: "failed", failure: { detail: "Ada cancelled the waiting run." } })
    expect(stateOf(world)).toMatchObject({ log: ["before"] })
    expect(await kept(world)).toEqual([])
    await expect(world.workspace.waiting.cancel(run, "Ada")).rejects.toThrow(`no waiting run "${run}"`)
  })

  it("can go on now", async () => {
    const { world, ended, run } = await ofDays()
    await world.workspace.waiting.goOn(run, "resume", "Ada")
    expect(await ended).toMatchObject({ status: "finished" })
    expect(stateOf(world)).toMatchObject({ log: ["before", "after 42"] })
  })

  it("says when its handler was changed, and goes on with the code it began with", async () => {
    const { world, ended, run } = await ofDays()
    await world.commit({ kind: "panel_source", panel: "p", source: NEW_CODE, title: "Patient" })
    expect(await kept(world)).toMatchObject([{ run, changed: true }])
    await world.workspace.waiting.goOn(run, "resume", "Ada")
    await ended
    expect(stateOf(world)).toMatchObject({ log: ["before", "after 42"] })
  })

  it("can be started again with the code of now", async () => {
    const { world, ended, run } = await ofDays()
    await world.commit({ kind: "panel_source", panel: "p", source: NEW_CODE, title: "Patient" })
    expect(await world.workspace.waiting.goOn(run, "restart", "Ada")).not.toBe(run)
    expect(await ended).toMatchObject({ status: "failed" })
    await expect.poll(() => stateOf(world)).toMatchObject({ log: ["before", "new code"] })
    expect(await kept(world)).toEqual([])
  })

  it("stays listed when it cannot go on, because another key signed it", async () => {
    const journal = createMemoryJournal()
    const first = await kernelOn(journal, SLEEPS("3d"))
    click(first)
    await expect.poll(() => kept(first)).toHaveLength(1)
    const [{ run } = { run: "" }] = await kept(first)
    await first.close()
    const text = await journal.values.get("w", "waiting-runs", run)
    const record = JSON.parse(text ?? "")
    const bytes = Buffer.from(record.memory, "base64")
    bytes[100] = (bytes[100] ?? 0) ^ 1
    await journal.values.set(
      "w",
      "waiting-runs",
      run,
      JSON.stringify({ ...record, due: [[1, 0]], memory: bytes.toString("base64") }),
    )
    const second = await kernelOn(journal)
    await expect.poll(() => second.notes.join("\n")).toContain("this kernel did not sign it")
    expect(stateOf(second)).toMatchObject({ log: ["before"] })
  })
})

describe("however the kernel ends, each turn counts once", () => {
  const COUNTS = handler(
    "for (let i = 0; i < 3; i++) { $state.n += 1; $state.log.push(i); await nexus.sleep(60) } $state.log.push('end')",
  )

  /** The journal until the power is cut at the `at`-th write: that one and all after it never reach the disk. */
  function cutAt(journal: Journal, at: number): { journal: Journal; cut: () => boolean } {
    let writes = 0
    const down = () => new NexusError({ code: "unavailable", what: "The journal", detail: "the power is cut" })
    const gate = async (): Promise<void> => {
      writes += 1
      if (writes >= at) throw down()
    }
    const acquire = async (id: string) => (writes >= at ? Promise.reject(down()) : journal.acquire(id))
    return {
      cut: () => writes >= at,
      journal: {
        ...journal,
        acquire,
        append: (change, epoch) => gate().then(() => journal.append(change, epoch)),
        saveSnapshot: () => Promise.reject(down()),
        values: { ...journal.values, set: (...entry) => gate().then(() => journal.values.set(...entry)) },
        close: async () => undefined,
      },
    }
  }

  it("wherever the power is cut", { timeout: 60_000 }, async () => {
    for (let at = 1; ; at += 1) {
      const disk = createMemoryJournal()
      await (await kernelOn(disk, COUNTS)).close()
      const { journal, cut } = cutAt(disk, at)
      const first = await kernelOn(journal)
      const ref = { ref: "ref_1" }
      const ending = click(first, ref)
      await Promise.race([ending, expect.poll(cut, { timeout: 10_000, interval: 5 }).toBe(true)])
      const whole = !cut()
      await first.close()
      const second = await kernelOn(disk)
      expect((await click(second, ref)).status, `cut at write ${at}`).toBe("finished")
      expect(stateOf(second), `cut at write ${at}`).toEqual({ n: 3, log: [0, 1, 2, "end"] })
      expect(await kept(second), `cut at write ${at}`).toEqual([])
      await second.close()
      if (!whole) continue
      expect(at).toBeGreaterThan(7)
      return
    }
  })
})
