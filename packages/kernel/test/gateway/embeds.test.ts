import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type ClientMessage, createId, PROTOCOL_VERSION } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"
import { WireClient } from "../wire-client.ts"

/* Pages of other sites that show a panel: who may frame what, and what the code that stands in them opens. */

const WORKSPACE = "home"
const SITE = "https://example.org"
const SOURCE = `<NexusPanel title="Shown">
  <Data><State name="n" type="number" default="0"/></Data>
  <Logic><Handler name="add">$state.n += 1</Handler></Logic>
  <View><Text content="{$state.n}"/></View>
</NexusPanel>`

let world: RunningKernel
let studioDir: string
let panel: string
beforeAll(async () => {
  studioDir = await mkdtemp(join(tmpdir(), "nexus-studio-"))
  await mkdir(join(studioDir, "assets"))
  for (const page of ["index.html", "embed.html"]) await writeFile(join(studioDir, page), `<!doctype html>${page}`)
  world = await runningKernel({ studioDir })
  const made = await world.call("POST", "/panels", world.owner.token, { workspace: WORKSPACE, source: SOURCE })
  panel = String(made.body.id)
})
afterAll(async () => {
  await world.close()
  await rm(studioDir, { recursive: true })
})

async function share(body: object) {
  const path = `/workspaces/${WORKSPACE}/shares`
  const { status, body: made } = await world.call("POST", path, world.owner.token, { role: "viewer", ...body })
  return { status, made, id: String(made.id), code: String(made.code), url: String(made.url) }
}

async function framedBy(path: string, headers: HeadersInit = {}) {
  const response = await fetch(new URL(path, world.kernel.url), { headers })
  const policy = response.headers.get("content-security-policy") ?? ""
  return { status: response.status, headers: response.headers, ancestors: /frame-ancestors ([^;]*)/.exec(policy)?.[1] }
}

async function lookIn(code: string): Promise<WireClient> {
  const client = await WireClient.connect(world.kernel.url, world.kernel.url)
  client.send({ kind: "hello", token: code, protocol: PROTOCOL_VERSION })
  return client
}

test("the page of a link may be framed by the sites it names, and by those alone", async () => {
  const { id, url, code } = await share({ embedHosts: [SITE, "https://*.example.net", "http://localhost:3000"] })
  expect(url).toBe(`${world.kernel.url}/embed/${id}#${code}`)
  const page = await framedBy(url)
  expect(page).toMatchObject({ status: 200, ancestors: `${SITE} https://*.example.net http://localhost:3000` })
  expect(page.headers.get("content-security-policy")).toContain("require-trusted-types-for 'script'")
  expect(page.headers.get("x-frame-options")).toBe(null)
})

test("every other page may be framed by nobody", async () => {
  const invite = await share({})
  const paths = ["/", "/components", "/embed.html", "/embed/share_unknown", `/embed/${invite.id}`, "/embed/..%2f"]
  const api = ["/openapi.json", "/healthz", "/api/v1/workspaces", `/api/v1/panels/${panel}/render?workspace=home`]
  for (const path of [...paths, ...api, "/docs", "/no/such/page.js"]) {
    expect((await framedBy(path)).ancestors, path).toBe("'none'")
  }
  expect((await framedBy(`/embed/${invite.id}`)).status).toBe(404)
})

test("who is signed in plays no part: a cookie changes nothing, and none is set", async () => {
  const { id } = await share({ embedHosts: [SITE] })
  const plain = await framedBy(`/embed/${id}`)
  const signedIn = await framedBy(`/embed/${id}`, { cookie: `nexus_reader=${world.owner.token}; nexus_refresh=x` })
  expect(signedIn.ancestors).toBe(plain.ancestors)
  expect(signedIn.headers.get("content-length")).toBe(plain.headers.get("content-length"))
  expect(signedIn.headers.get("set-cookie")).toBe(null)
})

test.each([
  ["*"],
  ["https://example.org; script-src *"],
  ["https://example.org\r\nX-Evil: 1"],
  ["data:"],
  ["'self'"],
  ["http://example.org"],
  [],
])("no link is made for %j", async (...embedHosts) => {
  const { status, made } = await share({ embedHosts })
  expect(status).toBe(422)
  expect(JSON.stringify(made)).toContain("embedHosts")
})

test("what is embedded is looked at: no link for editing is, nor a panel without its sites", async () => {
  expect((await share({ role: "editor", embedHosts: [SITE] })).status).toBe(422)
  expect((await share({ embedPanel: panel })).status).toBe(422)
})

test("the code opens the stream and nothing else: nobody joins by it, no endpoint takes it", async () => {
  const { code } = await share({ embedHosts: [SITE] })
  expect((await world.call("POST", `/shares/${code}/join`, world.owner.token)).status).toBe(404)
  for (const path of ["/auth/me", "/workspaces", `/workspaces/${WORKSPACE}`, `/workspaces/${WORKSPACE}/members`]) {
    expect((await world.call("GET", path, code)).status, path).toBe(401)
  }
})

