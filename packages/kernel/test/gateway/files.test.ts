import { request } from "node:http"
import { expect, test } from "vitest"
import { createFiles, DEFAULT_FILE_LIMITS } from "../../src/files/files.ts"
import { createMemoryFileStore } from "../../src/storage/memory-file-store.ts"
import { type Person, type TestHttp, withHttp } from "./with-http.ts"

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
)

async function workspaceOf(http: TestHttp) {
  const ada = await http.person("Ada")
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  const workspace: string = body.id
  return { ada, workspace, path: `/workspaces/${workspace}/files` }
}

async function upload(http: TestHttp, person: Person, path: string, bytes: Buffer, query: string, headers = {}) {
  const response = await fetch(`${http.url}/api/v1${path}?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${person.token}`, ...headers },
    body: new Uint8Array(bytes),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

function read(http: TestHttp, person: Person, path: string, headers = {}) {
  return fetch(`${http.url}/api/v1${path}`, { headers: { authorization: `Bearer ${person.token}`, ...headers } })
}

test("a file is put into a workspace, listed, read and taken out through the one commit", async () => {
  const http = await withHttp()
  const { ada, workspace, path } = await workspaceOf(http)
  const { status, body } = await upload(http, ada, path, PNG, "name=dot.png&type=image/png")
  expect([status, body.name, body.type, body.size]).toEqual([201, "dot.png", "image/png", PNG.length])
  const listed = await ada.call("GET", path)
  expect(listed.body).toMatchObject({ files: [{ id: body.id, sha256: body.sha256 }], used: PNG.length })

  const shown = await read(http, ada, `${path}/${body.id}`)
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG)
  expect((await ada.call("DELETE", `${path}/${body.id}`)).status).toBe(204)
  expect((await read(http, ada, `${path}/${body.id}`)).status).toBe(404)
  const changes = await (await http.workspaces.open(workspace)).changes(1, 10)
  expect(changes.map(({ cause }) => [cause.actor.id, cause.reason])).toEqual([
    [ada.id, "put dot.png into the files"],
    [ada.id, "took dot.png out of the files"],
  ])
})

test("a file that was taken out comes back with its content when that is undone", async () => {
  const http = await withHttp()
  const { ada, workspace, path } = await workspaceOf(http)
  const { body } = await upload(http, ada, path, PNG, "name=dot.png&type=image/png")
  const open = await http.workspaces.open(workspace)
  const entity = open.graph.entity(body.id)
  await ada.call("DELETE", `${path}/${body.id}`)
  if (!entity) throw new Error("it was there")
  const cause = { actor: { kind: "person" as const, id: ada.id, name: "Ada" }, reason: "undo" }
  await open.commit({ submission: "back", cause, operations: [{ kind: "entity_add", entity }] })
  expect((await read(http, ada, `${path}/${body.id}`)).status).toBe(200)
})

test("pictures may be shown, everything else is saved, and nothing of either can run", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const picture = await upload(http, ada, path, PNG, "name=dot.png&type=image/png")
  const shown = await read(http, ada, `${path}/${picture.body.id}`)
  expect(shown.headers.get("content-type")).toBe("image/png")
  expect(shown.headers.get("content-disposition")).toBeNull()
  for (const [name, type] of [
    ["page.html", "text/html"],
    ["drawing.svg", "image/svg+xml"],
  ] as const) {
    const { body } = await upload(
      http,
      ada,
      path,
      Buffer.from("<script>1</script>"),
      `name=${name}&type=${encodeURIComponent(type)}`,
    )
    const saved = await read(http, ada, `${path}/${body.id}`)
    expect(saved.headers.get("content-type")).toBe("application/octet-stream")
    expect(saved.headers.get("content-disposition")).toBe(`attachment; filename=${name}`)
  }
  expect(shown.headers.get("x-content-type-options")).toBe("nosniff")
  expect(shown.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/)
})

test("a name that is no ASCII, or would break the header, arrives whole", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const name = 'Größe "neu" 📏.txt'
  const { body } = await upload(http, ada, path, Buffer.from("x"), `name=${encodeURIComponent(name)}&type=text/plain`)
  expect(body.name).toBe(name)
  const header = (await read(http, ada, `${path}/${body.id}`)).headers.get("content-disposition") ?? ""
  expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(header)?.[1] ?? "")).toBe(name)
  for (const bad of ["a/b.txt", "a\\b", "line\nbreak", "", "a\u202etxt.exe"]) {
    const refused = await upload(http, ada, path, Buffer.from("x"), `name=${encodeURIComponent(bad)}`)
    expect([bad, refused.status, refused.body.path]).toEqual([bad, 422, "query.name"])
  }
})

test("JSON is a file like others: its bytes come back as they were", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const bytes = Buffer.from('{ "a":   1 }\n')
  const query = "name=a.json&type=application/json"
  const { body } = await upload(http, ada, path, bytes, query, { "content-type": "application/json" })
  expect(await (await read(http, ada, `${path}/${body.id}`)).text()).toBe(bytes.toString())
})

test("a file over the limit is refused by its announced length, and one that lies at the byte that is too much", async () => {
  const limits = { ...DEFAULT_FILE_LIMITS, fileBytes: 1000 }
  const store = createMemoryFileStore()
  const http = await withHttp({ files: createFiles(store, limits) })
  const { ada, workspace, path } = await workspaceOf(http)
  const told = await upload(http, ada, path, Buffer.alloc(1001), "name=big.bin")
  expect([told.status, told.body]).toMatchObject([413, { code: "too-large", limit: 1000, actual: 1001 }])

  const { status, sent } = await streamed(http, ada, `${path}?name=big.bin`, 50_000_000)
  expect(status).toBe(413)
  expect(sent).toBeLessThan(20_000_000)
  expect(await store.list(workspace)).toEqual([])
  expect((await http.workspaces.open(workspace)).seq).toBe(1)
})

