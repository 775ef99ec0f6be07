import type { Change, Operation } from "@nexus/protocol"
import { beforeAll, describe, expect, it } from "vitest"
import { rowsOfChange } from "../src/anchor.ts"
import type { EventRow, EventStore, SpanRow } from "../src/store/event-store.ts"

/** What every store of the record promises. `open` gives one store for the whole suite; tests use workspaces of their own. */
export function eventStoreAcceptance(name: string, open: () => Promise<EventStore>): void {
  describe(`${name} as an event store`, () => {
    let store: EventStore
    let tokens = 0
    const write = (rows: readonly EventRow[]): Promise<void> => store.write(rows, `t${tokens++}`)
    beforeAll(async () => {
      store = await open()
    })

    it("gives changes back whole, in order and without a gap", async () => {
      const changes = [1, 2, 3].map((seq) => change("order", seq))
      for (const one of changes) await write(rowsOfChange(one))
      const expected = changes.map((one) => ({
        ...one,
        cause: { ...one.cause, actor: { ...one.cause.actor, name: "" } },
      }))
      expect(await store.changes("order", 0, 3)).toEqual(expected)
      expect(await store.changes("order", 1, 2)).toEqual([expected[1]])
      expect(await store.changes("order", 2, 2)).toEqual([])
    })

    it("refuses to give changes when one is missing", async () => {
      for (const seq of [1, 3]) await write(rowsOfChange(change("gap", seq)))
      await expect(store.changes("gap", 0, 3)).rejects.toThrow("change 2 is missing")
      await expect(store.changes("gap", 0, 4)).rejects.toThrow("missing")
    })

    it("keeps a batch once however often its token is tried", async () => {
      const rows = [...rowsOfChange(change("once", 1)), ran("once", "r1", 10)]
      for (const token of ["same", "same", "same"]) await store.write(rows, token)
      expect(await store.rows({ workspace: "once", from: 0, to: T + 1e6, limit: 10 })).toHaveLength(2)
      expect((await store.metrics("once", T - 1e6, T + 1e6))[0]?.runs).toBe(1)
    })

    it("keeps two equal batches of two tokens", async () => {
      for (const token of ["one", "two"]) await store.write([ran("twice", "r1", 10)], token)
      expect(await store.runRows("twice", "r1")).toHaveLength(2)
    })

    it("finds the last change at an instant, the instant included", async () => {
      for (const seq of [1, 2, 3]) await write(rowsOfChange(change("instant", seq)))
      expect(await store.seqAt("instant", T)).toBe(0)
      expect(await store.seqAt("instant", T + 999)).toBe(0)
      expect(await store.seqAt("instant", T + 1000)).toBe(1)
      expect(await store.seqAt("instant", T + 2999)).toBe(2)
      expect(await store.seqAt("instant", Number.MAX_SAFE_INTEGER)).toBe(3)
      expect(await store.seqAt("nowhere", T + 2999)).toBe(0)
    })

    it("follows the journal's order where clocks went back", async () => {
      const instants = [5000, 3000, 4000]
      for (const [index, at] of instants.entries())
        await write(rowsOfChange({ ...change("clock", index + 1), at: T + at }))
      expect(await store.seqAt("clock", T + 3500)).toBe(2)
      expect(await store.seqAt("clock", T + 9000)).toBe(3)
    })

    it("keeps changes of many days", async () => {
      const day = 86_400_000
      for (const seq of [1, 2, 3]) await write(rowsOfChange({ ...change("days", seq), at: T + seq * day }))
      expect(await store.changes("days", 0, 3)).toHaveLength(3)
      expect(await store.seqAt("days", T + 2.5 * day)).toBe(2)
      expect(await store.rows({ workspace: "days", from: T + 2 * day, to: T + 3 * day, limit: 10 })).toHaveLength(2)
    })

    it("gives the nearest snapshot at or before a change", async () => {
      for (const seq of [10, 20])
        await store.writeSnapshot({ workspace: "snap", seq, entities: [], relationships: [] }, T)
      expect((await store.snapshotBefore("snap", 25))?.seq).toBe(20)
      expect((await store.snapshotBefore("snap", 20))?.seq).toBe(20)
      expect((await store.snapshotBefore("snap", 19))?.seq).toBe(10)
      expect(await store.snapshotBefore("snap", 9)).toBeUndefined()
    })

    it("names the changes that can have given a state its value, newest first", async () => {
      const set = (path: string, panel = "p1"): Operation => ({ kind: "state_set", panel, path: [path], value: 1 })
      const operations = [[panel("p1")], [set("a")], [set("b")], [set("a", "p2")], [set("a"), set("b")]]
      for (const [index, list] of operations.entries()) await write(rowsOfChange(change("touch", index + 1, list)))
      expect(await store.touching("touch", "p1", "a", 100, 10)).toEqual([5, 2, 1])
      expect(await store.touching("touch", "p1", "b", 5, 10)).toEqual([3, 1])
      expect(await store.touching("touch", "p1", "a", 100, 1)).toEqual([5])
    })

    it("tells the workspace's history without the rows of single objects, and an object's with them", async () => {
      await write(rowsOfChange(change("story", 1, [panel("p1")])))
      await write(rowsOfChange(change("story", 2, [{ kind: "state_set", panel: "p1", path: ["a"], value: 1 }])))
      await write([ran("story", "r1", 5)])
      const range = { workspace: "story", from: 0, to: T + 1e6, limit: 10 }
      expect((await store.rows(range)).map(({ type }) => type)).toEqual([
        "change_committed",
        "change_committed",
        "execution_completed",
      ])
      expect((await store.rows({ ...range, object: "p1" })).map(({ type }) => type)).toEqual([
        "state_changed",
        "panel_added",
        "execution_completed",
      ])
      expect(await store.rows({ ...range, limit: 1 })).toHaveLength(1)
    })

    it("gives rows back as they were written", async () => {
      const row: EventRow = {
        ...ran("same", "r'1\n\\", 12.5),
        traceId: "ab".repeat(16),
        payload: '{"text":"é \\" \\n ∑"}',
      }
      await write([row])
      expect(await store.runRows("same", row.run)).toEqual([row])
    })

    it("counts runs, failures and percentiles of each handler", async () => {
      const runs = Array.from({ length: 100 }, (_, index) =>
        ran("metrics", `r${index}`, index + 1, index % 10 === 0 ? "failed" : "finished"),
      )
      await write([...runs, ran("metrics", "w", 9999, "waiting")])
      const [found] = await store.metrics("metrics", T, T)
      expect(found).toMatchObject({ panel: "p1", handler: "add", runs: 100, failed: 10 })
      expect(Math.abs((found?.p50Ms ?? 0) - 50)).toBeLessThan(3)
      expect(Math.abs((found?.p95Ms ?? 0) - 95)).toBeLessThan(3)
      expect(Math.abs((found?.p99Ms ?? 0) - 99)).toBeLessThan(3)
      expect(await store.metrics("metrics", T + 3.6e6, T + 7.2e6)).toEqual([])
    })

    it("gives the runs of a handler by five minutes, oldest first", async () => {
      const later = [0, 0, 600_000].map((ms, index) => ({ ...ran("series", `r${index}`, 10), at: T + 7000 + ms }))
      await write(later)
      const point = { panel: "p1", handler: "add", failed: 0, p95Ms: 10 }
      expect(await store.series("series", T, T + 1e6)).toEqual([
        { ...point, at: T, runs: 2 },
        { ...point, at: T + 600_000, runs: 1 },
      ])
      expect(await store.series("series", T + 500_000, T + 1e6)).toHaveLength(1)
    })

    it("gathers the spans and events of a trace", async () => {
      const traceId = "cd".repeat(16)
      const span: SpanRow = {
        traceId,
        spanId: "ef".repeat(8),
        parentId: "",
        workspace: "trace",
        service: "kernel",
        name: "commit",
        kind: "internal",
        start: T + 0.25,
        durationMs: 1.5,
        status: "ok",
        attributes: "{}",
      }
      await store.writeSpans([span, { ...span, spanId: "aa".repeat(8), parentId: span.spanId, start: T + 0.5 }], "s1")
      await store.writeSpans([span], "s1")
      await write([{ ...ran("trace", "r1", 1), traceId }])
      const found = await store.trace(traceId)
      expect(found.spans.map(({ spanId, start }) => [spanId, start])).toEqual([
        ["ef".repeat(8), T + 0.25],
        ["aa".repeat(8), T + 0.5],
      ])
      expect(found.events).toHaveLength(1)
    })

    it("knows the newest change of every workspace", async () => {
      for (const seq of [1, 2]) await write(rowsOfChange(change("newest", seq)))
      expect((await store.newest()).get("newest")).toEqual({ seq: 2, submission: "sub_2" })
    })

    it("forgets a workspace and nothing else", async () => {
      for (const workspace of ["gone", "stays"])
        await write([...rowsOfChange(change(workspace, 1)), ran(workspace, "r1", 3)])
      await store.writeSnapshot({ workspace: "gone", seq: 1, entities: [], relationships: [] }, T)
      await store.forget("gone")
      expect(await store.seqAt("gone", T + 1e6)).toBe(0)
      expect(await store.snapshotBefore("gone", 9)).toBeUndefined()
      expect(await store.metrics("gone", T - 1e6, T + 1e6)).toEqual([])
      expect(await store.seqAt("stays", T + 1e6)).toBe(1)
      await write(rowsOfChange(change("gone", 1)))
      expect(await store.changes("gone", 0, 1)).toHaveLength(1)
    })
  })
}

/** 14 March 2026, 09:00 UTC. */
const T = Date.UTC(2026, 2, 14, 9)

function change(workspace: string, seq: number, operations: Operation[] = [panel(`p${seq}`)]): Change {
  const actor = { kind: "person", id: "user_ann", name: "Ann" } as const
  const cause = { actor, reason: `step ${seq}` }
  return { workspace, seq, submission: `sub_${seq}`, cause, operations, at: T + seq * 1000 }
}

function panel(id: string): Operation {
  const properties = { source: "", frame: { x: 0, y: 0, w: 100, h: 100 }, title: id, state: {}, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: id, properties, scope: "" } }
}

function ran(workspace: string, run: string, durationMs: number, status = "finished"): EventRow {
  return {
    workspace,
    objectType: "Panel",
    objectId: "p1",
    at: T,
    seq: 0,
    type: "execution_completed",
    version: 1,
    process: "PanelExecution",
    actorKind: "",
    actorId: "",
    run,
    handler: "add",
    traceId: "",
    state: "",
    status,
    durationMs,
    payload: "{}",
  }
}
