import { type Change, NexusError, type Operation } from "@nexus/protocol"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Journal } from "../src/storage/journal.ts"

/** What every journal promises. An adapter's test calls this with a way to make an empty one. */
export function journalKeepsItsWord(name: string, create: () => Promise<Journal>): void {
  describe(`the ${name} journal`, () => {
    let journal: Journal
    beforeEach(async () => {
      journal = await create()
      await journal.create("w")
    })
    afterEach(() => journal.close())

    it("gives back what was appended, in order and in pages", async () => {
      const epoch = await journal.acquire("w")
      for (const seq of [1, 2, 3]) await journal.append(change(seq), epoch)
      expect(await journal.changes("w", 0, 10)).toEqual([change(1), change(2), change(3)])
      expect((await journal.changes("w", 1, 1)).map(({ seq }) => seq)).toEqual([2])
      expect(await journal.changes("w", 3, 10)).toEqual([])
    })

    it("takes many appends at once and keeps their order", async () => {
      const epoch = await journal.acquire("w")
      await Promise.all(Array.from({ length: 200 }, (_, index) => journal.append(change(index + 1), epoch)))
      expect((await journal.changes("w", 0, 1000)).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 200 }, (_, index) => index + 1),
      )
    })

    it("refuses a seq that is not the next, and one refusal does not harm its neighbours", async () => {
      const epoch = await journal.acquire("w")
      const results = await Promise.allSettled([
        journal.append(change(1), epoch),
        journal.append(change(3), epoch),
        journal.append(change(2), epoch),
      ])
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
      await expect(journal.append(change(1), epoch)).rejects.toThrow(NexusError)
      await expect(journal.append({ ...change(9), submission: "other" }, epoch)).rejects.toMatchObject(code("conflict"))
    })

    it("holds a submission once per workspace", async () => {
      const epoch = await journal.acquire("w")
      await journal.append(change(1), epoch)
      await expect(journal.append({ ...change(2), submission: "s1" }, epoch)).rejects.toMatchObject(code("conflict"))
      expect(await journal.find("w", "s1")).toEqual(change(1))
      expect(await journal.find("w", "s2")).toBeUndefined()
      await journal.create("other")
      const otherEpoch = await journal.acquire("other")
      await journal.append({ ...change(1), workspace: "other" }, otherEpoch)
      expect(await journal.find("other", "s1")).toMatchObject({ workspace: "other" })
    })

    it("lets a writer that lost its place append nothing and save no snapshot", async () => {
      const first = await journal.acquire("w")
      const second = await journal.acquire("w")
      expect(second).toBeGreaterThan(first)
      await expect(journal.append(change(1), first)).rejects.toMatchObject(code("lease-lost"))
      await expect(journal.saveSnapshot(snapshot(0), first)).rejects.toMatchObject(code("lease-lost"))
      await journal.append(change(1), second)
      expect(await journal.changes("w", 0, 10)).toEqual([change(1)])
    })

    it("has one answer for each of many submissions, whatever stands between them", async () => {
      const epoch = await journal.acquire("w")
      const results = await Promise.allSettled([
        journal.append(change(1), epoch),
        journal.append({ ...change(2), submission: "s1" }, epoch),
        journal.append(change(2), epoch),
        journal.append(change(3), epoch - 1),
        journal.append(change(3), epoch),
      ])
      expect(results.map(({ status }) => status === "fulfilled")).toEqual([true, false, true, false, true])
      expect((await journal.changes("w", 0, 10)).map(({ submission }) => submission)).toEqual(["s1", "s2", "s3"])
    })

    it("holds workspaces apart: one that is refused does not hold another up", async () => {
      const names = ["a", "b", "c"]
      const epochs = new Map<string, number>()
      for (const name of names) {
        await journal.create(name)
        epochs.set(name, await journal.acquire(name))
      }
      const lost = await journal.acquire("b")
      expect(lost).toBeGreaterThan(epochs.get("b") ?? 0)
      const appends = Array.from({ length: 30 }, (_, index) => index + 1).flatMap((seq) =>
        names.map(async (name) => {
          await journal.append({ ...change(seq), workspace: name }, epochs.get(name) ?? 0)
        }),
      )
      const results = await Promise.allSettled(appends)
      expect(results.filter(({ status }) => status === "rejected")).toHaveLength(30)
      for (const [name, count] of [
        ["a", 30],
        ["b", 0],
        ["c", 30],
      ] as const)
        expect(await journal.changes(name, 0, 100)).toHaveLength(count)
    })

    it("shows what was appended as soon as that is acknowledged, to every way of asking", async () => {
      const epoch = await journal.acquire("w")
      for (let seq = 1; seq <= 5; seq += 1) {
        await journal.append(change(seq), epoch)
        expect((await journal.changes("w", seq - 1, 10)).map((each) => each.seq)).toEqual([seq])
        expect(await journal.find("w", `s${seq}`)).toEqual(change(seq))
      }
    })

    it("keeps a void epoch void: no later acquire brings an earlier writer back", async () => {
      const epochs: number[] = []
      for (let round = 0; round < 4; round += 1) epochs.push(await journal.acquire("w"))
      expect([...epochs].sort((a, b) => a - b)).toEqual(epochs)
      const last = epochs.pop() ?? 0
      for (const earlier of epochs) {
        await expect(journal.append(change(1), earlier)).rejects.toMatchObject(code("lease-lost"))
      }
      await journal.append(change(1), last)
    })

    it("gives every text back as it was", async () => {
      const epoch = await journal.acquire("w")
      const odd = { ...change(1), cause: { ...change(1).cause, reason: "\u0000 \ud83d \u2028 🙂 é \\ ' \"" } }
      await journal.append(odd, epoch)
      expect(await journal.changes("w", 0, 10)).toEqual([odd])
      await journal.values.set("w", "secrets", "token", JSON.stringify(odd))
      expect(await journal.values.get("w", "secrets", "token")).toBe(JSON.stringify(odd))
    })

    it("knows only workspaces that were created", async () => {
      await expect(journal.acquire("nowhere")).rejects.toMatchObject(code("not-found"))
      await journal.create("another")
      await journal.create("another")
      expect(await journal.workspaces()).toEqual(["another", "w"])
      expect(await journal.changes("nowhere", 0, 10)).toEqual([])
    })

    it("gives the newest snapshot", async () => {
      const epoch = await journal.acquire("w")
      expect(await journal.loadSnapshot("w")).toBeUndefined()
      for (const seq of [5, 10, 15]) await journal.saveSnapshot(snapshot(seq), epoch)
      expect(await journal.loadSnapshot("w")).toEqual(snapshot(15))
    })

    it("keeps values apart by workspace and space", async () => {
      const { values } = journal
      await values.set("w", "kv:a", "one", "1")
      await values.set("w", "kv:a", "one", "2")
      await values.set("w", "kv:a", "two", "3")
      await values.set("w", "kv:b", "one", "4")
      await values.set("other", "kv:a", "one", "5")
      expect(await values.get("w", "kv:a", "one")).toBe("2")
      expect(await values.list("w", "kv:a", "", 10)).toEqual([
        ["one", "2"],
        ["two", "3"],
      ])
      expect(await values.list("w", "kv:a", "t", 10)).toEqual([["two", "3"]])
      for (const key of ["p%1", "p_1", "px1"]) await values.set("w", "kv:a", key, "6")
      for (const key of ["p%", "p_"]) expect(await values.list("w", "kv:a", key, 10)).toEqual([[`${key}1`, "6"]])
      expect((await values.list("w", "kv:a", "p", 2)).map(([key]) => key)).toEqual(["p%1", "p_1"])
      await values.set("w", "secrets", "token", "7")
      expect(await values.spaces("w", "kv:")).toEqual(["kv:a", "kv:b"])
      expect(await values.spaces("nobody", "")).toEqual([])
      await values.set("w", "kv:a", "one", undefined)
      expect(await values.get("w", "kv:a", "one")).toBeUndefined()
      expect(await values.get("w", "kv:b", "one")).toBe("4")
    })
  })
}

const operation: Operation = {
  kind: "entity_add",
  entity: { id: "w", kind: "workspace", name: "W", properties: { deep: [1, { a: null }] }, scope: "" },
}

function change(seq: number): Change {
  return {
    workspace: "w",
    seq,
    submission: `s${seq}`,
    cause: { actor: { kind: "person", id: "ada", name: "Ada" }, reason: "a test" },
    operations: [operation],
    at: 1000 + seq,
  }
}

function snapshot(seq: number) {
  const entity = { id: "w", kind: "workspace" as const, name: `at ${seq}`, properties: {}, scope: "" as const }
  return { workspace: "w", seq, entities: [entity], relationships: [] }
}

function code(name: string): object {
  return { failure: { code: name } }
}
