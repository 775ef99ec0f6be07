import { createWriteStream } from "node:fs"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { expect, onTestFinished, test } from "vitest"
import { ZipFile } from "yazl"
import { createBundles } from "../../src/bundles/bundles.ts"
import { DEFAULT_ZIP_LIMITS, openZip } from "../../src/bundles/open-zip.ts"
import { createDatabases } from "../../src/databases/databases.ts"
import { createFiles } from "../../src/files/files.ts"
import { createMemoryFileStore } from "../../src/storage/memory-file-store.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { counterSource, type Person, type TestHttp, withHttp } from "./with-http.ts"

async function world() {
  const files = createFiles(createMemoryFileStore())
  const { values } = createMemoryJournal()
  const databases = createDatabases(undefined)
  onTestFinished(() => databases.close())
  const http = await withHttp({ files, bundles: createBundles({ files, values, databases, clock: () => 5 }) })
  return { http, files, values, databases, ada: await http.person("Ada") }
}

async function exported(http: TestHttp, { token }: Person, workspace: string, query = ""): Promise<Buffer> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${http.url}/api/v1/workspaces/${workspace}/export${query}`, { headers })
  expect(answer.status).toBe(200)
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename=${workspace}.zip`)
  return Buffer.from(await answer.arrayBuffer())
}

async function imported(http: TestHttp, { token }: Person, bytes: Buffer<ArrayBuffer>, query = "") {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" }
  const answer = await fetch(`${http.url}/api/v1/workspaces/bundles${query}`, { method: "POST", headers, body: bytes })
  return { status: answer.status, body: await answer.json() }
}

/** A workspace with something of everything that a bundle holds, and of what it must not hold. */
async function filled({ http, values, databases, ada }: Awaited<ReturnType<typeof world>>): Promise<string> {
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const id: string = workspace.id
  const source = counterSource("Counter", '<Capability type="kv" scope="notes" reason="Keeps notes"/>')
  const { body: panel } = await ada.call("POST", "/panels", { workspace: id, source })
  const opened = await http.workspaces.open(id)
  const cause = { actor: { kind: "person", id: ada.id, name: "Ada" }, reason: "a test" } as const
  await opened.commit({
    submission: "fill",
    cause,
    operations: [
      { kind: "state_set", panel: panel.id, path: ["count"], value: 7 },
      { kind: "panel_grant", panel: panel.id, grant: "kv:notes", granted: true },
      { kind: "entity_add", entity: { id: "c1", kind: "concept", name: "Food", scope: id, properties: {} } },
      { kind: "relationship_add", relationship: { from: panel.id, kind: "related_to", to: "c1", properties: {} } },
    ],
  })
  const upload = await fetch(`${http.url}/api/v1/workspaces/${id}/files?name=notes.txt&type=text/plain`, {
    method: "POST",
    headers: { authorization: `Bearer ${ada.token}`, "content-type": "application/octet-stream" },
    body: "milk, bread",
  })
  expect(upload.status).toBe(201)
  await values.set(id, "kv:notes", "first", '"remember"')
  await values.set(id, "secrets", "key", '"sk-very-secret"')
  const columns = {
    name: { type: "text", required: true, unique: true },
    price: { type: "real", required: false, unique: false },
  } as const
  await databases.ask(id, { kind: "createTable", table: "things", columns })
  const rows = Array.from({ length: 700 }, (_, n) => ({ name: `thing ${n}`, price: n / 4 }))
  await databases.ask(id, { kind: "insert", table: "things", rows, submission: "rows" })
  return id
}

test("a workspace that is exported and imported is there once more, in a workspace of its own", async () => {
  const at = await world()
  const { http, files, values, databases, ada } = at
  const id = await filled(at)
  const made = await imported(http, ada, Buffer.from(await exported(http, ada, id)), "?name=Second")
  expect(made).toMatchObject({ status: 201, body: { name: "Second", role: "owner", panels: 1 } })
  expect(made.body.id).not.toBe(id)
  const second = await http.workspaces.open(made.body.id)
  const [panel] = [...second.graph.panels()]
  expect(panel?.properties).toMatchObject({ title: "Counter", state: { count: 7 }, grants: [] })
  expect(second.graph.relationship(panel?.id ?? "", "related_to", "c1")).toBeDefined()
  expect(second.graph.entity("c1")?.scope).toBe(second.id)
  const [file] = files.list(second)
  const pieces: Buffer[] = []
  for await (const piece of (await files.open(second, file?.id ?? "")).read()) pieces.push(Buffer.from(piece))
  expect(Buffer.concat(pieces).toString()).toBe("milk, bread")
  expect(await values.list(second.id, "kv:notes", "", 10)).toEqual([["first", '"remember"']])
  expect(await databases.tables(second.id)).toEqual(await databases.tables(id))
  expect(await databases.ask(second.id, { kind: "count", table: "things", where: {} })).toBe(700)
  const [last] = [...(await second.changes(0, 10))].slice(-1)
  expect(last?.cause).toMatchObject({ actor: { kind: "person", id: ada.id }, reason: "imported the workspace Second" })
})

