import { expect, test } from "vitest"
import { type Person, withHttp } from "./with-http.ts"

async function shared(owner: Person, guest: Person, role: "viewer" | "editor"): Promise<string> {
  const { body: workspace } = await owner.call("POST", "/workspaces", { name: "Home" })
  const { body: share } = await owner.call("POST", `/workspaces/${workspace.id}/shares`, { role })
  const joined = await guest.call("POST", `/shares/${share.code}/join`)
  expect(joined.body).toEqual({ workspace: workspace.id, role })
  return workspace.id
}

test("whoever makes a workspace owns it, and only members see it", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const made = await ada.call("POST", "/workspaces", { name: "  Home  " })
  expect(made.status).toBe(201)
  expect(made.body).toEqual({ id: made.body.id, name: "Home", role: "owner", seq: 1, panels: 0 })
  const seen = { ...made.body, members: 1, people: [{ id: ada.id, name: "Ada" }], sketch: [] }
  expect((await ada.call("GET", "/workspaces")).body).toEqual({ workspaces: [seen] })
  expect((await eve.call("GET", "/workspaces")).body).toEqual({ workspaces: [] })
  expect((await ada.call("GET", `/workspaces/${made.body.id}`)).body).toEqual(made.body)
  const refused = await eve.call("GET", `/workspaces/${made.body.id}`)
  expect([refused.status, refused.body.code]).toEqual([403, "forbidden"])
  const unknown = await eve.call("GET", "/workspaces/ws_unknown")
  expect([unknown.status, unknown.body.detail]).toEqual([403, refused.body.detail])
})

test("renaming a workspace is a change like any other", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  expect((await ada.call("PATCH", `/workspaces/${body.id}`, { name: "Office" })).body).toMatchObject({
    name: "Office",
    seq: 2,
  })
  const workspace = await http.workspaces.open(body.id)
  const [change] = await workspace.changes(1, 1)
  expect(change?.cause).toMatchObject({
    actor: { kind: "person", id: ada.id, name: "Ada" },
    reason: "renamed the workspace to Office",
  })
  expect(change?.cause.traceId).toMatch(/^[0-9a-f]{32}$/)
})

test("a viewer reads everything and changes nothing", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await shared(ada, eve, "viewer")
  const reads = [
    ["GET", `/workspaces/${id}`],
    ["GET", `/workspaces/${id}/members`],
    ["POST", "/nog/query", { workspace: id, query: { find: "kind", kind: "workspace" } }],
    ["GET", `/patches?workspace=${id}`],
    ["GET", `/workspace/history?workspace=${id}`],
    ["GET", `/twin/state?workspace=${id}&at=5`],
    ["GET", `/twin/timeline?workspace=${id}&from=1&to=5`],
  ] as const
  for (const [method, path, body] of reads) expect((await eve.call(method, path, body)).status, path).toBe(200)
  const frame = { x: 0, y: 0, w: 100, h: 100 }
  const writes = [
    ["PATCH", `/workspaces/${id}`, { name: "Mine" }],
    ["DELETE", `/workspaces/${id}`],
    ["PUT", `/workspaces/${id}/members/${eve.id}`, { role: "owner" }],
    ["DELETE", `/workspaces/${id}/members/${ada.id}`],
    ["GET", `/workspaces/${id}/shares`],
    ["POST", `/workspaces/${id}/shares`, { role: "editor" }],
    ["POST", "/panels", { workspace: id, source: "<NexusPanel/>" }],
    ["PUT", `/panels/p?workspace=${id}`, { frame }],
    ["DELETE", `/panels/p?workspace=${id}`],
    ["PUT", `/panels/p/grants?workspace=${id}`, { grant: "time", granted: true }],
    ["POST", `/panels/p/handlers/add?workspace=${id}`, {}],
    ["POST", "/workspace/commit", { workspace: id }],
    ["POST", "/workspace/checkout", { workspace: id, ref: "main" }],
    ["POST", "/patch/apply", { workspace: id, base: 1, reason: "r", operations: [{ kind: "entity_remove", id: "x" }] }],
  ] as const
  for (const [method, path, body] of writes) {
    const answer = await eve.call(method, path, body)
    expect([answer.status, answer.body.code], `${method} ${path}`).toEqual([403, "forbidden"])
    expect(answer.body).toMatchObject({ role: "viewer", needed: expect.stringMatching(/editor|owner/) })
  }
  expect((await http.workspaces.open(id)).seq).toBe(1)
})

