import { Graph } from "@nexus/protocol"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type ChangeSource, createTriLog, type TriLog } from "../src/index.ts"
import {
  ann,
  createJournal,
  panelAdded,
  randomFrom,
  randomOperation,
  START,
  type TestJournal,
  WORKSPACE,
  workspaceAdded,
} from "./journal.ts"
import { temporaryFolder, until } from "./real-store.ts"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
const opened: TriLog[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((trilog) => trilog.close()))
})
afterAll(() => folder.remove())

const retentionDays = 10_000
const LATER = START + 1e9
let folders = 0

async function trilogOf(
  journal: TestJournal,
  options: Partial<Parameters<typeof createTriLog>[0]> = {},
): Promise<TriLog> {
  const dataDir = `${folder.path}/${folders++}`
  const trilog = await createTriLog({ dataDir, source: journal, retentionDays, clock: () => LATER, ...options })
  journal.listeners.push((change) => trilog.recordChange(change))
  opened.push(trilog)
  return trilog
}

/** Waits until the backend itself answers for `workspace`: on a busy machine catching up may outlast one reading's patience. */
async function caughtUp(trilog: TriLog, workspace: string): Promise<void> {
  await until(async () => (await trilog.workspaceAt(workspace, LATER)).source === trilog.status().backend, 15_000)
}

const backends = [
  { name: "ClickHouse", options: {} },
  { name: "the journal", options: { embedded: false } },
]

