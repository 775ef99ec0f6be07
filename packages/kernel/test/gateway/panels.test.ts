import { expect, test } from "vitest"
import { counterSource, type TestHttp, withHttp } from "./with-http.ts"

async function workspaceOf(http: TestHttp) {
  const ada = await http.person("Ada")
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  return { ada, workspace: body.id, query: `workspace=${body.id}` }
}

test("a panel is added, read, edited, moved and removed through the one commit", async () => {
  const http = await withHttp()
  const { ada, workspace, query } = await workspaceOf(http)
  const made = await ada.call("POST", "/panels", { workspace, source: counterSource() })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ title: "Counter", state: { count: 0 }, grants: [], seq: 2 })
  const path = `/panels/${made.body.id}?${query}`
  expect((await ada.call("GET", path)).body).toEqual(made.body)

  const frame = { x: 1, y: 2, w: 300, h: 200 }
  expect((await ada.call("PUT", path, { frame })).body).toMatchObject({ frame, seq: 3 })
  const source = counterSource("Tally")
  expect((await ada.call("PUT", path, { source, expect: made.body.source })).body).toMatchObject({
    title: "Tally",
    source,
  })
  const stale = await ada.call("PUT", path, { source, expect: "what it never was" })
  expect([stale.status, stale.body.code]).toEqual([409, "operation-conflict"])

  expect((await ada.call("DELETE", path)).status).toBe(204)
  expect((await ada.call("GET", path)).status).toBe(404)
  const changes = await (await http.workspaces.open(workspace)).changes(1, 10)
  expect(changes.map(({ cause }) => cause.reason)).toEqual([
    "added a panel",
    "moved Counter",
    "edited Counter",
    "removed Tally",
  ])
  expect(changes.every(({ cause }) => cause.actor.kind === "person" && cause.actor.id === ada.id)).toBe(true)
})

test("a panel with errors is refused with the first error and its place", async () => {
  const http = await withHttp()
  const { ada, workspace } = await workspaceOf(http)
  const source = counterSource().replace("<Metric", "<Metrik")
  const answer = await ada.call("POST", "/panels", { workspace, source })
  expect(answer.status).toBe(422)
  expect(answer.body).toMatchObject({ code: "panel-invalid", errors: 1, line: 10 })
  expect((await http.workspaces.open(workspace)).seq).toBe(1)
})

test("a panel of another workspace is not there", async () => {
  const http = await withHttp()
  const { ada, workspace } = await workspaceOf(http)
  const { body: other } = await ada.call("POST", "/workspaces", { name: "Other" })
  const { body: panel } = await ada.call("POST", "/panels", { workspace, source: counterSource() })
  expect((await ada.call("GET", `/panels/${panel.id}?workspace=${other.id}`)).status).toBe(404)
})

test("a grant is given and taken back by a person", async () => {
  const http = await withHttp()
  const { ada, workspace, query } = await workspaceOf(http)
  const extra = '<Capability type="time" reason="Waits"/>'
  const { body: panel } = await ada.call("POST", "/panels", { workspace, source: counterSource("Counter", extra) })
  const path = `/panels/${panel.id}/grants?${query}`
  expect((await ada.call("PUT", path, { grant: "time", granted: true })).body.grants).toEqual(["time"])
  expect((await ada.call("PUT", path, { grant: "time", granted: false })).body.grants).toEqual([])
})

test("a panel is rendered as a document in which nothing runs", async () => {
  const http = await withHttp()
  const { ada, workspace, query } = await workspaceOf(http)
  const { body: panel } = await ada.call("POST", "/panels", { workspace, source: counterSource("A &lt; B") })
  const { status, headers, body } = await ada.call("GET", `/panels/${panel.id}/render?${query}`)
  expect(status).toBe(200)
  expect(headers.get("content-type")).toContain("text/html")
  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; style-src-attr 'unsafe-inline'; .*; sandbox allow-popups/,
  )
  expect(body).toMatch(/<style>[^<]*:where\(:root\)[^<]*\.nx-page/)
  expect(body).not.toContain("@import")
  expect(body).toContain("<title>A &lt; B</title>")
  expect(body).toContain("Count")
  expect(body).not.toContain("<script")
})

test("a page holds no secret, and a browser that signed in opens it by its address", async () => {
  const http = await withHttp()
  const { ada, query } = await workspaceOf(http)
  const secret = '<State name="key" type="string" secret="true" default="canary-default"/>'
  const source = `<NexusPanel title="Key"><Data>${secret}</Data><View><Text content="[{$state.key}]"/></View></NexusPanel>`
  const workspace = query.replace("workspace=", "")
  const { body: panel } = await ada.call("POST", "/panels", { workspace, source })
  const address = `${http.url}/api/v1/panels/${panel.id}/render?${query}`
  const open = (cookie: string) => fetch(address, { headers: { cookie } })
  const page = await open(`nexus_reader=${ada.token}`)
  expect(page.status).toBe(200)
  const html = await page.text()
  expect(html).toContain(">[]<")
  expect(html).not.toContain("canary")
  expect((await open("nexus_reader=nonsense")).status).toBe(401)
  const change = await fetch(`${http.url}/api/v1/panels/${panel.id}?${query}`, {
    method: "DELETE",
    headers: { cookie: `nexus_reader=${ada.token}` },
  })
  expect(change.status).toBe(401)
})

test("the graph answers queries with its position", async () => {
  const http = await withHttp()
  const { ada, workspace } = await workspaceOf(http)
  const { body: panel } = await ada.call("POST", "/panels", { workspace, source: counterSource() })
  const answer = await ada.call("POST", "/nog/query", {
    workspace,
    query: { find: "neighbours", id: panel.id, limit: 50 },
  })
  expect(answer.body).toMatchObject({ seq: 2, cut: false })
  const found = await ada.call("POST", "/nog/query", { workspace, query: { find: "name", name: "counter" } })
  expect(found.body.entities.map(({ id }: { id: string }) => id)).toEqual([panel.id])
  expect(
    (await ada.call("POST", "/nog/query", { workspace, query: { find: "subgraph", id: "x", depth: 99 } })).status,
  ).toBe(422)
})

test("a failed handler is the named failure", async () => {
  const http = await withHttp()
  const { ada, workspace, query } = await workspaceOf(http)
  const { body: panel } = await ada.call("POST", "/panels", { workspace, source: counterSource() })
  const crashed = await ada.call("POST", `/panels/${panel.id}/handlers/add?${query}`, { args: { by: 1 } })
  expect([crashed.status, crashed.body.code]).toEqual([503, "sandbox-crashed"])
  const unknown = await ada.call("POST", `/panels/${panel.id}/handlers/nothing?${query}`, {})
  expect([unknown.status, unknown.body.code, unknown.body.known]).toEqual([404, "handler-unknown", ["add"]])
})
