import type { RunRecord } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { findWasmEdge } from "@nexus/wasm-bridge/wasmedge"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Replayed, replayRun } from "../../src/records/replay.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { ADA, panel } from "../worlds.ts"
import { ASKING, countingServer, QUICK, recordedWorld, SHELF, VARIED, waitingRun } from "./recorded-world.ts"

let sandbox: Sandbox
let another: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
  another = await createSandbox({ processes: 1 })
})
afterAll(() => Promise.all([sandbox.close(), another.close()]))

async function replayAll(records: readonly RunRecord[], where: Sandbox): Promise<Replayed[]> {
  const replayed: Replayed[] = []
  for (let from = 0; from < records.length; from += 50) {
    replayed.push(...(await Promise.all(records.slice(from, from + 50).map((record) => replayRun(record, where)))))
  }
  return replayed
}

const PATIENT = panel(
  "Patient",
  '<State name="log" type="list"/>',
  `<Capability type="time" reason="Waits"/>
   <Handler name="wait">
     $state.log.push("begun"); const kept = 41; await nexus.sleep($args)
     $state.log.push(kept); await nexus.sleep(1); $state.log.push("over"); return "done"
   </Handler>`,
)

const unlike = (replayed: readonly Replayed[]) => replayed.filter(({ equal }) => !equal)

test("a thousand recorded runs come out the same when they are replayed, in another process and on another engine", {
  timeout: 240_000,
}, async () => {
  const { origin, asked } = await countingServer()
  const panels = { a: VARIED, b: VARIED.replace('"Varied"', '"Varied too"'), shelf: SHELF }
  const world = await recordedWorld({ sandbox, panels, ownOrigin: origin })
  let seed = 7
  const dice = (sides: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * sides)
  }
  const trigger = (handler: string) => {
    const args = { by: dice(1000), origin }
    const request = { panel: dice(2) === 0 ? "a" : "b", handler, args, trigger: "event", person: ADA } as const
    return world.workspace.trigger(request)
  }
  for (let round = 0; round < 140; round += 1) {
    // Each call of the shelf's tool is one more run.
    await Promise.all([...QUICK, ...(round < 20 ? ASKING : [])].map(trigger))
  }
  const records = await world.recorded()
  expect(records).toHaveLength(1000)
  expect(new Set(records.map(({ handler }) => handler))).toEqual(new Set([...QUICK, ...ASKING, "take"]))
  expect(records.filter(({ cut, status }) => cut || status === "waiting")).toEqual([])
  expect(records.filter(({ steps }) => steps.length > 1)).toHaveLength(140)
  expect(records.filter(({ status }) => status === "failed")).toHaveLength(300)

  const [changes, requests] = [world.workspace.seq, asked()]
  const replayed = await replayAll(records, another)
  expect(replayed).toHaveLength(1000)
  expect(unlike(replayed)).toEqual([])
  expect([world.workspace.seq, asked()]).toEqual([changes, requests])
  expect(another.metrics().waiting).toBe(0)

  const { ok, ...found } = await findWasmEdge()
  if (!ok) console.log("replays on wasmedge: not run", found)
  else {
    const wasmedge = await createSandbox({ engine: "wasmedge", processes: 1 })
    const there = await replayAll(records, wasmedge).finally(() => wasmedge.close())
    expect(there).toHaveLength(1000)
    expect(unlike(there)).toEqual([])
  }

  const changed = records.map((record) => ({
    ...record,
    source: record.source.replace("$state.n += ", "$state.n -= "),
  }))
  const touched = changed.filter((record, index) => record.source !== records[index]?.source)
  expect(touched).toHaveLength(160)
  expect(unlike(await replayAll(touched, another))).toHaveLength(160)
})

test("a run that waits while its kernel ends is recorded by the next one too, and comes out the same", async () => {
  const journal = createMemoryJournal()
  const first = await recordedWorld({ sandbox, journal, panels: { p: PATIENT } })
  const started = first.workspace.trigger({ panel: "p", handler: "wait", args: 60_000, trigger: "event", person: ADA })
  await waitingRun(first)
  expect(await first.recorded()).toMatchObject([{ status: "waiting", turns: 1, cut: false }])
  await first.close()
  const { run } = await started
  const second = await recordedWorld({ sandbox: another, journal, file: first.file })
  await second.workspace.waiting.goOn(run, "resume", "Ada")
  await expect.poll(() => second.recorded(), { timeout: 10_000 }).toMatchObject([{ run, status: "finished", turns: 3 }])
  const [record] = await second.recorded()
  expect(record).toMatchObject({
    ...{ cut: false, args: 60_000 },
    steps: [
      { after: { log: ["begun"] } },
      { state: { log: ["begun"] }, replies: [{ id: 1, value: null }], after: { log: ["begun", 41] } },
      { after: { log: ["begun", 41, "over"] }, outcome: { status: "finished" } },
    ],
  })
  expect(record && (await replayRun(record, sandbox))).toEqual({ run, equal: true, differences: [], redacted: false })
})