describe.each(backends)("a record on $name", ({ options }) => {
  const journals = new Map<string, TestJournal>()
  const source: ChangeSource = {
    changes: async (workspace, after, limit) => (await journals.get(workspace)?.changes(workspace, after, limit)) ?? [],
    workspaces: async () => [...journals.keys()],
  }
  let trilog: TriLog
  beforeAll(async () => {
    const { path } = folder
    trilog = await createTriLog({
      dataDir: `${path}/${folders++}`,
      source,
      retentionDays,
      clock: () => LATER,
      ...options,
    })
    await trilog.ready
  })
  afterAll(() => trilog.close())

  /** A workspace of this test alone, recorded by the `trilog` of all. */
  function workspaceOf(stepMs = 1000): { journal: TestJournal; workspace: string } {
    const workspace = `w_${journals.size}`
    const journal = createJournal(workspace, stepMs)
    journals.set(workspace, journal)
    journal.listeners.push((change) => trilog.recordChange(change))
    return { journal, workspace }
  }

  it("the twin at now equals the graph, and at any past moment the graph of then", async () => {
    const seed = 20260314
    const random = randomFrom(seed)
    const { journal, workspace } = workspaceOf(120_000)
    const moments = [{ at: START - 1, snapshot: new Graph().toSnapshot() }]
    journal.commit([workspaceAdded(workspace)])
    for (let step = 0; step < 700; step += 1) {
      const change = journal.commit([randomOperation(journal.graph, random, `${step}`, workspace)])
      if (random() < 0.02) moments.push({ at: change.at, snapshot: journal.graph.toSnapshot() })
    }
    moments.push({ at: LATER, snapshot: journal.graph.toSnapshot() })
    await caughtUp(trilog, workspace)
    for (const { at, snapshot } of moments) {
      const { entities, relationships, source } = await trilog.workspaceAt(workspace, at)
      expect({ entities, relationships }, `seed ${seed}, at ${at}`).toEqual(snapshot)
      expect(source).toBe(trilog.status().backend)
    }
    expect((await trilog.workspaceAt(workspace, LATER)).seq).toBe(journal.all.length)
  })

  it("shows a change in the twin as soon as it was recorded", async () => {
    const { journal, workspace } = workspaceOf()
    journal.commit([workspaceAdded(workspace), panelAdded("p1", { n: 0 }, workspace)])
    for (let n = 1; n <= 5; n += 1) {
      journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: n }])
      const { seq, entities } = await trilog.workspaceAt(workspace, LATER)
      expect([seq, entities.find(({ id }) => id === "p1")?.properties.state]).toEqual([n + 1, { n }])
    }
  })

  it("tells the same story of a workspace and of a panel", async () => {
    const { journal, workspace } = workspaceOf()
    journal.commit([workspaceAdded(workspace)])
    journal.commit([panelAdded("p1", { n: 0 }, workspace)], { reason: "added p1" })
    trilog.recordEvent({
      type: "execution_completed",
      workspace,
      panel: "p1",
      at: START + 1500,
      run: "r1",
      handler: "add",
      status: "finished",
      durationMs: 4,
    })
    journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: 1 }], { reason: "counted" })
    const told = await trilog.timeline(workspace, START, START + 1e6)
    expect(told.map(({ type, summary, actor }) => [type, summary, actor?.name])).toEqual([
      ["change_committed", "counted", "Ann Example"],
      ["execution_completed", "add finished in 4.0 ms", undefined],
      ["change_committed", "added p1", "Ann Example"],
      ["change_committed", "step 1", "Ann Example"],
    ])
    const ofPanel = await trilog.timeline(workspace, START, START + 1e6, 10, "p1")
    expect(ofPanel.map(({ type, seq }) => [type, seq])).toEqual([
      ["state_changed", 3],
      ["execution_completed", undefined],
      ["panel_added", 2],
    ])
    expect(await trilog.timeline(workspace, START + 1900, START + 1e6)).toHaveLength(1)
    expect(await trilog.timeline(workspace, START, START + 1e6, 1)).toHaveLength(1)
  })

  it("says what is different between two moments", async () => {
    const { journal, workspace } = workspaceOf()
    journal.commit([
      workspaceAdded(workspace),
      panelAdded("p1", { n: 0, items: [{ id: 1, done: false }] }, workspace),
      panelAdded("p2", {}, workspace),
    ])
    journal.commit([{ kind: "state_set", panel: "p1", path: ["items", { key: 1 }, "done"], value: true }])
    journal.commit([{ kind: "entity_remove", id: "p2" }, panelAdded("p3", {}, workspace)])
    const diff = await trilog.diff(workspace, START, START + 1e6)
    expect(diff.from.seq).toBe(1)
    expect(diff.to.seq).toBe(3)
    expect(diff.added.map(({ id }) => id)).toEqual(["p3"])
    expect(diff.removed.map(({ id }) => id)).toEqual(["p2"])
    expect(diff.changed.map(({ id, state }) => [id, state])).toEqual([
      ["p1", [{ path: ["items", { key: 1 }, "done"], before: false, after: true }]],
    ])
  })

  it("follows a value back to the person, through run and trigger", async () => {
    const { journal, workspace } = workspaceOf()
    journal.commit([workspaceAdded(workspace), panelAdded("p1", { n: 0 }, workspace)])
    const run = { id: "run_1", panel: "p1", handler: "add", turn: 0, trigger: "event", person: ann } as const
    const event = { workspace, panel: "p1", run: run.id, handler: run.handler, person: ann.id }
    trilog.recordEvent({ ...event, type: "handler_triggered", at: START + 990, trigger: "event" })
    trilog.recordEvent({ ...event, type: "context_loaded", at: START + 995, reads: ["n"], person: undefined } as never)
    const actor = { kind: "handler", id: "p1.add", name: "add" } as const
    journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: 1 }], { actor, run, reason: "add" })
    const chain = await trilog.why(workspace, "p1", ["n"])
    expect(chain.value).toBe(1)
    expect(chain.links.map(({ kind }) => kind)).toEqual(["change", "run", "trigger", "person"])
    expect(chain.links[2]).toMatchObject({ trigger: "event", at: START + 990 })
    expect(chain.links[3]).toMatchObject({ actor: ann, sentence: "Ann Example did it." })
  })

  it("answers for the past of a value, not for its present", async () => {
    const { journal, workspace } = workspaceOf()
    journal.commit([workspaceAdded(workspace), panelAdded("p1", { n: 0 }, workspace)])
    for (const value of [1, 2]) journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value }])
    const seqThen = async (at: number): Promise<unknown> => {
      const { links } = await trilog.why(workspace, "p1", ["n"], at)
      return links[0]?.kind === "change" && links[0].seq
    }
    expect([await seqThen(START), await seqThen(START + 1000), await seqThen(START + 5000)]).toEqual([1, 2, 3])
    expect((await trilog.why(workspace, "p1", ["n"], START - 1)).links).toEqual([])
    expect((await trilog.why(workspace, "p1", ["nothing"])).links).toEqual([])
  })

  it("measures handlers and gathers traces", async () => {
    const { workspace } = workspaceOf()
    const traceId = "0af7651916cd43dd8448eb211c80319c"
    const run = { workspace, panel: "p1", run: "r1", handler: "add", at: START, traceId }
    trilog.recordEvent({ ...run, type: "execution_completed", status: "failed", durationMs: 7 })
    const found = await trilog.metrics(workspace, START, START)
    expect(found).toEqual([{ panel: "p1", handler: "add", runs: 1, failed: 1, p50Ms: 7, p95Ms: 7, p99Ms: 7 }])
    expect((await trilog.trace(traceId)).events.map(({ type }) => type)).toEqual(["execution_completed"])
  })
})