test("a bundle holds no secret and no grant, and the history only where that is asked", async () => {
  const at = await world()
  const id = await filled(at)
  const paths = async (query: string) => {
    const path = join(at.http.world.dir, "looked-at.zip")
    await writeFile(path, await exported(at.http, at.ada, id, query))
    const zip = await openZip(path, DEFAULT_ZIP_LIMITS, () => true)
    const texts = await Promise.all([...zip.paths].map((one) => zip.text(one)))
    zip.close()
    await rm(path)
    return { paths: [...zip.paths], text: texts.join("\n") }
  }
  const plain = await paths("")
  expect(plain.text).toContain("remember")
  for (const hidden of ["sk-very-secret", "grants", "Ada"]) expect(plain.text).not.toContain(hidden)
  expect(plain.paths).not.toContain("history.jsonl")
  const whole = await paths("?history=true")
  expect(whole.paths).toContain("history.jsonl")
  expect(whole.text).toContain('"reason":"a test"')
  expect(
    (await imported(at.http, at.ada, Buffer.from(await exported(at.http, at.ada, id, "?history=true")))).status,
  ).toBe(201)
})

test("attack: a bundle of which something was changed, added or taken out is refused, and nothing is made of it", async () => {
  const at = await world()
  const { http, ada } = at
  const id = await filled(at)
  const path = join(http.world.dir, "honest.zip")
  await writeFile(path, await exported(http, ada, id))
  const honest = await openZip(path, DEFAULT_ZIP_LIMITS, () => true)
  const texts = new Map<string, string>()
  for (const one of honest.paths) texts.set(one, await honest.text(one))
  honest.close()
  const forged = async (change: (entries: Map<string, string>) => void): Promise<Buffer<ArrayBuffer>> => {
    const entries = new Map(texts)
    change(entries)
    const zip = new ZipFile()
    for (const [name, text] of entries) zip.addBuffer(Buffer.from(text), name)
    zip.end()
    const to = join(http.world.dir, "forged.zip")
    await pipeline(zip.outputStream, createWriteStream(to))
    return Buffer.from(await readFile(to))
  }
  const panel = [...texts.keys()].find((one) => one.endsWith("panel.nxml")) ?? ""
  const before = (await ada.call("GET", "/workspaces")).body.workspaces.length
  const refusal = async (change: (entries: Map<string, string>) => void) => {
    const { status, body } = await imported(http, ada, await forged(change))
    expect(status).toBe(422)
    return body.detail
  }
  const changed = (text: string) => text.replace("Counter", "Countor")
  expect(await refusal((entries) => entries.set(panel, changed(texts.get(panel) ?? "")))).toContain("was changed")
  expect(await refusal((entries) => entries.delete(panel))).toContain("is missing")
  expect(await refusal((entries) => entries.set("panels/more/panel.nxml", "<NexusPanel/>"))).toContain(
    "not in its list",
  )
  expect(await refusal((entries) => entries.set("run.sh", "echo"))).toContain("does not belong")
  expect(await refusal((entries) => entries.delete("bundle.json"))).toContain("bundle.json is missing")
  expect(await refusal((entries) => entries.set("bundle.json", "{}"))).toContain("bundle.json")
  expect((await imported(http, ada, Buffer.from("no ZIP at all"))).status).toBe(422)
  expect((await ada.call("GET", "/workspaces")).body.workspaces).toHaveLength(before)
})

test("only an owner exports a workspace, and both ways are in the log", async () => {
  const at = await world()
  const { http, ada } = at
  const id = await filled(at)
  const eve = await http.person("Eve")
  await ada.call("PUT", `/workspaces/${id}/members/${eve.id}`, { role: "editor" })
  expect((await eve.call("GET", `/workspaces/${id}/export`)).status).toBe(403)
  const { body } = await imported(http, ada, Buffer.from(await exported(http, ada, id)))
  const actions = async (workspace: string) =>
    (await ada.call("GET", `/workspaces/${workspace}/audit`)).body.entries.map(
      ({ action }: { action: string }) => action,
    )
  expect(await actions(id)).toContain("workspace.exported")
  expect(await actions(body.id)).toContain("workspace.imported")
})