test("a run that waits or was ended while it waited is replayed as far as it came, and leaves nothing behind", async () => {
  const world = await recordedWorld({ sandbox, panels: { p: PATIENT } })
  const ended = world.workspace.trigger({ panel: "p", handler: "wait", args: 60_000, trigger: "event", person: ADA })
  const run = await waitingRun(world)
  const [waiting] = await world.recorded()
  expect(waiting && (await replayRun(waiting, another))).toMatchObject({ equal: true })
  await world.workspace.waiting.cancel(run, "Ada")
  await ended
  const [cancelled] = await world.recorded()
  expect(cancelled).toMatchObject({ status: "failed", cut: false, turns: 1, failure: { code: "conflict" } })
  expect(cancelled?.steps).toMatchObject([{ state: { log: [] }, after: { log: ["begun"] } }])
  expect(cancelled && (await replayRun(cancelled, another))).toMatchObject({ equal: true })
  expect(another.metrics().waiting).toBe(0)
})

test("a run that waited for a moment when its kernel was killed is no longer said to wait", async () => {
  const journal = createMemoryJournal()
  const first = await recordedWorld({ sandbox, journal, panels: { p: PATIENT } })
  const { file } = first
  const started = first.workspace.trigger({ panel: "p", handler: "wait", args: 60_000, trigger: "event", person: ADA })
  const run = await waitingRun(first)
  expect(await first.recorded()).toMatchObject([{ run, status: "waiting" }])
  await journal.values.set("w", "waiting-runs", run, undefined)
  const second = await recordedWorld({ sandbox: another, journal, file })
  expect(await second.recorded()).toMatchObject([
    { run, status: "failed", turns: 1, cut: false, failure: { detail: expect.stringContaining("its kernel ended") } },
  ])
  await Promise.all([first.close(), started])
})

test("what comes out differently is said: the turn, what of it, as it was and as it is", async () => {
  const world = await recordedWorld({ sandbox, panels: { p: PATIENT } })
  await world.workspace.trigger({ panel: "p", handler: "wait", args: 1, trigger: "event", person: ADA })
  const [record] = await world.recorded()
  if (!record) throw new Error("nothing was recorded")
  const changed = (from: string, to: string) =>
    replayRun({ ...record, source: record.source.replace(from, to) }, another)
  expect(await changed("41", "42")).toMatchObject({
    equal: false,
    differences: [{ turn: 1, what: "effects", recorded: [{ insert: [41] }], now: [{ insert: [42] }] }],
  })
  expect(await changed('return "done"', "return 1")).toMatchObject({
    differences: [{ turn: 2, what: "value", recorded: "done", now: 1 }],
  })
  expect(await changed("sleep(1)", "sleep(2)")).toMatchObject({ differences: [{ turn: 1, what: "calls" }] })
  expect(await changed('return "done"', "throw new Error('no')")).toMatchObject({
    differences: [{ turn: 2, what: "status", recorded: "finished", now: "failed: handler-failed" }],
  })
})

test("what depends on the machine, or was not kept, is no difference but said as what it is", async () => {
  const loop = panel("Loop", "", '<Handler name="loop">for (;;) {}</Handler>')
  const world = await recordedWorld({ sandbox, panels: { p: loop }, run: { cpuMs: 100 } })
  await world.workspace.trigger({ panel: "p", handler: "loop", args: null, trigger: "event", person: ADA })
  const [record] = await world.recorded()
  if (!record) throw new Error("nothing was recorded")
  expect(record.failure).toMatchObject({ code: "handler-timeout" })
  expect(await replayRun(record, another)).toMatchObject({ equal: true })
  const ends = { ...record, source: "return 1" }
  expect(await replayRun(ends, another)).toMatchObject({
    ...{ equal: false, differences: [] },
    notReplayable: "it took longer than its time then; that depends on how fast the machine is",
  })
  expect(await replayRun({ ...record, cut: true, cutReason: "it was too large" }, another)).toMatchObject({
    notReplayable: "it was too large",
  })
  const [step] = record.steps
  const crashed = { code: "sandbox-crashed", detail: "its process ended" } as const
  const lost = step && { ...record, steps: [{ ...step, outcome: { ...step.outcome, failure: crashed } }] }
  expect(lost && (await replayRun(lost, another)).notReplayable).toContain("sandbox-crashed")
})