describe("a record", () => {
  it("reads the journal while chDB is killed and away, and ClickHouse again afterwards", async () => {
    const journal = createJournal()
    const trilog = await trilogOf(journal)
    await trilog.ready
    journal.commit([workspaceAdded(), panelAdded("p1", { n: 0 })])
    await caughtUp(trilog, WORKSPACE)
    const { pid, backend: source } = trilog.status()
    if (pid !== undefined) process.kill(pid, "SIGKILL")
    for (let n = 1; n <= 3; n += 1) {
      journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: n }])
      const { seq, entities } = await trilog.workspaceAt(WORKSPACE, LATER)
      expect([seq, entities.find(({ id }) => id === "p1")?.properties.state]).toEqual([n + 1, { n }])
    }
    await until(async () => (await trilog.workspaceAt(WORKSPACE, LATER)).source === source)
    expect((await trilog.workspaceAt(WORKSPACE, LATER)).seq).toBe(4)
    expect(trilog.status().dropped).toBe(0)
  })

  it("says why the journal is its backend", async () => {
    const without = await trilogOf(createJournal(), { dataDir: undefined })
    await without.ready
    expect(without.status()).toMatchObject({ backend: "journal", reason: expect.stringContaining("data folder") })
    const chosen = await trilogOf(createJournal(), { embedded: false })
    await chosen.ready
    expect(chosen.status()).toMatchObject({ backend: "journal", reason: expect.stringContaining("switched off") })
    const nobody = await trilogOf(createJournal(), { url: "http://127.0.0.1:9" })
    await nobody.ready
    expect(nobody.status()).toMatchObject({ backend: "journal", reason: expect.stringContaining("ECONNREFUSED") })
  })

  it("says that chDB runs here, or what stands in its way", async () => {
    const trilog = await trilogOf(createJournal())
    await trilog.ready
    const { backend, reason } = trilog.status()
    if (backend === "journal") expect(reason).toMatch(/chdb|chDB|process ended/)
    else expect(reason).toBeUndefined()
  })

  it("keeps the events that came before the store was ready", async () => {
    const journal = createJournal()
    const trilog = await trilogOf(journal)
    journal.commit([workspaceAdded(), panelAdded("p1")])
    const run = { workspace: WORKSPACE, panel: "p1", run: "r1", handler: "add", at: START }
    trilog.recordEvent({ ...run, type: "execution_completed", status: "finished", durationMs: 1 })
    expect((await trilog.timeline(WORKSPACE, START, START)).map(({ type }) => type)).toEqual([
      "change_committed",
      "execution_completed",
    ])
    await trilog.ready
    expect((await trilog.timeline(WORKSPACE, START, START)).map(({ type }) => type)).toEqual([
      "change_committed",
      "execution_completed",
    ])
  })

  it("catches up with a journal that went on without it", async () => {
    const journal = createJournal()
    const first = await trilogOf(journal, { dataDir: `${folder.path}/again` })
    await first.ready
    journal.commit([workspaceAdded(), panelAdded("p1", { n: 0 })])
    await first.workspaceAt(WORKSPACE, START)
    await first.close()
    journal.listeners = []
    for (let n = 1; n <= 1200; n += 1) journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: n }])
    const second = await trilogOf(journal, { dataDir: `${folder.path}/again` })
    await second.ready
    await caughtUp(second, WORKSPACE)
    const { seq, source, entities } = await second.workspaceAt(WORKSPACE, START + 1e9)
    expect([seq, source]).toEqual([1201, second.status().backend])
    expect(entities.find(({ id }) => id === "p1")?.properties.state).toEqual({ n: 1200 })
  })

  it("forgets the record of another history and reads this one", async () => {
    const dataDir = `${folder.path}/restored`
    const lost = createJournal()
    const first = await trilogOf(lost, { dataDir })
    await first.ready
    for (const id of ["a", "b", "c"]) lost.commit(id === "a" ? [workspaceAdded()] : [panelAdded(`lost_${id}`)])
    await first.workspaceAt(WORKSPACE, START)
    await first.close()
    const journal = createJournal()
    journal.commit([workspaceAdded(), panelAdded("found")])
    const second = await trilogOf(journal, { dataDir })
    await second.ready
    await caughtUp(second, WORKSPACE)
    const { seq, entities, source } = await second.workspaceAt(WORKSPACE, START + 1e9)
    expect([seq, source, entities.map(({ id }) => id)]).toEqual([1, second.status().backend, ["found", WORKSPACE]])
  })

  it("comes up although chDB was killed while it was being opened", async () => {
    const journal = createJournal()
    journal.commit([workspaceAdded()])
    const trilog = await trilogOf(journal)
    await Promise.race([trilog.ready, until(() => trilog.status().pid !== undefined)])
    const { pid } = trilog.status()
    if (pid !== undefined) process.kill(pid, "SIGKILL")
    await trilog.ready
    await caughtUp(trilog, WORKSPACE)
    expect(trilog.status().backend).toBe(pid === undefined ? "journal" : "clickhouse")
  })

  it("asks the journal for what retention has taken", async () => {
    const journal = createJournal()
    const now = Date.now()
    const then = now - 200 * 86_400_000
    const trilog = await trilogOf(journal, { retentionDays: 30, clock: () => now })
    await trilog.ready
    journal.commit([workspaceAdded(), panelAdded("p1", { n: 0 })], {}, then)
    journal.commit([{ kind: "state_set", panel: "p1", path: ["n"], value: 1 }], {}, then + 1000)
    const frame = { x: 1, y: 1, w: 100, h: 100 }
    journal.commit([{ kind: "panel_frame", panel: "p1", frame }], {}, now - 1000)
    await trilog.flush()
    expect((await trilog.workspaceAt(WORKSPACE, then)).entities).toHaveLength(2)
    expect((await trilog.workspaceAt(WORKSPACE, now)).seq).toBe(3)
    expect((await trilog.timeline(WORKSPACE, 0, now)).map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect((await trilog.why(WORKSPACE, "p1", ["n"])).links[0]).toMatchObject({ kind: "change", seq: 2 })
  })

  it("refuses an event that does not fit the schema, and goes on", async () => {
    const trilog = await trilogOf(createJournal(), { embedded: false })
    trilog.recordEvent({ type: "no_such_event", workspace: WORKSPACE, at: START } as never)
    trilog.recordEvent(undefined as never)
    const endless: unknown[] = []
    endless.push(endless)
    const run = { workspace: WORKSPACE, panel: "p1", run: "r1", handler: "add" }
    trilog.recordEvent({ ...run, type: "context_loaded", at: START, reads: endless } as never)
    trilog.recordEvent({ ...run, type: "context_loaded", at: 1e20 })
    expect(trilog.status().refused).toBe(4)
    trilog.recordEvent({ ...run, type: "context_loaded", at: START })
    expect(await trilog.timeline(WORKSPACE, START, START)).toHaveLength(1)
  })

  it("goes on after a span that no table can hold", async () => {
    const trilog = await trilogOf(createJournal())
    await trilog.ready
    trilog.recordSpan({} as never)
    await until(() => trilog.status().dropped === 1 || trilog.status().backend === "journal")
    trilog.recordEvent({ type: "version_committed", workspace: WORKSPACE, at: START, commit: "c1" })
    expect(await trilog.timeline(WORKSPACE, START, START)).toHaveLength(1)
  })

  it("throws nothing at the kernel once it is closed", async () => {
    const journal = createJournal()
    const trilog = await trilogOf(journal)
    await trilog.close()
    journal.commit([workspaceAdded()])
    trilog.recordSpan({} as never)
    await trilog.close()
  })
})
