import { fork } from "node:child_process"
import { once } from "node:events"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { apply, type Change, decodeServerMessage, type Operation, type ServerMessage } from "@nexus/protocol"
import { formatPanel, parsePanel } from "@nexus/reactor"
import { createTriLog } from "@nexus/trilog"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { sharedPostgres } from "../acceptance/private-postgres.ts"
import type { Journal } from "../src/storage/journal.ts"
import { STORES } from "./invariants/stores.ts"
import { connected } from "./invariants/two-sides.ts"
import { ADA, COUNTER, kernelWith, panel, replay, type World } from "./worlds.ts"

/** The invariants of ARCHITECTURE.md that a store could break, by their own words, on every store there is. */
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 2 })
  await sharedPostgres()
})
afterAll(() => sandbox.close())

const set = (value: number, more: { expect?: number } = {}): Operation => ({
  kind: "state_set",
  panel: "p",
  path: ["count"],
  value,
  ...more,
})
const countOf = ({ workspace }: Pick<World, "workspace">) => workspace.graph.panel("p")?.properties.state.count
const click = (world: World, handler: string) =>
  world.workspace.trigger({ panel: "p", handler, args: {}, trigger: "event", person: ADA })
const allOf = (journal: Journal) => journal.changes("w", 0, 1_000_000)
const oneToThe = (length: number) => Array.from({ length }, (_, index) => index + 1)

/** A journal that is closed when the test is over. */
async function opened(open: () => Promise<Journal>): Promise<Journal> {
  const journal = await open()
  onTestFinished(() => journal.close())
  return journal
}

