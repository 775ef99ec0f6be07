import { apply, equalJson, Graph, type Json, type Operation, readPath, type StatePath } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { pathText, rowsOfChange } from "../../src/anchor.ts"
import type { EventStore } from "../../src/store/event-store.ts"
import { createJournalReader } from "../../src/store/journal-reader.ts"
import { createMemoryStore } from "../../src/store/memory.ts"
import { keyedPath } from "../../src/twin/touch.ts"
import { type WhyChain, whyOf } from "../../src/twin/why.ts"
import {
  ann,
  createJournal,
  panelAdded,
  randomFrom,
  randomStateOperation,
  type TestJournal,
  WORKSPACE,
  workspaceAdded,
} from "../journal.ts"

function journalOf(state: { [name: string]: Json }): TestJournal {
  const journal = createJournal()
  journal.commit([workspaceAdded()])
  journal.commit([panelAdded("p1", state)])
  return journal
}

async function why(journal: TestJournal, path: StatePath, at = Number.MAX_SAFE_INTEGER): Promise<WhyChain> {
  const reader = createJournalReader(journal, createMemoryStore())
  const changeOf = async (seq: number) => journal.all[seq - 1]
  return await whyOf(reader, { workspace: WORKSPACE, panel: "p1", path, at }, changeOf)
}

const seqOf = ({ links }: WhyChain): number | undefined => (links[0]?.kind === "change" ? links[0].seq : undefined)
const set = (path: StatePath, value: Json): Operation => ({ kind: "state_set", panel: "p1", path: [...path], value })
const insert = (index: number, ...items: Json[]): Operation => ({
  kind: "state_splice",
  panel: "p1",
  path: ["items"],
  index,
  remove: [],
  insert: items,
})

