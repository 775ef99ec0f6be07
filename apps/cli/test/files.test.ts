import { findWasmEdge } from "@nexus/wasm-bridge/wasmedge"
import { expect, test, vi } from "vitest"
import { nexus } from "./nexus.ts"

const COUNTER = `<NexusPanel title="Counter">
  <Data>
    <State name="count" type="number" default="0"/>
  </Data>
  <Logic>
    <Handler name="add">$state.count += 1</Handler>
  </Logic>
  <View>
    <Text content="{$state.count}"/>
    <Button label="Add" onClick="add()"/>
  </View>
</NexusPanel>
`

test("check ends with 0 and one JSON document for a good panel", async () => {
  const ended = await nexus(["check", "-", "--json"], COUNTER)
  expect(ended.json()).toEqual({ files: [{ file: "-", errors: [], warnings: [] }] })
  expect(ended.code).toBe(0)
})

test("check ends with 1 and names code, place and hint of each error", async () => {
  const ended = await nexus(["check", "-", "--json"], COUNTER.replace("{$state.count}", "{$state.cuont}"))
  expect(ended.code).toBe(1)
  expect(ended.json()).toMatchObject({
    files: [{ errors: [{ code: "undefined-state", line: 9, hint: expect.stringContaining("count") }] }],
  })
})

test("check without a file is used wrongly and ends with 2", async () => {
  const ended = await nexus(["check"])
  expect(ended.code).toBe(2)
  expect(ended.err).toContain("missing required argument")
})

test("check of a file that is not there ends with 2 and names it", async () => {
  const ended = await nexus(["check", "no-such.nxml"])
  expect(ended.code).toBe(2)
  expect(ended.err).toContain("no-such.nxml")
})

test("check of a folder ends with 2 and says to name its files", async () => {
  const ended = await nexus(["check", "gallery"])
  expect(ended.code).toBe(2)
  expect(ended.err).toContain("Name its files")
})

test("fmt prints the one layout, and what it printed stays as it is", async () => {
  const once = await nexus(["fmt", "-"], COUNTER.replaceAll("\n", "  \n\n"))
  expect(once.code).toBe(0)
  const twice = await nexus(["fmt", "-"], once.out)
  expect(twice.out).toBe(once.out)
})

test("fmt --check ends with 1 for a file that is not formatted", async () => {
  expect((await nexus(["fmt", "--check", "-"], COUNTER.replaceAll("  ", "\t"))).code).toBe(1)
})

test("eval gives the value of an expression over a state", async () => {
  const ended = await nexus([
    "eval",
    "$state.items.filter(i => !i.done).length",
    "--state",
    '{"items":[{"done":false}]}',
    "--json",
  ])
  expect(ended.json()).toEqual({ value: 1 })
  expect(ended.code).toBe(0)
})

test("eval refuses what is forbidden with a failure as data", async () => {
  const ended = await nexus(["eval", "$state.constructor", "--json"])
  expect(ended.json()).toMatchObject({ failure: { code: "expression-forbidden" } })
  expect(ended.code).toBe(1)
})

test("eval with a state that is not JSON is used wrongly", async () => {
  expect((await nexus(["eval", "1", "--state", "{"])).code).toBe(2)
})

test("render prints the panel as HTML with the state it is given", async () => {
  const ended = await nexus(["render", "-", "--state", '{"count":41}', "--json"], COUNTER)
  expect(ended.code).toBe(0)
  expect(ended.json()).toMatchObject({ html: expect.stringMatching(/41[\s\S]*Add/) })
})

test("render of a broken panel ends with 1 and panel-invalid", async () => {
  const ended = await nexus(["render", "-", "--json"], "<NexusPanel")
  expect(ended.code).toBe(1)
  expect(ended.json()).toMatchObject({ failure: { code: "panel-invalid" } })
})

test("doctor says what this machine has, as data", async () => {
  const ended = await nexus(["doctor", "--json"])
  expect(ended.json()).toMatchObject({
    ok: true,
    findings: expect.arrayContaining([expect.objectContaining({ name: "node" })]),
  })
})

test("doctor says how to get WasmEdge where it is missing, and which one there is where it is not", async () => {
  const engines = async () => {
    const { findings } = (await nexus(["doctor", "--json"])).json() as { findings: { name: string; found: string }[] }
    return findings.find(({ name }) => name === "engines")
  }
  const found = await findWasmEdge()
  expect((await engines())?.found).toContain(found.ok ? found.wasmEdge.library : found.why)
  vi.stubEnv("NEXUS_WASMEDGE", "/none/libwasmedge.so")
  const advice = expect.stringMatching(/Debian.*Ubuntu.*Fedora.*macOS/)
  expect(await engines()).toMatchObject({ status: "good", found: "V8; no WasmEdge: no library was found.", advice })
  vi.unstubAllEnvs()
})

test.each(["bash", "zsh", "fish"])("completion for %s knows every command", async (shell) => {
  const ended = await nexus(["completion", shell])
  expect(ended.code).toBe(0)
  for (const command of ["serve", "check", "fmt", "eval", "render", "run", "doctor"])
    expect(ended.out).toContain(command)
})

test("an unknown command ends with 2 and points to the help", async () => {
  const ended = await nexus(["fly"])
  expect(ended.code).toBe(2)
  expect(ended.err).toContain("--help")
})
