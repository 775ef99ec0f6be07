import { findWasmEdge } from "@nexus/wasm-bridge/wasmedge"
import { expect, test, vi } from "vitest"
import { nexus } from "./nexus.ts"

const panel = (handler: string, declared = "") => `<NexusPanel title="P">
  <Data><State name="count" type="number" default="1"/></Data>
  <Logic>
    ${declared}
    <Handler name="go">${handler}</Handler>
  </Logic>
  <View><Text content="{$state.count}"/><Button label="Go" onClick="go()"/></View>
</NexusPanel>
`

async function run(handler: string, args: readonly string[] = [], declared = "") {
  const ended = await nexus(["run", "-", "go", "--json", ...args], panel(handler, declared))
  return { ...ended, result: ended.json() as Record<string, unknown> & { status: string; usage: { wallMs: number } } }
}

test("a run changes state through operations and returns its value", async () => {
  const { code, result } = await run(
    "$state.count += $args.by; $log.info('added'); $emit('grew', $args.by); return $state.count",
    ["--args", '{"by":4}', "--state", '{"count":10}'],
  )
  expect(result).toMatchObject({
    status: "finished",
    value: 14,
    state: { count: 14 },
    operations: [{ kind: "state_set", path: ["count"], value: 14 }],
    emits: [{ name: "grew", payload: 4 }],
    logs: [{ level: "info", message: "added" }],
  })
  expect(code).toBe(0)
})

test("a thrown error fails the run at its NXML line and changes nothing", async () => {
  const { code, result } = await run("\n$state.count = 5\nthrow new Error('no milk')")
  expect(result).toMatchObject({
    status: "failed",
    failure: { code: "handler-failed", message: expect.stringContaining("no milk"), line: 7 },
    state: { count: 1 },
    operations: [],
  })
  expect(code).toBe(1)
})

const FETCH = "const reply = await nexus.http.fetch('https://prices.example.org/milk'); return reply.status"
const HTTP = '<Capability type="http" scope="https://prices.example.org/*" reason="Looks prices up"/>'

test("a declared capability that is not granted is refused with what to grant", async () => {
  const { code, result } = await run(FETCH, [], HTTP)
  expect(result).toMatchObject({ status: "failed", failure: { code: "capability-denied" } })
  expect(code).toBe(1)
})

test("a grant for another scope does not help", async () => {
  const { result } = await run(FETCH, ["--grant", "http:https://other.example.org/*"], HTTP)
  expect(result).toMatchObject({ status: "failed", failure: { code: "capability-denied" } })
})

test("a granted private address is refused all the same", async () => {
  const declared = '<Capability type="http" scope="http://127.0.0.1:9/*" reason="Looks inside"/>'
  const { result } = await run(
    "return (await nexus.http.fetch('http://127.0.0.1:9/x')).status",
    ["--grant", "http:http://127.0.0.1:9/*"],
    declared,
  )
  expect(result.status).toBe("failed")
  expect(JSON.stringify(result.failure)).toMatch(/private|public|refused/i)
})

test.each([
  ["a loop without end", "for(;;){}", "handler-timeout"],
  ["a native search that never polls", "'a'.repeat(2e6).indexOf('a'.repeat(1e6)+'c')", "handler-timeout"],
  ["memory without end", "const a = []; for(;;) a.push(new Array(100000).fill(7))", "handler-memory"],
])("%s is stopped", async (_name, handler, expected) => {
  const { code, result } = await run(handler, ["--cpu-ms", "300", "--memory-mb", "32"])
  expect(result).toMatchObject({ status: "failed", failure: { code: expected } })
  expect(code).toBe(1)
})

test("an unknown handler is named together with those there are", async () => {
  const ended = await nexus(["run", "-", "fly", "--json"], panel("return 1"))
  expect(ended.json()).toMatchObject({ failure: { code: "handler-unknown", known: ["go"] } })
  expect(ended.code).toBe(1)
})

const WITHOUT_LIBRARY = {
  failure: {
    code: "unavailable",
    what: "The WasmEdge engine",
    detail: expect.stringMatching(/Debian.*Ubuntu.*Fedora.*macOS/),
  },
}

test("a run on WasmEdge ends like one on V8 where its library is, else with what to install", {
  timeout: 180_000,
}, async () => {
  const { result } = await run("$state.count += 2; return $state.count", ["--engine", "wasmedge"])
  const { ok } = await findWasmEdge()
  expect(result).toMatchObject(ok ? { status: "finished", value: 3, state: { count: 3 } } : WITHOUT_LIBRARY)
})

test("WasmEdge from a place where it is not says what to install", async () => {
  vi.stubEnv("NEXUS_WASMEDGE", "/none/libwasmedge.so")
  const { code, result } = await run("return 1", ["--engine", "wasmedge"])
  vi.unstubAllEnvs()
  expect(result).toMatchObject(WITHOUT_LIBRARY)
  expect(code).toBe(1)
})
