import { createScriptedModel, type ScriptedModel } from "@nexus/os"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Nexus, startNexus } from "./nexus.ts"

let model: ScriptedModel
let nexus: Nexus
beforeAll(async () => {
  model = await createScriptedModel([{ text: "Four books, 29 euro." }])
  nexus = await start()
})
afterAll(async () => {
  await nexus.close()
  await model.close()
})

const start = (dataDir?: string) =>
  startNexus({
    ...(dataDir ? { dataDir } : {}),
    env: {
      OPENAI_API_KEY: "sk-flow",
      OPENAI_BASE_URL: model.url,
      NEXUS_MODEL: "scripted-1",
      NEXUS_AI_TOKENS_PER_DAY: "1200",
    },
  })

const SHOP = `<NexusPanel title="Shop" version="1.0.0">
  <Data><State name="note" type="string" default="none"/><State name="answer" type="object" default="{}"/></Data>
  <Logic>
    <Capability type="db:read" scope="books" reason="Looks books up"/>
    <Capability type="db:write" scope="books" reason="Keeps books"/>
    <Capability type="files:read" scope="reports/*" reason="Reads reports"/>
    <Capability type="files:write" scope="reports/*" reason="Writes reports"/>
    <Capability type="ai" scope="default" reason="Sums up"/>
    <Capability type="events" scope="report.*" reason="Tells who waits"/>
    <Handler name="stock">
      await nexus.db.createTable("books", { title: "text", price: "real" })
      await nexus.db.insert("books", [{ title: "Emma", price: 9.5 }, { title: "Ulysses", price: 19.5 }])
      $state.answer = { token: $args.token, value: await nexus.db.count("books") }
    </Handler>
    <Handler name="report">
      const books = await nexus.db.select("books", { order: "title" })
      const { text, tokensLeft } = await nexus.ai.complete("Sum up: " + JSON.stringify(books), { maxTokens: 500 })
      const { path } = await nexus.files.write("reports/today.md", text)
      await nexus.events.emit("report.written", { path })
      $state.note = text
      $state.answer = { token: $args.token ?? "", value: tokensLeft }
    </Handler>
    <Handler name="reread">
      const value = [await nexus.files.read("reports/today.md"), await nexus.db.count("books", { price: { lt: 10 } })]
      $state.answer = { token: $args.token, value }
    </Handler>
    <Tool name="report" handler="report" description="Writes today's report"/>
  </Logic>
  <View><Text content="{$state.note}"/></View>
</NexusPanel>`

const DESK = `<NexusPanel title="Desk" version="1.0.0">
  <Data><State name="answer" type="object" default="{}"/></Data>
  <Logic>
    <Capability type="panels:read" scope="Shop" reason="Shows its note"/>
    <Capability type="panels:call" scope="Shop" reason="Orders a report"/>
    <Capability type="events" scope="report.written" reason="Waits for it"/>
    <Handler name="order">
      const written = nexus.events.next("report.written")
      await nexus.panels.call("Shop", "report")
      const event = await written
      const value = { path: event.payload.path, from: event.from.title, note: await nexus.panels.read("Shop", "note") }
      $state.answer = { token: $args.token, value }
    </Handler>
  </Logic>
  <View><Text content="{$state.answer.token}"/></View>
</NexusPanel>`

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${nexus.url}/api/v1${path}`, { method, headers, ...init })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test("tables, files, a model, events and other panels work together in one process, and outlive it", async () => {
  const { body: listed } = await call("GET", "/workspaces")
  const [{ id: workspace }] = listed.workspaces as [{ id: string }]
  const add = async (source: string) => String((await call("POST", "/panels", { workspace, source })).body.id)
  const [shop, desk] = [await add(SHOP), await add(DESK)]
  const trigger = (panel: string, handler: string, args = {}) =>
    call("POST", `/panels/${panel}/handlers/${handler}?workspace=${workspace}`, { args })
  /** What the handler answers, also where it waits longer than a request does. */
  const run = async (panel: string, handler: string): Promise<unknown> => {
    const token = crypto.randomUUID()
    const { status, body } = await trigger(panel, handler, { token })
    expect(status, JSON.stringify(body)).toBe(200)
    const answer = async () => {
      const shown = await call("GET", `/panels/${panel}?workspace=${workspace}`)
      return (shown.body.state as { answer: { token?: string; value?: unknown } }).answer
    }
    await expect.poll(async () => (await answer()).token, { timeout: 20_000 }).toBe(token)
    return (await answer()).value
  }
  const grant = (panel: string, granted: boolean, ...grants: string[]) =>
    Promise.all(
      grants.map((one) => call("PUT", `/panels/${panel}/grants?workspace=${workspace}`, { grant: one, granted })),
    )

  expect((await trigger(shop, "stock")).status).toBe(403)
  await grant(shop, true, "db:read:books", "db:write:books", "files:read:reports/*", "files:write:reports/*")
  await grant(shop, true, "ai:default", "events:report.*")
  await grant(desk, true, "panels:read:Shop", "panels:call:Shop", "events:report.written")

  expect(await run(shop, "stock")).toBe(2)
  const note = "Four books, 29 euro."
  expect(await run(desk, "order")).toEqual({ path: "reports/today.md", from: "Shop", note })
  expect(model.requests.at(-1)?.body.messages.at(-1)?.content).toContain("Emma")
  const files = await call("GET", `/workspaces/${workspace}/files`)
  expect(files.body.files).toMatchObject([{ name: "today.md", path: "reports/today.md", type: "text/plain" }])
  const left = Number(await run(shop, "report"))

  const { dataDir } = nexus
  await nexus.stop()
  nexus = await start(dataDir)
  expect(await run(shop, "reread")).toEqual([note, 1])
  expect(await run(shop, "report")).toBeLessThan(left)

  await grant(shop, false, "files:read:reports/*")
  const denied = await trigger(shop, "reread")
  expect(denied.status).toBe(403)
  expect(JSON.stringify(denied.body)).toContain("Grant files:read:reports/*")
})
