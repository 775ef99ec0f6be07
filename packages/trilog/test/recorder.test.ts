import { type Change, NexusError } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { createRecorder, type Recorder, type RecorderOptions } from "../src/recorder.ts"
import type { EventRow, EventStore } from "../src/store/event-store.ts"
import { createMemoryStore } from "../src/store/memory.ts"
import { createJournal, panelAdded, START, type TestJournal, WORKSPACE, workspaceAdded } from "./journal.ts"
import { until } from "./real-store.ts"

const recorders: Recorder[] = []
afterEach(async () => {
  await Promise.all(recorders.splice(0).map((recorder) => recorder.close(0)))
})

function recorderOf(store: EventStore, journal: TestJournal, options: Partial<RecorderOptions> = {}): Recorder {
  const recorder = createRecorder({
    store,
    source: journal,
    clock: () => START,
    log: () => {},
    session: "test",
    flushMs: 5,
    ...options,
  })
  recorders.push(recorder)
  return recorder
}

function journalOf(changes: number): TestJournal {
  const journal = createJournal()
  journal.commit([workspaceAdded(), panelAdded("p1", { n: 0 })])
  for (let n = 1; n < changes; n += 1) journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: n }])
  return journal
}

const seqs = (changes: readonly Change[]): number[] => changes.map(({ seq }) => seq)
const numbers = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1)

const event: EventRow = {
  workspace: WORKSPACE,
  objectType: "Panel",
  objectId: "p1",
  at: START,
  seq: 0,
  type: "execution_completed",
  version: 1,
  process: "",
  actorKind: "",
  actorId: "",
  run: "r1",
  handler: "add",
  traceId: "",
  state: "",
  status: "finished",
  durationMs: 1,
  payload: "{}",
}

/** A store that can be away: every write fails while `away`. */
function failingStore(): EventStore & { away: boolean; tokens: string[] } {
  const store = createMemoryStore()
  const failing = {
    ...store,
    away: false,
    tokens: [] as string[],
    async write(rows: readonly EventRow[], token: string) {
      failing.tokens.push(token)
      if (failing.away) throw new Error("connect ECONNREFUSED")
      await store.write(rows, token)
    },
  }
  return failing
}