describe.each(Object.entries(STORES))("on %s:", { timeout: 60_000 }, (_name, create) => {
  it("What was acknowledged survives `kill -9`; memory never runs ahead of the journal.", async () => {
    const place = await create()
    const acknowledged = new Map<string, number>()
    if (place.elsewhere) {
      const program = fileURLToPath(new URL("./invariants/writer.ts", import.meta.url))
      for (const round of ["a", "b"]) {
        const writer = fork(program, [...place.elsewhere, round], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
        writer.on("message", (said: { id: string; seq: number }) => acknowledged.set(said.id, said.seq))
        await once(writer, "message")
        await wait(100 + Math.random() * 100)
        writer.kill("SIGKILL")
        await once(writer, "exit")
      }
      expect(acknowledged.size).toBeGreaterThan(10)
    }
    const inner = await opened(place.open)
    const gate = Promise.withResolvers<void>()
    let held = false
    const journal: Journal = {
      ...inner,
      append: async (change, epoch) => {
        if (held) await gate.promise
        await inner.append(change, epoch)
      },
    }
    const world = await kernelWith({ journal, panels: { p: COUNTER } })
    const kept = await allOf(inner)
    expect(kept.map(({ seq }) => seq)).toEqual(oneToThe(kept.length))
    for (const [id, seq] of acknowledged) {
      expect(kept[seq - 1]?.submission).toBe(id)
      expect(world.workspace.graph.entity(id)).toBeDefined()
    }

    const { seq } = world.workspace
    const told = world.changes.length
    held = true
    const commit = world.commit(set(5))
    await wait(20)
    expect([countOf(world), world.workspace.seq, world.changes.length]).toEqual([0, seq, told])
    gate.resolve()
    await commit
    expect([countOf(world), world.workspace.seq, world.changes.length]).toEqual([5, seq + 1, told + 1])
  })

  it("`seq` has no gaps; a client that sees a gap asks, never guesses.", async () => {
    const world = await kernelWith({ journal: await opened((await create()).open), panels: { p: COUNTER } })
    let losing = false
    const lost: number[] = []
    const { connection, asked } = connected(world.workspaces, (message) => {
      if (!losing || message.kind !== "change" || lost.length === 3) return false
      lost.push(message.change.seq)
      return true
    })
    const mirror = connection.open("w")
    await expect.poll(() => mirror.seq).toBe(world.workspace.seq)
    losing = true
    await Promise.all(oneToThe(40).map((value) => world.commit(set(value))))
    await expect.poll(() => mirror.seq).toBe(world.workspace.seq)
    expect(lost).toHaveLength(3)
    expect(asked).toContain(`subscribe since ${Math.min(...lost) - 1}`)
    expect(mirror.graph.toSnapshot()).toEqual(world.workspace.graph.toSnapshot())
    const seqs = (await allOf(world.journal)).map((change) => change.seq)
    expect(seqs).toEqual(oneToThe(seqs.length))
    expect(world.changes.map((change) => change.seq)).toEqual(seqs)
    connection.close()
  })

  it("One turn at a time per panel (its lane); one commit at a time per workspace.", async () => {
    const world = await kernelWith({ sandbox, journal: await opened((await create()).open), panels: { p: COUNTER } })
    const results = await Promise.all(oneToThe(20).map(() => click(world, "add")))
    expect(new Set(results.map(({ seq }) => seq)).size).toBe(20)
    expect(countOf(world)).toBe(20)
    // Each of these fits only the world that the one before it left.
    const commits = oneToThe(100).map((step) => world.commit(set(20 + step, { expect: 19 + step })))
    const seqs = (await Promise.all(commits)).map(({ seq }) => seq)
    expect(seqs).toEqual(oneToThe(100).map((step) => (seqs[0] ?? 0) + step - 1))
    expect(countOf(world)).toBe(120)
  })

  it("A turn is all or nothing: the effects of a failed turn are logged, never applied.", async () => {
    const failing = panel(
      "Failing",
      '<State name="count" type="number"/><State name="list" type="list"/>',
      `<Handler name="throws">$state.count = 1; $state.list.push(1); $log.info("so far"); throw new Error("no")</Handler>
       <Handler name="works">$state.count = 1; $state.list.push(1)</Handler>`,
    )
    const world = await kernelWith({ sandbox, journal: await opened((await create()).open), panels: { p: failing } })
    const told: ServerMessage[] = []
    world.workspace.audience.join({
      session: "s",
      user: ADA.id,
      name: ADA.name,
      role: "viewer",
      presence: {},
      deliver: (bytes) => told.push(decodeServerMessage(bytes)),
      onRole: () => undefined,
    })
    const before = await allOf(world.journal)
    expect(await click(world, "throws")).toMatchObject({ status: "failed", failure: { code: "handler-failed" } })
    expect(await allOf(world.journal)).toEqual(before)
    expect(world.workspace.graph.panel("p")?.properties.state).toEqual({ count: 0, list: [] })
    expect(told).toContainEqual(expect.objectContaining({ kind: "log", message: "so far" }))
    await click(world, "works")
    const after = await allOf(world.journal)
    expect(after).toHaveLength(before.length + 1)
    expect(after.at(-1)?.operations.length).toBeGreaterThanOrEqual(2)
  })

  it("The twin at now equals the graph; the graph replayed from the journal equals the graph.", async () => {
    const journal = await opened((await create()).open)
    const trilog = await createTriLog({
      dataDir: undefined,
      source: { changes: journal.changes, workspaces: async () => ["w"] },
      clock: Date.now,
      capacity: 1000,
      log: () => undefined,
    })
    onTestFinished(() => trilog.close(1000))
    const onChange = (change: Change) => trilog.recordChange(change)
    const world = await kernelWith({ journal, panels: { p: COUNTER, q: COUNTER }, onChange })
    await Promise.all(oneToThe(50).map((value) => world.commit(set(value))))
    await world.commit({ kind: "entity_remove", id: "q" })
    const now = world.workspace.graph.toSnapshot()
    expect((await replay(journal)).toSnapshot()).toEqual(now)
    const { entities, relationships, seq } = await trilog.workspaceAt("w", Date.now() + 1000)
    expect({ entities, relationships, seq }).toEqual({ ...now, seq: world.workspace.seq })
    await world.close()
    const again = await kernelWith({ journal })
    expect(again.workspace.graph.toSnapshot()).toEqual(now)
  })

  it("`apply` then its inverse is the identity; `print` then `parse` of NXML is the identity.", async () => {
    const gallery = fileURLToPath(new URL("../../../gallery/", import.meta.url))
    const sources = globSync("*/panel.nxml", { cwd: gallery }).map((file) => readFileSync(join(gallery, file), "utf8"))
    expect(sources.length).toBeGreaterThan(3)
    const world = await kernelWith({ journal: await opened((await create()).open), panels: { p: COUNTER } })
    for (const source of sources.slice(0, 6)) {
      const before = world.workspace.graph.toSnapshot()
      const printed = formatPanel(source)
      const title = parsePanel(printed).panel?.title ?? "untitled"
      const fork = world.workspace.graph.fork()
      const applied = apply(fork, [
        { kind: "panel_source", panel: "p", source: printed, title },
        { kind: "panel_frame", panel: "p", frame: { x: 1, y: 2, w: 300, h: 400 } },
      ])
      if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
      expect(apply(fork, applied.inverse).ok).toBe(true)
      expect(fork.toSnapshot()).toEqual(before)

      await world.commit({ kind: "panel_source", panel: "p", source: printed, title })
      const kept = (await replay(world.journal)).panel("p")?.properties.source ?? ""
      expect(kept).toBe(printed)
      expect(formatPanel(kept)).toBe(printed)
      expect(parsePanel(kept)).toEqual(parsePanel(printed))
    }
  })

  it("A workspace has one writer: a kernel that lost its lease can append nothing (fencing).", async () => {
    const place = await create()
    const [here, there] = [await opened(place.open), await opened(place.open)]
    const first = await kernelWith({ journal: here, panels: { p: COUNTER } })
    const racing = oneToThe(30).map((value) =>
      first.commit(set(value)).then(
        ({ seq }) => seq,
        () => undefined,
      ),
    )
    const second = await kernelWith({ journal: there })
    const acknowledged = (await Promise.all(racing)).filter((seq) => seq !== undefined)
    const atTakeover = second.workspace.seq
    expect(acknowledged.every((seq) => seq <= atTakeover)).toBe(true)
    await expect(first.commit(set(-1))).rejects.toMatchObject({ failure: { code: "lease-lost" } })
    expect(first.workspaces.get("w")).toBeUndefined()
    await second.commit(set(1000))
    const kept = await allOf(there)
    expect(kept.map(({ seq }) => seq)).toEqual(oneToThe(atTakeover + 1))
    expect((await replay(there)).toSnapshot()).toEqual(second.workspace.graph.toSnapshot())
  })
})
