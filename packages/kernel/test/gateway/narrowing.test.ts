import { afterAll, beforeAll, expect, test } from "vitest"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"
import type { WireClient } from "../wire-client.ts"
import { counterSource } from "./with-http.ts"

let nexus: RunningKernel
beforeAll(async () => {
  nexus = await runningKernel()
})
afterAll(() => nexus.close())

const SECRET = "Salaries"
const ASKS = `<NexusPanel title="${SECRET}">
  <Data><State name="count" type="number" default="0"/></Data>
  <Logic>
    <Capability type="ask" reason="Asks for ${SECRET}"/>
    <Handler name="ship">return await nexus.ask("${SECRET}?", { role: "viewer" })</Handler>
  </Logic>
  <View><Metric label="Count" value="{$state.count}"/></View>
</NexusPanel>`

let people = 0

/** A workspace with a panel of secrets and another, its owner, and an editor for whom the first is narrowed. */
async function place(level: "look" | "run" | "hidden") {
  people += 1
  const order = async (method: string, path: string, body?: object) => {
    const answer = await nexus.call(method, path, nexus.owner.token, body)
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${JSON.stringify(answer)}`)
    return answer.body
  }
  const workspace = String((await order("POST", "/workspaces", { name: "Place" })).id)
  const eve = await nexus.person(`Eve${people}`, workspace, "editor")
  const secret = String((await order("POST", "/panels", { workspace, source: ASKS })).id)
  const open = String((await order("POST", "/panels", { workspace, source: counterSource() })).id)
  await order("PUT", `/panels/${secret}/grants?workspace=${workspace}`, { grant: "ask", granted: true })
  const narrow = (to: string, subject: object = { user: eve.id }) =>
    order("PUT", `/workspaces/${workspace}/narrowing/${secret}`, { subject, level: to })
  await narrow(level)
  const ask = (method: string, path: string, body?: object) => nexus.call(method, path, eve.token, body)
  return { workspace, eve, secret, open, order, narrow, ask }
}

test("a panel that is hidden from somebody is in no answer of any endpoint", async () => {
  const { workspace, secret, open, order, ask } = await place("hidden")
  const { run } = await order("POST", `/panels/${secret}/handlers/ship?workspace=${workspace}`, { args: {} })
  const frame = { x: 1, y: 1, w: 300, h: 200 }
  const proposal = { workspace, base: 0, reason: "a look", operations: [{ kind: "panel_frame", panel: secret, frame }] }
  const { patch } = await order("POST", "/patch/apply", proposal)
  const { questions } = await order("GET", `/workspaces/${workspace}/questions`)
  const [question] = Array.isArray(questions) ? questions : []

  const query = (asked: object) => ask("POST", "/nog/query", { workspace, query: asked })
  const reads = [
    ask("GET", "/workspaces"),
    ask("GET", `/workspaces/${workspace}`),
    ask("GET", `/workspaces/${workspace}/access`),
    ask("GET", `/workspaces/${workspace}/grants`),
    ask("GET", `/workspaces/${workspace}/runs`),
    ask("GET", `/workspaces/${workspace}/questions`),
    ask("GET", `/patches?workspace=${workspace}`),
    query({ find: "kind", kind: "panel" }),
    query({ find: "kind", kind: "handler" }),
    query({ find: "id", ids: [secret, `${secret}.state.count`] }),
    query({ find: "name", name: SECRET, exact: false }),
    query({ find: "text", text: SECRET }),
    query({ find: "neighbours", id: workspace }),
    query({ find: "subgraph", id: workspace, depth: 10 }),
  ]
  for (const { status, body } of await Promise.all(reads)) {
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain(SECRET)
    expect(JSON.stringify(body)).not.toContain(secret)
  }
  expect((await ask("GET", `/workspaces/${workspace}`)).body.panels).toBe(1)
  const inPlace = `?workspace=${workspace}`
  const patchId = typeof patch === "object" && patch !== null && "id" in patch ? patch.id : ""
  const closed = [
    ask("GET", `/panels/${secret}${inPlace}`),
    ask("PUT", `/panels/${secret}${inPlace}`, { frame }),
    ask("DELETE", `/panels/${secret}${inPlace}`),
    ask("POST", `/panels/${secret}/handlers/ship${inPlace}`, { args: {} }),
    ask("PUT", `/panels/${secret}/grants${inPlace}`, { grant: "time", granted: true }),
    ask("GET", `/panels/${secret}/render${inPlace}`),
    ask("POST", `/workspaces/${workspace}/questions/${question?.id}`, { answer: "yes" }),
    ask("POST", `/workspaces/${workspace}/runs/${run}/cancel`),
    ask("POST", "/patch/apply", proposal),
    ask("GET", `/patches/${patchId}`),
    ask("POST", `/patches/${patchId}/accept`, {}),
    ask("POST", `/patches/${patchId}/reject`),
  ]
  for (const { status, body } of await Promise.all(closed)) {
    expect([status, body.code], JSON.stringify(body)).toEqual([404, "not-found"])
    expect(body.what).not.toBe("path")
    expect(JSON.stringify(body)).not.toContain(SECRET)
  }
  const past = [
    ask("GET", `/workspace/history${inPlace}`),
    ask("POST", "/workspace/commit", { workspace }),
    ask("POST", "/workspace/checkout", { workspace, ref: "main" }),
    ask("GET", `/twin/state${inPlace}&at=${Date.now()}`),
    ask("GET", `/twin/timeline${inPlace}&from=0&to=${Date.now()}`),
    ask("GET", `/twin/diff${inPlace}&a=0&b=${Date.now()}`),
    ask("GET", `/twin/why${inPlace}&panel=${secret}&path=["count"]`),
    ask("GET", `/workspaces/${workspace}/runs/records`),
    ask("GET", `/workspaces/${workspace}/runs/${run}/record`),
  ]
  for (const { status, body } of await Promise.all(past)) {
    expect([status, body.code]).toEqual([403, "forbidden"])
    expect(JSON.stringify(body)).not.toContain(SECRET)
  }
  expect((await ask("GET", `/panels/${open}${inPlace}`)).status).toBe(200)
})

async function follow(token: string, workspace: string, since?: number): Promise<WireClient> {
  const client = await nexus.client(token)
  client.send({ kind: "subscribe", workspace, ...(since === undefined ? {} : { since }) })
  return client
}

const idsIn = ({ snapshot }: { snapshot: { entities: readonly { id: string }[] } }) =>
  snapshot.entities.map(({ id }) => id)

test("over the socket a hidden panel and its changes do not come, and seq has no gap", async () => {
  const { workspace, secret, open, order, eve } = await place("hidden")
  const client = await follow(eve.token, workspace)
  const first = await client.next("snapshot")
  expect(idsIn(first)).toContain(open)
  expect(JSON.stringify(first)).not.toContain(SECRET)
  const { seq } = first.snapshot
  const frame = { x: 9, y: 9, w: 300, h: 200 }
  await order("PUT", `/panels/${secret}?workspace=${workspace}`, { frame })
  await order("PUT", `/panels/${open}?workspace=${workspace}`, { frame })
  const [unseen, seen] = [await client.next("change"), await client.next("change")]
  expect(unseen.change).toMatchObject({ seq: seq + 1, operations: [] })
  expect(seen.change).toMatchObject({ seq: seq + 2, operations: [{ panel: open }] })
  expect(JSON.stringify(unseen)).not.toContain(SECRET)
  client.send({
    kind: "operations_submit",
    ...{ workspace, base: seq + 2, reason: "moved it", ref: "r1" },
    operations: [{ kind: "panel_frame", panel: secret, frame }],
  })
  expect(await client.next("rejected")).toMatchObject({ ref: "r1", failure: { code: "not-found" } })
  client.send({ kind: "handler_trigger", workspace, panel: secret, handler: "ship", args: null, ref: "r2" })
  expect(await client.next("rejected")).toMatchObject({ ref: "r2", failure: { code: "not-found" } })
  await client.close()
})

test("hiding and showing a panel reaches who is connected at once, and a mirror of before is not continued", async () => {
  const { workspace, secret, narrow, eve } = await place("look")
  const client = await follow(eve.token, workspace)
  const first = await client.next("snapshot")
  expect(idsIn(first)).toContain(secret)
  await narrow("hidden")
  await client.next("resync")
  client.send({ kind: "subscribe", workspace, since: first.snapshot.seq })
  expect(idsIn(await client.next("snapshot"))).not.toContain(secret)
  await client.close()
  await narrow("change")
  const again = await follow(eve.token, workspace, first.snapshot.seq)
  expect(idsIn(await again.next("snapshot"))).toContain(secret)
  await again.close()
})

test("a rule for a role holds from the moment somebody has that role", async () => {
  const { workspace, secret, narrow, order, eve } = await place("look")
  await narrow("hidden", { role: "viewer" })
  const client = await follow(eve.token, workspace)
  expect(idsIn(await client.next("snapshot"))).toContain(secret)
  await order("PUT", `/workspaces/${workspace}/members/${eve.id}`, { role: "viewer" })
  await client.next("resync")
  client.send({ kind: "subscribe", workspace, since: 1 })
  expect(idsIn(await client.next("snapshot"))).not.toContain(secret)
  await client.close()
})

test("who may run but not change runs handlers and saves nothing", async () => {
  const { workspace, secret, order, ask } = await place("run")
  const frame = { x: 2, y: 2, w: 300, h: 200 }
  const moved = await ask("PUT", `/panels/${secret}?workspace=${workspace}`, { frame })
  expect([moved.status, moved.body.detail]).toEqual([
    403,
    `You may not change "${SECRET}"; ask an owner of the workspace.`,
  ])
  const ran = await ask("POST", `/panels/${secret}/handlers/ship?workspace=${workspace}`, { args: {} })
  expect([ran.status, ran.body.status]).toEqual([200, "waiting"])
  expect((await ask("GET", `/workspaces/${workspace}/access`)).body.panels).toContainEqual({
    panel: secret,
    level: "run",
  })
  const log = await order("GET", `/workspaces/${workspace}/audit?action=panel.narrowed`)
  expect(log.entries).toMatchObject([{ target: secret, detail: { level: "run" } }])
})

test("only owners narrow, and only panels that are there", async () => {
  const { workspace, secret, ask } = await place("look")
  const own = await ask("PUT", `/workspaces/${workspace}/narrowing/${secret}`, {
    subject: { role: "editor" },
    level: "change",
  })
  expect(own.status).toBe(403)
  expect((await ask("GET", `/workspaces/${workspace}/narrowing`)).status).toBe(403)
  const body = { subject: { role: "editor" }, level: "look" }
  const nothing = await nexus.call("PUT", `/workspaces/${workspace}/narrowing/panel_nowhere`, nexus.owner.token, body)
  expect(nothing.status).toBe(404)
})

test("a key that narrows an editor to looking shows them nothing that is hidden from editors", async () => {
  const { workspace, secret, narrow, eve } = await place("look")
  await narrow("hidden", { role: "editor" })
  const body = { name: "Reader", scope: "read", workspaces: [workspace] }
  const { status, body: key } = await nexus.call("POST", "/auth/keys", eve.token, body)
  expect(status).toBe(201)
  const client = await follow(String(key.key), workspace)
  const { role, snapshot } = await client.next("snapshot")
  expect(role).toBe("viewer")
  expect(idsIn({ snapshot })).not.toContain(secret)
  expect((await nexus.call("GET", `/panels/${secret}?workspace=${workspace}`, String(key.key))).status).toBe(404)
  await client.close()
})

test("the text of a panel that is written together is as narrow as the panel", async () => {
  const { workspace, secret, narrow, eve } = await place("hidden")
  const client = await follow(eve.token, workspace)
  await client.next("snapshot")
  client.send({ kind: "document_open", workspace, panel: secret, ref: "d1" })
  expect(await client.next("rejected")).toMatchObject({ ref: "d1", failure: { code: "not-found" } })
  await narrow("look")
  await client.next("resync")
  client.send({ kind: "subscribe", workspace })
  await client.next("snapshot")
  client.send({ kind: "document_open", workspace, panel: secret, ref: "d2" })
  const { document } = await client.next("document_opened")
  client.send({ kind: "document_update", workspace, panel: secret, document, update: new Uint8Array([0, 0]) })
  expect(await client.next("document_closed")).toMatchObject({ panel: secret, failure: { code: "forbidden" } })
  client.send({ kind: "document_save", workspace, panel: secret, ref: "d3" })
  expect(await client.next("rejected")).toMatchObject({ ref: "d3", failure: { code: "forbidden" } })
  await client.close()
})
