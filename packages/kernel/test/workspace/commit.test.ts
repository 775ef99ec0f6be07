import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { NexusError, type Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import type { Journal } from "../../src/storage/journal.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { createSqliteJournal } from "../../src/storage/sqlite-journal.ts"
import { ADA, COUNTER, kernelWith, replay, temporaryDirectory } from "../worlds.ts"

const set = (value: number): Operation => ({ kind: "state_set", panel: "p", path: ["count"], value })
const cause = { actor: ADA, reason: "a test" }

describe("memory never runs ahead of the journal", () => {
  it("shows, records and tells a change only once the journal holds it", async () => {
    const gate = Promise.withResolvers<void>()
    const journal = slowJournal(gate.promise)
    const world = await kernelWith({ panels: { p: COUNTER }, journal: journal.journal })
    const { workspace, changes } = world
    const before = { seq: workspace.seq, told: changes.length }
    journal.hold()
    const committed = world.commit(set(5))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(workspace.seq).toBe(before.seq)
    expect(changes.length).toBe(before.told)
    expect(workspace.graph.panel("p")?.properties.state.count).toBe(0)
    gate.resolve()
    expect((await committed).seq).toBe(before.seq + 1)
    expect(workspace.graph.panel("p")?.properties.state.count).toBe(5)
    expect(changes.length).toBe(before.told + 1)
  })
})

describe("one commit at a time per workspace, `seq` without gaps", () => {
  it("numbers many concurrent commits one after the other, each against the one before", async () => {
    const world = await kernelWith({ panels: { p: COUNTER } })
    const first = world.workspace.seq
    const commits = Array.from({ length: 300 }, (_, index) =>
      world.commit({ kind: "state_set", panel: "p", path: ["count"], value: index + 1, expect: index }),
    )
    const seqs = (await Promise.all(commits)).map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: 300 }, (_, index) => first + index + 1))
    expect(world.changes.map(({ seq }) => seq)).toEqual(Array.from({ length: first + 300 }, (_, index) => index + 1))
  })

  it("gives no number to what is refused", async () => {
    const world = await kernelWith({ panels: { p: COUNTER } })
    const first = world.workspace.seq
    await expect(world.commit({ ...set(1), expect: 99 } as Operation)).rejects.toMatchObject(code("operation-conflict"))
    expect((await world.commit(set(1))).seq).toBe(first + 1)
  })
})

describe("the graph replayed from the journal equals the graph", () => {
  it("holds after panels came, changed their source and went, and after the workspace is opened anew", async () => {
    const directory = await temporaryDirectory()
    const path = join(directory, "journal.sqlite")
    const journal = await createSqliteJournal(path)
    const world = await kernelWith({ panels: { p: COUNTER, q: COUNTER.replace("Counter", "Other") }, journal })
    for (let count = 1; count <= 700; count += 1) await world.commit(set(count))
    await world.commit({ kind: "panel_source", panel: "p", source: COUNTER.replaceAll("count", "total"), title: "" })
    await world.commit({ kind: "entity_remove", id: "q" })
    const now = world.workspace.graph.toSnapshot()
    expect((await replay(journal)).toSnapshot()).toEqual(now)
    await world.close()
    expect(await journal.loadSnapshot("w")).toMatchObject({ seq: world.workspace.seq })

    const again = await kernelWith({ journal })
    expect(again.workspace.graph.toSnapshot()).toEqual(now)
    expect(again.workspace.seq).toBe(world.workspace.seq)
    expect((await again.commit({ kind: "panel_frame", panel: "p", frame: { x: 1, y: 1, w: 300, h: 200 } })).seq).toBe(
      world.workspace.seq + 1,
    )
  })
})

describe("a submission", () => {
  it("that is repeated answers with the first change, at once, later and after a restart", async () => {
    const journal = createMemoryJournal()
    const world = await kernelWith({ panels: { p: COUNTER }, journal })
    const submission = { submission: "mine", cause, operations: [set(1)] }
    const [first, same] = await Promise.all([world.workspace.commit(submission), world.workspace.commit(submission)])
    expect(same).toBe(first)
    await world.commit(set(2))
    expect(await world.workspace.commit(submission)).toEqual(first)
    await world.close()
    const again = await kernelWith({ journal })
    expect(await again.workspace.commit(submission)).toEqual(first)
    expect(again.workspace.graph.panel("p")?.properties.state.count).toBe(2)
  })

  it("that was refused is refused when it comes again, though it would fit by now", async () => {
    const { workspace, commit } = await kernelWith({ panels: { p: COUNTER } })
    const late = { submission: "late", cause, operations: [{ ...set(9), expect: 1 } as Operation] }
    await expect(workspace.submit(late)).rejects.toMatchObject(code("operation-conflict"))
    await commit(set(1))
    await expect(workspace.submit(late)).rejects.toMatchObject(code("operation-conflict"))
    expect(workspace.graph.panel("p")?.properties.state.count).toBe(1)
    await workspace.submit({ ...late, submission: "anew" })
    expect(workspace.graph.panel("p")?.properties.state.count).toBe(9)
  })

  it("of somebody else cannot be repeated", async () => {
    const world = await kernelWith({ panels: { p: COUNTER } })
    await world.workspace.commit({ submission: "mine", cause, operations: [set(1)] })
    const eve = { actor: { kind: "person", id: "eve", name: "Eve" }, reason: "" } as const
    const stolen = world.workspace.commit({ submission: "mine", cause: eve, operations: [set(9)] })
    await expect(stolen).rejects.toMatchObject(code("conflict"))
  })
})