test("an editor changes the workspace but not its members", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await shared(ada, eve, "editor")
  expect((await eve.call("PATCH", `/workspaces/${id}`, { name: "Ours" })).status).toBe(200)
  expect((await eve.call("PUT", `/workspaces/${id}/members/${eve.id}`, { role: "owner" })).status).toBe(403)
  expect((await eve.call("POST", `/workspaces/${id}/shares`, { role: "viewer" })).status).toBe(403)
})

test("owners change roles at once; everyone may leave; the last owner stays", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await shared(ada, eve, "viewer")
  expect((await ada.call("PUT", `/workspaces/${id}/members/${eve.id}`, { role: "editor" })).status).toBe(204)
  const { body } = await eve.call("GET", `/workspaces/${id}/members`)
  expect(body.members).toContainEqual({ user: expect.objectContaining({ id: eve.id, name: "Eve" }), role: "editor" })
  expect(body.members).toHaveLength(2)
  expect((await eve.call("DELETE", `/workspaces/${id}/members/${eve.id}`)).status).toBe(204)
  expect((await eve.call("GET", `/workspaces/${id}`)).status).toBe(403)
  expect((await ada.call("DELETE", `/workspaces/${id}/members/${ada.id}`)).body.code).toBe("conflict")
})

test("a share link is told once, listed without its code, and can be stopped", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const shares = `/workspaces/${workspace.id}/shares`
  const made = await ada.call("POST", shares, { role: "viewer", expiresInDays: 1 })
  expect(made.status).toBe(201)
  expect(made.body.url).toBe(`${http.url}/#/join/${made.body.code}`)
  const listed = await ada.call("GET", shares)
  expect(listed.body.shares).toHaveLength(1)
  expect(JSON.stringify(listed.body)).not.toContain(made.body.code)
  expect((await ada.call("DELETE", `${shares}/${made.body.id}`)).status).toBe(204)
  expect((await eve.call("POST", `/shares/${made.body.code}/join`)).status).toBe(404)
  expect((await ada.call("POST", shares, { role: "owner" })).status).toBe(422)
})

test("a share link leads to the address of the studio that asked, if it is ours", async () => {
  const http = await withHttp({ allowsOrigin: (origin) => origin === "https://nexus.example.org" })
  const ada = await http.person("Ada")
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const shareFrom = async (origin: string) => {
    const response = await fetch(`${http.url}/api/v1/workspaces/${workspace.id}/shares`, {
      method: "POST",
      headers: { authorization: `Bearer ${ada.token}`, "content-type": "application/json", origin },
      body: JSON.stringify({ role: "viewer" }),
    })
    return new URL((await response.json()).url).origin
  }
  expect(await shareFrom("https://nexus.example.org")).toBe("https://nexus.example.org")
  expect(await shareFrom("https://evil.example")).toBe(http.url)
})

test("a removed workspace is gone for everyone, closed, and forgotten by the record", async () => {
  const forgotten: string[] = []
  const http = await withHttp({ forget: (workspace) => void forgotten.push(workspace) })
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await shared(ada, eve, "editor")
  expect((await ada.call("DELETE", `/workspaces/${id}`)).status).toBe(204)
  expect(http.workspaces.get(id)).toBeUndefined()
  expect(forgotten).toEqual([id])
  for (const person of [ada, eve]) {
    expect((await person.call("GET", `/workspaces/${id}`)).status).toBe(403)
    expect((await person.call("GET", "/workspaces")).body).toEqual({ workspaces: [] })
  }
})

