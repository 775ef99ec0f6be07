import { readFileSync } from "node:fs"
import { findWasmEdge } from "@nexus/wasm-bridge/wasmedge"
import { afterEach, expect, test } from "vitest"
import { type Nexus, startNexus } from "./nexus.ts"

/** A handler sleeps, everything is killed, and the handler finishes: real processes, a real journal. */
const SOURCE = `<NexusPanel title="Patient">
  <Data><State name="log" type="list"/></Data>
  <Logic>
    <Capability type="time" reason="Waits"/>
    <Handler name="brew">
      const pot = { cups: 41, notes: new Map([["tea", "green"]]) }
      $state.log.push("put on")
      await nexus.sleep($args.how)
      pot.cups += 1
      $state.log.push(pot.cups + " cups of " + pot.notes.get("tea"))
      await nexus.sleep(10)
      $state.log.push("done")
    </Handler>
  </Logic>
  <View><Text content="{$state.log.length}"/></View>
</NexusPanel>`
const DONE = ["put on", "42 cups of green", "done"]

let nexus: Nexus | undefined
afterEach(() => nexus?.close())

function client({ url, token }: Nexus) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, body: text === "" ? {} : JSON.parse(text) }
  }
  return {
    ask,
    log: async (workspace: string, panel: string) =>
      (await ask("GET", `/panels/${panel}?workspace=${workspace}`)).body.state.log,
    runs: async (workspace: string) => (await ask("GET", `/workspaces/${workspace}/runs`)).body.runs,
  }
}

/** SIGKILL to the server and to every process it started, children first, so that none can clean up. */
async function killEverything(server: Nexus): Promise<void> {
  const below = (pid: number): number[] => {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean)
    return children.flatMap((child) => [...below(Number(child)), Number(child)])
  }
  const children = below(server.pid)
  expect(children.length).toBeGreaterThan(0)
  for (const pid of children) process.kill(pid, "SIGKILL")
  await server.kill()
}

/** A workspace with the panel in it, allowed to wait. */
async function panelIn(server: Nexus) {
  const { ask } = client(server)
  const workspace: string = (await ask("POST", "/workspaces", { name: "Kitchen" })).body.id
  const panel: string = (await ask("POST", "/panels", { workspace, source: SOURCE })).body.id
  await ask("PUT", `/panels/${panel}/grants?workspace=${workspace}`, { grant: "time", granted: true })
  const brew = (how: string | number) =>
    ask("POST", `/panels/${panel}/handlers/brew?workspace=${workspace}`, { args: { how } })
  return { workspace, panel, brew }
}

test("a handler that sleeps goes on after everything was killed, with all it held, and counts once", async () => {
  const first = await startNexus()
  nexus = first
  const { workspace, panel, brew } = await panelIn(first)
  expect((await brew(5000)).body).toMatchObject({ status: "waiting" })
  expect(await client(first).log(workspace, panel)).toEqual(["put on"])
  await killEverything(first)

  nexus = await startNexus({ dataDir: first.dataDir })
  const { log, runs } = client(nexus)
  await expect.poll(() => log(workspace, panel), { timeout: 30_000 }).toEqual(DONE)
  await expect.poll(() => runs(workspace)).toEqual([])
})

test("a run that waits for days is listed after a crash, and a person lets it go on or ends it", async () => {
  const first = await startNexus()
  nexus = first
  const { workspace, panel, brew } = await panelIn(first)
  const { run } = (await brew("3d")).body
  const other = (await brew("30d")).body.run
  await killEverything(first)

  nexus = await startNexus({ dataDir: first.dataDir })
  const { ask, log, runs } = client(nexus)
  const waiting = { panel, handler: "brew", trigger: "call", waitsFor: ["time.sleep"], changed: false }
  const listed: { run: string }[] = await runs(workspace)
  expect(listed.map((each) => each.run).sort()).toEqual([run, other].sort())
  expect(listed[0]).toMatchObject(waiting)
  expect((await ask("POST", `/workspaces/${workspace}/runs/${other}/cancel`)).status).toBe(204)
  expect((await ask("POST", `/workspaces/${workspace}/runs/${run}/continue`, { how: "resume" })).body).toEqual({ run })
  await expect.poll(() => log(workspace, panel)).toEqual(["put on", "put on", ...DONE.slice(1)])
  await expect.poll(() => runs(workspace)).toEqual([])
  expect((await ask("POST", `/workspaces/${workspace}/runs/${run}/cancel`)).status).toBe(404)
})

const wasmEdge = await findWasmEdge()
if (!wasmEdge.ok) console.log(`Not run: a run that begins on V8 and ends on WasmEdge. ${wasmEdge.why} npm run wasmedge`)
else
  test.each([
    ["v8", "wasmedge"],
    ["wasmedge", "v8"],
  ])(
    "a handler that began to sleep on %s finishes on %s after everything was killed",
    { timeout: 240_000 },
    async (before, after) => {
      const first = await startNexus({ env: { NEXUS_SANDBOX_ENGINE: before } })
      nexus = first
      const { workspace, panel, brew } = await panelIn(first)
      expect(runsOn(first)).toBe(before)
      const { run } = (await brew("3d")).body
      await expect.poll(() => client(first).runs(workspace)).toHaveLength(1)
      await killEverything(first)

      const second = await startNexus({ dataDir: first.dataDir, env: { NEXUS_SANDBOX_ENGINE: after } })
      nexus = second
      expect(runsOn(second)).toBe(after)
      const { ask, log, runs } = client(second)
      expect(await log(workspace, panel)).toEqual(["put on"])
      await ask("POST", `/workspaces/${workspace}/runs/${run}/continue`, { how: "resume" })
      await expect.poll(() => log(workspace, panel), { timeout: 60_000 }).toEqual(DONE)
      await expect.poll(() => runs(workspace)).toEqual([])
    },
  )

/** The engine of the processes below a server: those on WasmEdge are told where its library lies. */
function runsOn({ pid }: Nexus): string {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean)
  const told = children.map((child) => readFileSync(`/proc/${child}/cmdline`, "utf8"))
  return told.some((line) => line.includes("--allow-addons")) ? "wasmedge" : "v8"
}