describe("a journal that refuses", () => {
  it("makes the workspace read-only with a clear failure, acknowledges nothing, and it recovers by itself", async () => {
    const directory = await temporaryDirectory()
    const path = join(directory, "journal.sqlite")
    const journal = await createSqliteJournal(path)
    const world = await kernelWith({ panels: { p: COUNTER }, journal, retryMs: 20 })
    const other = new DatabaseSync(path)
    other.exec("BEGIN IMMEDIATE")
    const refused = await Promise.allSettled([world.commit(set(1)), world.commit(set(2))])
    expect(refused.map(({ status }) => status)).toEqual(["rejected", "rejected"])
    expect(world.workspace.readOnly).toMatchObject({ code: "unavailable" })
    expect(world.workspace.graph.panel("p")?.properties.state.count).toBe(0)
    await expect(world.commit(set(3))).rejects.toMatchObject(code("unavailable"))
    other.exec("ROLLBACK")
    other.close()
    await expect.poll(() => world.workspace.readOnly, { timeout: 10_000 }).toBeUndefined()
    const { seq } = await world.commit(set(4))
    expect((await journal.changes("w", 0, 100)).map((change) => change.seq)).toEqual(
      Array.from({ length: seq }, (_, index) => index + 1),
    )
    expect((await replay(journal)).toSnapshot()).toEqual(world.workspace.graph.toSnapshot())
  })

  it("takes in what was written though its answer was lost", async () => {
    const inner = createMemoryJournal()
    let lose = false
    const journal: Journal = {
      ...inner,
      append: async (change, epoch) => {
        await inner.append(change, epoch)
        if (lose) throw new NexusError({ code: "unavailable", what: "The journal", detail: "the answer was lost" })
      },
    }
    const world = await kernelWith({ panels: { p: COUNTER }, journal, retryMs: 5 })
    lose = true
    const submission = { submission: "unsure", cause, operations: [set(7)] }
    await expect(world.workspace.commit(submission)).rejects.toMatchObject(code("unavailable"))
    lose = false
    await expect.poll(() => world.workspace.readOnly).toBeUndefined()
    const change = await world.workspace.commit(submission)
    expect(change.seq).toBe(world.workspace.seq)
    expect(world.workspace.graph.panel("p")?.properties.state.count).toBe(7)
    expect((await journal.changes("w", 0, 100)).filter(({ submission }) => submission === "unsure")).toHaveLength(1)
  })
})

describe("a workspace has one writer: a kernel that lost its lease can append nothing (fencing)", () => {
  it.each(["in one memory", "in one file, each with a connection of its own"])("over a journal %s", async (where) => {
    const path = join(await temporaryDirectory(), "journal.sqlite")
    const memory = createMemoryJournal()
    const journal = async () => (where === "in one memory" ? memory : await createSqliteJournal(path))
    const first = await kernelWith({ panels: { p: COUNTER }, journal: await journal() })
    const second = await kernelWith({ journal: await journal() })
    await second.commit(set(2))
    await expect(first.commit(set(1))).rejects.toMatchObject(code("lease-lost"))
    expect(second.workspace.graph.panel("p")?.properties.state.count).toBe(2)
    expect((await replay(second.journal)).panel("p")?.properties.state.count).toBe(2)
    expect(first.workspaces.get("w")).toBeUndefined()
    await second.commit(set(3))
    expect((await replay(second.journal)).toSnapshot()).toEqual(second.workspace.graph.toSnapshot())
  })
})

function slowJournal(gate: Promise<void>): { journal: Journal; hold(): void } {
  const inner = createMemoryJournal()
  let held = false
  const journal: Journal = {
    ...inner,
    append: async (change, epoch) => {
      if (held) await gate
      await inner.append(change, epoch)
    },
  }
  return {
    journal,
    hold: () => {
      held = true
    },
  }
}

function code(name: string): object {
  return { failure: { code: name } }
}