test("a workspace has a quota; the same content counts once, and what was taken out no more", async () => {
  const limits = { ...DEFAULT_FILE_LIMITS, workspaceBytes: 2000 }
  const store = createMemoryFileStore()
  const http = await withHttp({ files: createFiles(store, limits) })
  const { ada, workspace, path } = await workspaceOf(http)
  const put = (letter: string) => upload(http, ada, path, Buffer.alloc(900, letter), `name=${letter}.txt`)
  const first = await put("a")
  expect((await put("a")).status).toBe(201)
  expect((await put("b")).status).toBe(201)
  const over = await put("c")
  expect([over.status, over.body]).toMatchObject([429, { code: "quota-exceeded", limit: 2000, used: 1800 }])
  expect(over.body.detail).toContain("1800 of 2000")

  const twins = (await ada.call("GET", path)).body.files.filter(
    ({ sha256 }: { sha256: string }) => sha256 === first.body.sha256,
  )
  for (const { id } of twins) await ada.call("DELETE", `${path}/${id}`)
  for (const letter of ["c", "d", "e"]) {
    const { body } = await put(letter)
    if (letter !== "e") await ada.call("DELETE", `${path}/${body.id}`)
  }
  // Contents that nothing names are kept while there is room for them, the newest longest.
  const kept = (await store.list(workspace)).reduce((sum, { size }) => sum + size, 0)
  expect(kept).toBeLessThanOrEqual(4000)
  expect(await store.has(workspace, first.body.sha256)).toBe(false)
})

test("a kind that is not taken, and a picture that is none, are refused", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const program = await upload(http, ada, path, Buffer.from("MZ"), "name=a.exe&type=application/x-msdownload")
  expect([program.status, program.body.path]).toEqual([422, "query.type"])
  const disguised = await upload(http, ada, path, Buffer.from("<html>hello there</html>"), "name=a.png&type=image/png")
  expect([disguised.status, disguised.body.detail]).toEqual([422, expect.stringContaining("its content is not")])
  const short = await upload(http, ada, path, Buffer.from("<"), "name=a.png&type=image/png")
  expect(short.status).toBe(422)
})

test("viewers read and do not write, strangers do neither, and a file of another workspace is not there", async () => {
  const http = await withHttp()
  const { ada, workspace, path } = await workspaceOf(http)
  const eve = await http.person("Eve")
  const { body } = await upload(http, ada, path, PNG, "name=dot.png&type=image/png")
  expect((await upload(http, eve, path, PNG, "name=a.png&type=image/png")).body.code).toBe("forbidden")
  expect((await read(http, eve, `${path}/${body.id}`)).status).toBe(403)
  await ada.call("PUT", `/workspaces/${workspace}/members/${eve.id}`, { role: "viewer" })
  expect((await read(http, eve, `${path}/${body.id}`)).status).toBe(200)
  expect((await upload(http, eve, path, PNG, "name=a.png&type=image/png")).status).toBe(403)
  expect((await eve.call("DELETE", `${path}/${body.id}`)).status).toBe(403)
  const { body: other } = await ada.call("POST", "/workspaces", { name: "Other" })
  expect((await read(http, ada, `/workspaces/${other.id}/files/${body.id}`)).status).toBe(404)
  expect((await fetch(`${http.url}/api/v1${path}/${body.id}`)).status).toBe(401)
})

test("one range of bytes is given, one outside is refused, and what did not change is not sent again", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const { body } = await upload(http, ada, path, Buffer.from("0123456789"), "name=a.txt&type=text/plain")
  const part = await read(http, ada, `${path}/${body.id}`, { range: "bytes=2-4" })
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"])
  expect((await read(http, ada, `${path}/${body.id}`, { range: "bytes=20-" })).headers.get("content-range")).toBe(
    "bytes */10",
  )
  const etag = part.headers.get("etag") ?? ""
  expect((await read(http, ada, `${path}/${body.id}`, { "if-none-match": etag })).status).toBe(304)
})

test("an upload that breaks off leaves nothing", async () => {
  const store = createMemoryFileStore()
  const http = await withHttp({ files: createFiles(store) })
  const { ada, workspace, path } = await workspaceOf(http)
  const sending = request(`${http.url}/api/v1${path}?name=a.bin`, {
    method: "POST",
    headers: { authorization: `Bearer ${ada.token}`, "content-length": "1000000" },
  })
  sending.on("error", () => undefined)
  sending.write(Buffer.alloc(10_000))
  await new Promise((resolve) => setTimeout(resolve, 50))
  sending.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await store.list(workspace)).toEqual([])
  expect((await http.workspaces.open(workspace)).seq).toBe(1)
  expect((await ada.call("GET", path)).body).toMatchObject({ files: [], used: 0 })
})

/** Sends up to `total` bytes without saying how many, until it is told to stop. */
async function streamed(http: TestHttp, person: Person, path: string, total: number) {
  let sent = 0
  const piece = Buffer.alloc(65_536)
  return new Promise<{ status: number; sent: number }>((resolve, reject) => {
    const sending = request(`${http.url}/api/v1${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${person.token}`, "transfer-encoding": "chunked" },
    })
    const write = (): void => {
      while (sent < total && !sending.destroyed) {
        sent += piece.length
        if (!sending.write(piece)) {
          sending.once("drain", write)
          return
        }
      }
      sending.end()
    }
    sending.on("response", (response) => {
      resolve({ status: response.statusCode ?? 0, sent })
      sending.destroy()
    })
    sending.on("error", reject)
    write()
  })
}
