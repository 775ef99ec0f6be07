import type { Json, RunRecord } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, expect, test } from "vitest"
import { trySource } from "../../src/records/try-source.ts"
import { Sources } from "../../src/workspace/sources.ts"
import { ADA, panel } from "../worlds.ts"
import { countingServer, recordedWorld, waitingRun } from "./recorded-world.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const DATA = `<State name="n" type="number"/><State name="log" type="list"/>
  <Computed name="twice" value="{$state.n * 2}"/>`
const LOGIC = `<Capability type="http" scope="*" reason="Fetches"/><Capability type="time" reason="Waits"/>
  <Capability type="kv" scope="notes" reason="Notes"/>
  <Handler name="add">$state.n += $args; $log.info("added", $args); return { n: $state.n, id: $id() }</Handler>
  <Handler name="fetch">const reply = await nexus.http.fetch($args + "/examples/a"); $state.n = reply.json().n; return reply.status</Handler>
  <Handler name="slow">$state.log.push("begun"); await nexus.sleep(60000); $state.log.push($state.n); return $computed.twice</Handler>
  <Handler name="fail">throw new Error("no milk")</Handler>
  <Handler name="denied">try { await nexus["ev" + "ents"].emit("x", 1) } catch (error) { return error.code }</Handler>
  <Handler name="note">await nexus.kv.set("notes", "a", 1); return await nexus.kv.get("notes", "a")</Handler>`
const SOURCE = panel("Shop", DATA, LOGIC)

/** One recorded run of each handler, and how it comes out when the source is another. */
async function history() {
  const { origin, asked } = await countingServer()
  const world = await recordedWorld({ sandbox, panels: { p: SOURCE }, ownOrigin: origin })
  const run = (handler: string, args: Json) =>
    world.workspace.trigger({ panel: "p", handler, args, trigger: "event", person: ADA })
  await run("add", 2)
  await run("fetch", origin)
  const slow = run("slow", null)
  const kept = await waitingRun(world)
  await run("add", 5)
  await world.workspace.waiting.goOn(kept, "resume", "Ada")
  await slow
  await run("fail", null)
  await run("denied", null)
  await run("note", null)
  const records = (await world.recorded()).toReversed()
  const requests = asked()
  return {
    records,
    /** The differences, by handler; of those that came out the same, none. */
    tried: async (from: string | RegExp, to: string, source = SOURCE) => {
      const changed = source.replace(from, to)
      expect(changed).not.toBe(source)
      const { panel: parsed, diagnostics } = new Sources().parse(changed)
      if (!parsed) throw new Error(JSON.stringify(diagnostics))
      const trials = await Promise.all(records.map((record: RunRecord) => trySource(record, parsed, sandbox)))
      expect(asked()).toBe(requests)
      expect(trials.filter(({ notTried }) => notTried !== undefined)).toEqual([])
      return trials.flatMap(({ handler, differences }) => differences.map((difference) => ({ handler, ...difference })))
    },
  }
}

test("a source that says the same in other words changes nothing, wherever its handlers stand", async () => {
  const { tried } = await history()
  expect(await tried("<Data>", "<!-- moved down -->\n\n<Data>")).toEqual([])
  expect(await tried("$state.n += $args", "const by = $args;\n\n $state.n = $state.n + by")).toEqual([])
  expect(
    await tried('<State name="log"', '<State name="fresh" type="string" default="new"/><State name="log"'),
  ).toEqual([])
})

test("what would come out differently is told by run: value, state, effects, end", async () => {
  const { tried, records } = await history()
  expect(records.map(({ handler }) => handler)).toEqual(["add", "fetch", "slow", "add", "fail", "denied", "note"])
  expect(await tried("$state.n += $args", "$state.n += $args * 10")).toMatchObject([
    { handler: "add", what: "value", recorded: { n: 2 }, now: { n: 20 } },
    { handler: "add", what: "state", name: "n", recorded: 2, now: 20 },
    { handler: "add", what: "value", recorded: { n: 6 }, now: { n: 51 } },
    { handler: "add", what: "state", name: "n", recorded: 6, now: 51 },
  ])
  expect(await tried('"added"', '"put in"')).toMatchObject([
    { what: "effects", recorded: [{ log: "info", message: "added 2" }], now: [{ log: "info", message: "put in 2" }] },
    { what: "effects" },
  ])
  expect(await tried('throw new Error("no milk")', "\n\nthrow new Error('no milk')")).toEqual([])
  expect(await tried("no milk", "no bread")).toMatchObject([
    { handler: "fail", what: "end", recorded: "failed: no milk", now: "failed: no bread" },
  ])
  expect(await tried("$state.n * 2", "$state.n * 3")).toMatchObject([
    { handler: "slow", what: "value", recorded: 12, now: 18 },
  ])
  expect(await tried(/\$state\.n = reply/, "$state.gone = reply")).toMatchObject([
    { handler: "fetch", what: "end", now: 'failed: the panel declares no state "gone"' },
    { handler: "fetch", what: "state", name: "n", recorded: 1, now: 2 },
  ])
})

test("a run that waited sees what others changed meanwhile, and its own changes of now", async () => {
  const { tried } = await history()
  expect(await tried('push("begun")', 'push("started")')).toMatchObject([
    { handler: "slow", what: "state", name: "log", recorded: ["begun", 6], now: ["started", 6] },
  ])
  expect(await tried("nexus.sleep(60000)", "nexus.sleep('2h')")).toEqual([])
})

test("the outside is answered as it was, in whatever order, and a new question ends the trial", async () => {
  const { tried } = await history()
  const swapped = 'const then = await nexus.kv.get("notes", "a"); await nexus.kv.set("notes", "a", 1); return then'
  expect(await tried(/await nexus\.kv\.set.*"a"\)(?=<)/, swapped)).toEqual([])
  expect(await tried("/examples/a", "/examples/b")).toMatchObject([
    { handler: "fetch", what: "asks", now: expect.stringMatching(/^http\.fetch\("http:.*\/examples\/b", \{\}\)$/) },
  ])
  expect(await tried('<Capability type="http" scope="*" reason="Fetches"/>', "")).toMatchObject([
    { handler: "fetch", what: "asks", now: expect.stringContaining("which its panel no longer declares") },
  ])
})

test("a handler that is gone or was renamed is told as that", async () => {
  const { tried } = await history()
  expect(await tried('name="add"', 'name="increase"')).toEqual([
    { handler: "add", what: "handler", recorded: "add", now: "increase" },
    { handler: "add", what: "handler", recorded: "add", now: "increase" },
  ])
  expect(await tried(/<Handler name="fail">.*<\/Handler>/, "")).toEqual([
    { handler: "fail", what: "handler", recorded: "fail", now: null },
  ])
})

test("a run that others got in the way of tells nothing of its handler", async () => {
  const { records } = await history()
  const [record] = records
  const { panel: parsed } = new Sources().parse(SOURCE)
  if (!record || !parsed) throw new Error("nothing was recorded")
  const conflict = { code: "operation-conflict", operation: "state_set", target: "p", detail: "changed" } as const
  const trial = await trySource({ ...record, status: "failed", failure: conflict }, parsed, sandbox)
  expect(trial).toMatchObject({ differences: [], notTried: expect.stringContaining("operation-conflict") })
})