describe("why", () => {
  it("finds the splice that inserted an item, past splices of its neighbours", async () => {
    const journal = journalOf({ items: [] })
    journal.commit([insert(0, { id: 1, title: "Milk" })])
    journal.commit([insert(0, { id: 2, title: "Tea" })])
    journal.commit([{ kind: "state_splice", panel: "p1", path: ["items"], index: 0, remove: [{ key: 2 }], insert: [] }])
    expect(seqOf(await why(journal, ["items", { key: 1 }, "title"]))).toBe(3)
    expect(seqOf(await why(journal, ["items"]))).toBe(5)
  })

  it("means by an index the item that stands there, whatever stood there before", async () => {
    const journal = journalOf({ items: [] })
    journal.commit([insert(0, { id: 1, title: "Milk" })])
    journal.commit([insert(0, { id: 2, title: "Tea" })])
    const chain = await why(journal, ["items", { index: 1 }, "title"])
    expect([chain.value, seqOf(chain), chain.path]).toEqual(["Milk", 3, ["items", { key: 1 }, "title"]])
    expect(seqOf(await why(journal, ["items", "0", "title"]))).toBe(4)
  })

  it("follows items without keys by the value that stands at the place", async () => {
    const journal = journalOf({ rows: ["a"] })
    journal.commit([{ kind: "state_splice", panel: "p1", path: ["rows"], index: 0, remove: [], insert: ["b"] }])
    journal.commit([{ kind: "state_splice", panel: "p1", path: ["rows"], index: 2, remove: [], insert: ["c"] }])
    expect(seqOf(await why(journal, ["rows", { index: 1 }]))).toBe(3)
    expect(seqOf(await why(journal, ["rows", { index: 2 }]))).toBe(4)
  })

  it("passes over a list written whole when this item stayed the same", async () => {
    const journal = journalOf({ items: [] })
    journal.commit([insert(0, { id: 1, title: "Milk", done: false })])
    journal.commit([set(["items"], [{ id: 1, title: "Milk", done: true }])])
    expect(seqOf(await why(journal, ["items", { key: 1 }, "title"]))).toBe(3)
    expect(seqOf(await why(journal, ["items", { key: 1 }, "done"]))).toBe(4)
  })

  it("counts what was written below the place, and the same value written again", async () => {
    const journal = journalOf({ deep: { a: 1 }, n: 0 })
    journal.commit([set(["deep", "a"], 2)])
    journal.commit([set(["n"], 0)])
    expect(seqOf(await why(journal, ["deep"]))).toBe(3)
    expect(seqOf(await why(journal, ["n"]))).toBe(4)
  })

  it("names the change that made the panel for a value nobody changed", async () => {
    const journal = journalOf({ n: 7 })
    journal.commit([panelAdded("p2", { n: 1 })])
    const chain = await why(journal, ["n"])
    expect([chain.value, seqOf(chain)]).toEqual([7, 2])
    expect(chain.links.at(-1)).toMatchObject({ kind: "person", actor: ann })
  })

  it("names the change that removed a value", async () => {
    const journal = journalOf({ deep: { a: 1 } })
    journal.commit([{ kind: "state_unset", panel: "p1", path: ["deep", "a"] }])
    const chain = await why(journal, ["deep", "a"])
    expect([chain.value, seqOf(chain)]).toEqual([undefined, 3])
  })

  it("is not led astray by another state or another panel", async () => {
    const journal = journalOf({ n: 0, m: 0 })
    journal.commit([panelAdded("p2", { n: 0 })])
    journal.commit([set(["n"], 1)])
    journal.commit([set(["m"], 1), { kind: "state_set", panel: "p2", path: ["n"], value: 9 }])
    expect(seqOf(await why(journal, ["n"]))).toBe(4)
  })

  it("goes from a watching handler back to the change it watched", async () => {
    const journal = journalOf({ n: 0, total: 0 })
    journal.commit([set(["n"], 5)])
    const run = { id: "run_1", panel: "p1", handler: "sum", turn: 0, trigger: "change" } as const
    const actor = { kind: "handler", id: "p1.sum", name: "sum" } as const
    journal.commit([set(["total"], 5)], { run, actor, parent: 3 })
    const { links } = await why(journal, ["total"])
    expect(links.map(({ kind }) => kind)).toEqual(["change", "run", "trigger", "change", "person"])
    expect(links[3]).toMatchObject({ seq: 3 })
  })

  it("names the AI and the person who accepted its patch", async () => {
    const journal = journalOf({ n: 0 })
    const actor = { kind: "ai", id: "assistant", name: "Assistant" } as const
    journal.commit([set(["n"], 1)], { actor, approver: ann, patch: "patch_1" })
    const { links } = await why(journal, ["n"])
    expect(links.at(-1)).toMatchObject({
      kind: "ai",
      approver: ann,
      sentence: "The AI (Assistant) proposed it. Ann Example accepted it.",
    })
  })

  it("agrees with replaying everything, for every place of a random history", async () => {
    for (const seed of [1, 2, 3, 4]) {
      const random = randomFrom(seed)
      const journal = journalOf({ items: [], n: 0, rows: [1, 2, 3], deep: {} })
      for (let step = 0; step < 60; step += 1) {
        const state = journal.graph.panel("p1")?.properties.state ?? {}
        journal.commit([randomStateOperation("p1", state, random, `${step}`)])
      }
      const state = journal.graph.panel("p1")?.properties.state ?? {}
      const store = await storeOf(journal)
      for (const path of placesIn(state)) {
        const expected = lastTouchByReplay(journal, path)
        const at = Number.MAX_SAFE_INTEGER
        const asked = { workspace: WORKSPACE, panel: "p1", path, at }
        const found = [await why(journal, path), await whyOf(store, asked, async (seq) => journal.all[seq - 1])]
        expect(found.map(seqOf), `seed ${seed}, ${pathText(path)}`).toEqual([expected, expected])
        expect(found[0]?.value).toEqual(readPath(state, path))
      }
    }
  })
})

async function storeOf(journal: TestJournal): Promise<EventStore> {
  const store = createMemoryStore()
  for (const change of journal.all) await store.write(rowsOfChange(change), String(change.seq))
  return store
}

function placesIn(value: Json, path: StatePath = []): StatePath[] {
  const here = path.length > 0 ? [path] : []
  if (typeof value !== "object" || value === null) return here
  const below = Array.isArray(value)
    ? value.flatMap((item: Json, index) => placesIn(item, [...path, { index }]))
    : Object.entries(value).flatMap(([name, item]) => placesIn(item, [...path, name]))
  return [...here, ...below]
}

/** The slow truth: a change touched the place when its value is another after it, or when it wrote there by name. */
function lastTouchByReplay(journal: TestJournal, asked: StatePath): number | undefined {
  const path = keyedPath(journal.graph.panel("p1")?.properties.state ?? {}, asked)
  const graph = new Graph()
  const valueNow = (): Json | undefined => readPath(graph.panel("p1")?.properties.state ?? {}, path)
  let last: number | undefined
  for (const { seq, operations } of journal.all) {
    const before = valueNow()
    apply(graph, operations)
    const named = path.every((step) => typeof step === "string" || "key" in step)
    const wrote = operations.some(
      (operation) =>
        named &&
        (operation.kind === "state_set" || operation.kind === "state_unset") &&
        `${pathText(operation.path)}.`.startsWith(`${pathText(path)}.`),
    )
    if (wrote || !equalJson(before, valueNow())) last = seq
  }
  return last
}