test("who looks in sees the panel of the link, in its workspace alone, and is nobody's company", async () => {
  await world.call("POST", "/panels", world.owner.token, { workspace: WORKSPACE, source: SOURCE })
  const { code } = await share({ embedHosts: [SITE], embedPanel: panel })
  const owner = await world.client(world.owner.token)
  owner.send({ kind: "subscribe", workspace: WORKSPACE })
  await owner.next("presence")
  const page = await lookIn(code)
  page.send({ kind: "subscribe", workspace: WORKSPACE })
  const { role, snapshot } = await page.next("snapshot")
  expect(role).toBe("viewer")
  expect(snapshot.entities.filter(({ kind }) => kind === "panel").map(({ id }) => id)).toEqual([panel])
  expect(snapshot.entities.find(({ kind }) => kind === "workspace")?.name).toBe("")

  page.send({ kind: "subscribe", workspace: "another" })
  expect(await page.next("failed")).toMatchObject({ failure: { code: "forbidden" } })
  await owner.submit(WORKSPACE, [{ kind: "state_set", panel, path: ["n"], value: 7 }])
  expect((await page.next("change")).change).toMatchObject({ cause: { actor: { name: "Somebody" } } })
  owner.send({ kind: "presence_set", workspace: WORKSPACE, presence: { at: 1 } })
  const { peers } = await owner.next("presence", (each) => each.peers.some(({ presence }) => presence.at === 1))
  expect(peers).toHaveLength(1)
  page.send({ kind: "ping", at: 1 })
  await page.next("pong")
  expect(page.heard.map(({ kind }) => kind)).toEqual(["welcome"])
  await Promise.all([page.close(), owner.close()])
})

test("who looks in does nothing: no handler, no change, no comment, no text, no sign of being there", async () => {
  const { code } = await share({ embedHosts: [SITE] })
  const page = await lookIn(code)
  page.send({ kind: "subscribe", workspace: WORKSPACE })
  await page.next("snapshot")
  const about = { workspace: WORKSPACE, panel, document: "document_1" }
  const comment = { id: "comment_1", kind: "comment", name: "", scope: panel, properties: {} } as const
  const said: ClientMessage[] = [
    { kind: "handler_trigger", workspace: WORKSPACE, panel, handler: "add", args: {}, ref: createId("ref") },
    {
      kind: "operations_submit",
      ...{ workspace: WORKSPACE, base: 0, reason: "", ref: createId("ref") },
      operations: [{ kind: "entity_add", entity: comment }],
    },
    { kind: "presence_set", workspace: WORKSPACE, presence: { at: 1 } },
    { kind: "document_open", workspace: WORKSPACE, panel, ref: createId("ref") },
    { kind: "document_update", ...about, update: new Uint8Array(1) },
    { kind: "document_save", ...about, ref: createId("ref") },
  ]
  for (const message of said) {
    page.send(message)
    const refused = "ref" in message ? await page.next("rejected") : await page.next("failed")
    expect(refused.failure, message.kind).toMatchObject({ code: "forbidden" })
  }
  await page.close()
})

test("a link that is stopped ends what it shows, at once, and its page stays to say so", async () => {
  const { id, code } = await share({ embedHosts: [SITE] })
  const other = await share({ embedHosts: [SITE] })
  const [page, stays] = [await lookIn(code), await lookIn(other.code)]
  await page.next("welcome")
  await stays.next("welcome")
  await world.call("DELETE", `/workspaces/${WORKSPACE}/shares/${id}`, world.owner.token)
  expect(await page.next("failed")).toMatchObject({ failure: { code: "unauthenticated" } })
  expect(await page.closed).toBe(1008)
  expect(await framedBy(`/embed/${id}`)).toMatchObject({ status: 200, ancestors: SITE })
  const late = await lookIn(code)
  expect(await late.next("failed")).toMatchObject({ failure: { code: "unauthenticated" } })
  stays.send({ kind: "ping", at: 1 })
  await stays.next("pong")
  await stays.close()
})

test("with its workspace everything that shows it ends", async () => {
  const made = await world.call("POST", "/workspaces", world.owner.token, { name: "Short" })
  const short = String(made.body.id)
  const body = { role: "viewer", embedHosts: [SITE] }
  const link = await world.call("POST", `/workspaces/${short}/shares`, world.owner.token, body)
  const page = await lookIn(String(link.body.code))
  await page.next("welcome")
  await world.call("DELETE", `/workspaces/${short}`, world.owner.token)
  expect(await page.closed).toBe(1008)
  expect((await framedBy(`/embed/${link.body.id}`)).ancestors).toBe("'none'")
})
