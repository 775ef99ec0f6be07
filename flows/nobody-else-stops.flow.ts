import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { createScriptedModel, type ScriptedModel } from "@nexus/os"
import { createId, encodeMessage, PROTOCOL_VERSION } from "@nexus/protocol"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { CrashClient } from "./crash-client.ts"
import { type Nexus, startNexus } from "./nexus.ts"

const WORKSPACE = "home"
const PANEL = "panel_beside"
const SOURCE = `<NexusPanel title="Beside" version="1.0.0">
  <Data><State name="items" type="list"/></Data>
  <Logic>
    <Handler name="add">$state.items.push({ id: $args.id })</Handler>
    <Handler name="loop">for (;;) {}</Handler>
  </Logic>
  <View><Metric label="Items" value="{$state.items.length}"/></View>
</NexusPanel>`

let nexus: Nexus
let model: ScriptedModel
let beside: CrashClient
beforeAll(async () => {
  model = await createScriptedModel([{ hangAfter: "Let me think" }])
  nexus = await startNexus()
  beside = await CrashClient.connect(nexus.url, nexus.token, WORKSPACE)
  const properties = { source: SOURCE, title: "", frame: { x: 0, y: 0, w: 300, h: 200 }, state: {}, grants: [] }
  const entity = { id: PANEL, kind: "panel" as const, name: "", scope: WORKSPACE, properties }
  await beside.ask({
    kind: "operations_submit",
    workspace: WORKSPACE,
    base: 0,
    operations: [{ kind: "entity_add", entity }],
    reason: "somebody else",
    ref: createId("ref"),
  })
})
afterAll(async () => {
  beside.close()
  await nexus.close()
  await model.close()
})

const click = (handler: string, args = {}) =>
  beside.ask({ kind: "handler_trigger", workspace: WORKSPACE, panel: PANEL, handler, args, ref: createId("ref") })

/** The processes of Nexus whose program is in `folder`. */
function childrenIn(folder: string): number[] {
  const rows = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(nexus.pid)], { encoding: "utf8" }).split("\n")
  return rows.filter((row) => row.includes(folder)).map((row) => Number.parseInt(row, 10))
}

async function expectAlive(): Promise<void> {
  expect((await fetch(`${nexus.url}/healthz`)).status).toBe(200)
}

describe("TriLog, a component, a session, a worker or the AI service may crash: nobody else stops", () => {
  /** Somebody else, on the socket they had before, clicks, and everybody's graph has it. */
  afterEach(async () => {
    const id = createId("item")
    await click("add", { id })
    expect(await beside.itemsOf(WORKSPACE, PANEL)).toContain(id)
    await expectAlive()
  })

  it("TriLog is killed: what happens meanwhile is in the record all the same", async () => {
    await expect.poll(() => childrenIn("packages/trilog/src").length, { timeout: 30_000 }).toBe(1)
    for (const pid of childrenIn("packages/trilog/src")) process.kill(pid, "SIGKILL")
    const { seq } = await click("add", { id: createId("item") })
    const address = `${nexus.url}/api/v1/twin/state?workspace=${WORKSPACE}&at=${Date.now() + 1000}`
    const reply = await fetch(address, { headers: { authorization: `Bearer ${nexus.token}` } })
    expect(await reply.json()).toMatchObject({ seq })
  })

  it("a worker is killed while it runs a handler: that run alone fails", async () => {
    const looping = click("loop").catch((error: Error) => error.message)
    const workers = childrenIn("nexus-sandbox/")
    expect(workers.length).toBeGreaterThan(0)
    for (const pid of workers) process.kill(pid, "SIGKILL")
    expect(await looping).toMatch(/sandbox|longer|stopped/i)
    await expect.poll(() => childrenIn("nexus-sandbox/").length).toBe(workers.length)
  })

  it("a session breaks off in the middle of a frame", async () => {
    const socket = new WebSocket(`${nexus.url.replace("http", "ws")}/panels/stream`)
    await once(socket, "open")
    socket.send(Uint8Array.from(encodeMessage({ kind: "hello", token: nexus.token, protocol: PROTOCOL_VERSION })))
    socket.send(Uint8Array.from([0x81, 0xa4, 0x6b, 0x69]))
    socket.close()
    await once(socket, "close")
  })

  it("the AI service, a process of its own, is killed while it answers", async () => {
    const service = spawn(process.execPath, [new URL("../packages/os/src/main.ts", import.meta.url).pathname], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env.PATH,
        NEXUS_KERNEL_URL: nexus.url,
        PORT: "0",
        OPENAI_BASE_URL: model.url,
        NEXUS_MODEL: "scripted-1",
      },
    })
    const [line] = await once(createInterface({ input: service.stdout }), "line")
    const url = String(line).split(" ").at(-1)
    const reply = await fetch(`${url}/api/v1/ai/complete`, {
      method: "POST",
      headers: { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" },
      body: JSON.stringify({ workspace: WORKSPACE, message: "What do I need?" }),
    })
    let heard = ""
    const reading = (async () => {
      for await (const chunk of reply.body ?? []) heard += Buffer.from(chunk).toString()
    })().catch(() => "broke off")
    await expect.poll(() => heard).toContain("think")
    service.kill("SIGKILL")
    expect(await reading).toBe("broke off")
  })
})