test("the time routes read their instants and paths from the query", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const query = `workspace=${workspace.id}`
  expect((await ada.call("GET", `/twin/state?${query}&at=17`)).body).toMatchObject({ at: 17 })
  expect((await ada.call("GET", `/twin/timeline?${query}&from=1&to=9&limit=3`)).body).toEqual({
    entries: [{ from: 1, to: 9, limit: 3 }],
  })
  expect((await ada.call("GET", `/twin/diff?${query}&a=1&b=2`)).body).toEqual({ a: 1, b: 2 })
  const path = encodeURIComponent(JSON.stringify(["items", { key: "a" }, "done"]))
  expect((await ada.call("GET", `/twin/why?${query}&panel=panel_1&path=${path}`)).body).toEqual({
    panel: "panel_1",
    path: ["items", { key: "a" }, "done"],
  })
  expect((await ada.call("GET", `/twin/why?${query}&panel=panel_unknown&path=${path}`)).status).toBe(404)
  for (const bad of ["at=yesterday", "at=-1", ""]) {
    expect((await ada.call("GET", `/twin/state?${query}&${bad}`)).status, bad).toBe(422)
  }
  expect((await ada.call("GET", `/twin/why?${query}&panel=p&path=items`)).body).toMatchObject({ path: "query.path" })
})

test("a share link says how often it was used, and who came by it and is still here", async () => {
  const http = await withHttp()
  const [ada, eve, bob] = [await http.person("Ada"), await http.person("Eve"), await http.person("Bob")]
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const shares = `/workspaces/${workspace.id}/shares`
  await ada.call("PUT", `/workspaces/${workspace.id}/members/${bob.id}`, { role: "viewer" })
  const { body: made } = await ada.call("POST", shares, { role: "editor" })
  expect(made).toMatchObject({ uses: 0, people: [] })
  const listed = async () => (await ada.call("GET", shares)).body.shares[0]
  for (const person of [eve, eve, bob]) await person.call("POST", `/shares/${made.code}/join`)
  // Bob was here before: it made him an editor, but he did not come by it. Eve's second time gave her nothing.
  expect(await listed()).toMatchObject({ uses: 2, people: [{ id: eve.id, name: "Eve" }] })
  await eve.call("DELETE", `/workspaces/${workspace.id}/members/${eve.id}`)
  expect(await listed()).toMatchObject({ uses: 2, people: [] })
})

test("whoever came by a stopped link leaves with it where that is asked, but for whom was made owner since", async () => {
  const http = await withHttp()
  const [ada, eve, bob, kim] = [
    await http.person("Ada"),
    await http.person("Eve"),
    await http.person("Bob"),
    await http.person("Kim"),
  ]
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const shares = `/workspaces/${workspace.id}/shares`
  const [first, second] = [
    await ada.call("POST", shares, { role: "viewer" }),
    await ada.call("POST", shares, { role: "viewer" }),
  ]
  for (const person of [eve, bob]) await person.call("POST", `/shares/${first.body.code}/join`)
  await kim.call("POST", `/shares/${second.body.code}/join`)
  await ada.call("PUT", `/workspaces/${workspace.id}/members/${bob.id}`, { role: "owner" })
  const names = async () => {
    const { body } = await ada.call("GET", `/workspaces/${workspace.id}/members`)
    return body.members.map(({ user }: { user: { name: string } }) => user.name).sort()
  }
  expect((await ada.call("DELETE", `${shares}/${first.body.id}?people=leave`)).status).toBe(204)
  expect(await names()).toEqual(["Ada", "Bob", "Kim"])
  expect((await eve.call("GET", `/workspaces/${workspace.id}`)).status).toBe(403)
  expect((await ada.call("DELETE", `${shares}/${second.body.id}`)).status).toBe(204)
  expect(await names()).toEqual(["Ada", "Bob", "Kim"])
})

test("a list tells how each workspace looks and who is in it, without anybody's address", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const { id } = (await ada.call("POST", "/workspaces", { name: "Home" })).body
  const source = '<NexusPanel title="Tea"><View><Text content="Tea"/></View></NexusPanel>'
  const frame = { x: 24, y: 48, w: 300, h: 200 }
  await ada.call("POST", "/panels", { workspace: id, source, frame })
  await ada.call("PUT", `/workspaces/${id}/members/${eve.id}`, { role: "viewer" })
  const [seen] = (await eve.call("GET", "/workspaces")).body.workspaces
  expect(seen).toMatchObject({ role: "viewer", panels: 1, members: 2, sketch: [{ ...frame, title: "Tea" }] })
  const people = [ada, eve].map(({ id }, index) => ({ id, name: index === 0 ? "Ada" : "Eve" }))
  expect(new Set(seen.people)).toEqual(new Set(people))
})
