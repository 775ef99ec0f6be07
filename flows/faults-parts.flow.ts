import { sentenceOf } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Answer, call, createPanel, FAULTY, FaultClient, HOME } from "./fault-client.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/** Nobody listens there: the port was free a moment ago. */
const NOWHERE = "http://127.0.0.1:9/v1"
const QUEUE = 5

let nexus: Nexus
let me: FaultClient
let panel: string
let neighbour: string

beforeAll(async () => {
  const model = { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: NOWHERE, NEXUS_MODEL: "gone-1" }
  nexus = await startNexus({ env: { ...model, NEXUS_TRILOG_QUEUE: String(QUEUE) } })
  panel = await createPanel(nexus)
  neighbour = await createPanel(nexus)
  me = await FaultClient.in(nexus, HOME)
})
afterAll(() => nexus.close())

const get = (path: string): Promise<Answer> => call(nexus, "GET", path)
const status = async () => (await get(`/twin/status?workspace=${HOME}`)).body
const twinNow = async () => (await get(`/twin/state?workspace=${HOME}&at=${Date.now() + 1000}`)).body

/** The twin at this moment is the graph, whoever it is read from. */
async function twinIsTheGraph(): Promise<void> {
  const { seq, entities, relationships } = await me.snapshot(HOME)
  const twin = await twinNow()
  expect(twin.seq).toBe(seq)
  expect(sorted(twin.entities)).toEqual(sorted(entities))
  expect(sorted(twin.relationships)).toEqual(sorted(relationships))
}

function sorted(items: unknown): unknown[] {
  return Array.isArray(items) ? items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) : []
}

/** Clicks in the other panel until `done`; every click must be answered. */
async function neighbourAnswersUntil(done: Promise<unknown>): Promise<number> {
  let over = false
  let answered = 0
  void done.finally(() => {
    over = true
  })
  while (!over) {
    expect(await me.trigger(HOME, neighbour, "add")).toMatchObject({ status: "finished" })
    answered += 1
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return answered
}

test.each([
  [
    "loops",
    "loop",
    { code: "handler-timeout", handler: "loop" },
    /^Handler "loop" was stopped after \d+ ms.*do less in one run\.$/,
  ],
  [
    "allocates without end",
    "hoard",
    { code: "handler-memory" },
    /^Handler "hoard" asked for more than \d+ MB of memory at line \d+, column \d+ and was stopped\.$/,
  ],
  [
    "throws",
    "stumble",
    { code: "handler-failed", line: 11 },
    /^Handler "stumble" failed at line 11.*: .*Nothing is left$/,
  ],
])(
  "a handler that %s is stopped by name, nothing of it is kept, and another panel keeps answering",
  async (_what, handler, failure, sentence) => {
    const before = await me.stateOf(HOME, panel)
    const run = me.trigger(HOME, panel, handler)
    const clicks = await neighbourAnswersUntil(run)
    const answer = await run
    expect(answer).toMatchObject({ kind: "handler_finished", status: "failed", failure })
    if (answer.kind === "handler_finished" && answer.failure) expect(sentenceOf(answer.failure)).toMatch(sentence)
    expect(clicks).toBeGreaterThan(0)
    expect(await me.stateOf(HOME, panel)).toEqual(before)
    expect(await me.trigger(HOME, panel, "add")).toMatchObject({ status: "finished" })
  },
)

test("a model that cannot be reached: one sentence in the answer, and nothing else is touched", async () => {
  const { seq } = await me.snapshot(HOME)
  const { body } = await call(nexus, "POST", "/ai/complete", { workspace: HOME, message: "Hello" })
  const last = String(body.text).trim().split("\n\n").at(-1) ?? ""
  expect(last).toMatch(/^event: failed\n/)
  const { failure } = JSON.parse(last.slice(last.indexOf("{")))
  expect(failure.code).toBe("unavailable")
  expect(sentenceOf(failure)).toMatch(
    /^The model "gone-1" is not available: 127\.0\.0\.1:9 could not be reached.*Check OPENAI_BASE_URL and the network\.$/,
  )
  expect((await me.snapshot(HOME)).seq).toBe(seq)
})

test("a full record queue drops and counts; no change is lost", async () => {
  await expect.poll(async () => (await status()).backend).toBe("clickhouse")
  const clicks = Array.from({ length: 60 }, () => me.trigger(HOME, neighbour, "add"))
  for (const answer of await Promise.all(clicks)) expect(answer).toMatchObject({ status: "finished" })
  expect((await status()).dropped).toBeGreaterThan(0)
  const metrics = await (await fetch(`${nexus.url}/metrics`)).text()
  expect(Number(/^nexus_trilog_dropped (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0)
  await twinIsTheGraph()
})

test("what runs report fits the record's schema, host calls included", async () => {
  const capability = '<Capability type="time" reason="To wait"/>'
  const source = FAULTY.replace("<Logic>", `<Logic>\n    ${capability}`).replace(
    "$state",
    "await nexus.sleep(1); $state",
  )
  const slow = await createPanel(nexus, source)
  const denied = { status: "failed", failure: { code: "capability-denied" } }
  expect(await me.trigger(HOME, slow, "add")).toMatchObject(denied)
  const granted = { grant: "time:", granted: true }
  expect(await call(nexus, "PUT", `/panels/${slow}/grants?workspace=${HOME}`, granted)).toMatchObject({ status: 200 })
  expect(await me.trigger(HOME, slow, "add")).toMatchObject({ status: "finished" })
  expect(await status()).toMatchObject({ refused: 0 })
})

test("chDB killed with SIGKILL: time travel answers from the journal, and ClickHouse comes back", async () => {
  const { pid } = await status()
  process.kill(Number(pid), "SIGKILL")
  expect(await me.trigger(HOME, neighbour, "add")).toMatchObject({ status: "finished" })
  await twinIsTheGraph()
  await expect.poll(async () => (await status()).pid ?? pid).not.toBe(pid)
  await expect.poll(async () => (await twinNow()).source, { timeout: 20_000 }).toBe("clickhouse")
  await twinIsTheGraph()
})

test("a workspace that is deleted is nobody's any more, and the record goes on without it", async () => {
  const { body: made } = await call(nexus, "POST", "/workspaces", { name: "Short-lived" })
  const id = String(made.id)
  expect((await get(`/twin/state?workspace=${id}&at=${Date.now() + 1000}`)).body.seq).toBe(1)
  expect((await call(nexus, "DELETE", `/workspaces/${id}`)).status).toBe(204)
  expect((await get(`/twin/state?workspace=${id}&at=${Date.now()}`)).status).toBe(403)
  await twinIsTheGraph()
})

test("SIGTERM with runs under way ends well within 2 s, and what was acknowledged is there afterwards", async () => {
  const clicks = Array.from({ length: 20 }, () => me.trigger(HOME, neighbour, "add"))
  for (let run = 0; run < 4; run += 1) void me.trigger(HOME, panel, "loop")
  await Promise.all(clicks)
  const state = await me.stateOf(HOME, neighbour)
  const { code, tookMs } = await nexus.stop()
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(2000)
  expect((await me.closed).code).toBe(1001)

  nexus = await startNexus({ dataDir: nexus.dataDir })
  me = await FaultClient.in(nexus, HOME)
  expect(await me.stateOf(HOME, neighbour)).toEqual(state)
  await expect.poll(async () => (await twinNow()).source, { timeout: 20_000 }).toBe("clickhouse")
  await twinIsTheGraph()
})