describe("the recorder", () => {
  it("forgets at its start a workspace that is no more, though the journal still has it", async () => {
    const [store, journal] = [createMemoryStore(), journalOf(3)]
    const first = recorderOf(store, journal)
    expect(await first.settle(WORKSPACE, 5000)).toBe(true)
    await first.close()
    expect((await store.newest()).size).toBe(1)
    const second = recorderOf(store, journal, { source: { changes: journal.changes, workspaces: async () => [] } })
    expect(await second.settle(undefined, 5000)).toBe(true)
    expect((await store.newest()).size).toBe(0)
  })

  it("drops what is queued of a workspace that is forgotten", async () => {
    const [store, journal] = [createMemoryStore(), journalOf(1)]
    const recorder = recorderOf(store, journal, { flushMs: 60_000 })
    await recorder.settle(WORKSPACE, 5000)
    recorder.event(event)
    await recorder.forget(WORKSPACE)
    expect(recorder.status().queued).toBe(0)
    expect((await store.newest()).size).toBe(0)
  })

  it("reads from the journal what was committed before it started", async () => {
    const store = createMemoryStore()
    const recorder = recorderOf(store, journalOf(1300))
    expect(await recorder.settle(WORKSPACE, 5000)).toBe(true)
    expect(seqs(await store.changes(WORKSPACE, 0, 1300))).toEqual(numbers(1300))
  })

  it("drops and counts what a full queue cannot take, and loses no change", async () => {
    const store = createMemoryStore()
    const journal = journalOf(1)
    const recorder = recorderOf(store, journal, { capacity: 10 })
    await recorder.settle(WORKSPACE, 5000)
    journal.listeners.push((change) => recorder.change(change))
    for (let n = 1; n <= 100; n += 1) {
      journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: n }])
      recorder.event(event)
    }
    expect(recorder.status().dropped).toBe(180)
    expect(await recorder.settle(WORKSPACE, 5000)).toBe(true)
    expect(seqs(await store.changes(WORKSPACE, 0, 101))).toEqual(numbers(101))
    expect(await store.runRows(WORKSPACE, "r1")).toHaveLength(10)
  })

  it("keeps a prefix of the journal when changes come late, twice or not at all", async () => {
    const store = createMemoryStore()
    const journal = journalOf(60)
    const hidden = { ...journal, changes: async () => [] as Change[] }
    const recorder = recorderOf(store, { ...hidden, workspaces: async () => [WORKSPACE] } as TestJournal)
    await recorder.settle(WORKSPACE, 5000)
    for (const seq of [1, 2, 2, 3, 1, 5, 6]) {
      const change = journal.all[seq - 1]
      if (change) recorder.change(change)
    }
    await recorder.settle(undefined, 5000)
    const newest = (await store.newest()).get(WORKSPACE)
    expect(newest?.seq).toBe(3)
    expect(seqs(await store.changes(WORKSPACE, 0, 3))).toEqual([1, 2, 3])
  })

  it("tries a batch again under the same token until the store is back", async () => {
    const store = failingStore()
    const journal = journalOf(1)
    const recorder = recorderOf(store, journal)
    await recorder.settle(WORKSPACE, 5000)
    store.away = true
    store.tokens.length = 0
    recorder.event(event)
    await until(() => store.tokens.length >= 3)
    expect(new Set(store.tokens).size).toBe(1)
    expect(recorder.status().failing).toContain("ECONNREFUSED")
    expect(await recorder.settle(WORKSPACE, 20)).toBe(false)
    store.away = false
    expect(await recorder.settle(WORKSPACE, 5000)).toBe(true)
    expect(await store.runRows(WORKSPACE, "r1")).toHaveLength(1)
    expect(recorder.status()).toEqual({ queued: 0, dropped: 0, lagMs: 0, failing: undefined })
  })

  it("gives up on records that the store itself refuses, and counts them", async () => {
    const store = createMemoryStore()
    const refused = new NexusError({ code: "invalid-input", detail: "Cannot parse input" })
    const picky: EventStore = { ...store, writeSpans: async () => Promise.reject(refused) }
    const recorder = recorderOf(picky, journalOf(1))
    recorder.span({} as never)
    recorder.event(event)
    await until(() => recorder.status().dropped === 1)
    await until(async () => (await store.runRows(WORKSPACE, "r1")).length === 1)
  })

  it("starts over with a workspace whose record is of another history", async () => {
    const store = createMemoryStore()
    const other = journalOf(5)
    await recorderOf(store, other).settle(WORKSPACE, 5000)
    const journal = createJournal()
    journal.commit([workspaceAdded()])
    const renamed = {
      ...journal,
      changes: async (...asked: Parameters<TestJournal["changes"]>) =>
        (await journal.changes(...asked)).map((change) => ({ ...change, submission: "sub_other" })),
    }
    const recorder = recorderOf(store, renamed, { session: "later" })
    expect(await recorder.settle(WORKSPACE, 5000)).toBe(true)
    expect((await store.newest()).get(WORKSPACE)).toEqual({ seq: 1, submission: "sub_other" })
  })

  it("survives a journal that cannot be read for a while", async () => {
    const store = createMemoryStore()
    const journal = journalOf(3)
    let broken = true
    const flaky = {
      ...journal,
      changes: async (...asked: Parameters<TestJournal["changes"]>) => {
        if (broken) throw new Error("database is locked")
        return await journal.changes(...asked)
      },
    }
    const recorder = recorderOf(store, flaky)
    expect(await recorder.settle(WORKSPACE, 200)).toBe(false)
    broken = false
    expect(await recorder.settle(WORKSPACE, 5000)).toBe(true)
    expect(await store.seqAt(WORKSPACE, START + 1e6)).toBe(3)
  })

  it("writes what is queued before it closes, and counts what comes later as dropped", async () => {
    const store = createMemoryStore()
    const recorder = recorderOf(store, journalOf(1), { flushMs: 60_000 })
    recorder.event(event)
    await recorder.close()
    expect(await store.runRows(WORKSPACE, "r1")).toHaveLength(1)
    recorder.event(event)
    expect(recorder.status().dropped).toBe(1)
  })
})
