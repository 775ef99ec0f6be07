import { request as rawRequest } from "node:http"
import { gunzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { createHttpServer } from "../../src/gateway/broken-requests.ts"
import { createDrain } from "../../src/gateway/drain.ts"
import { raw } from "./raw.ts"
import { counterSource, type Person, type TestHttp, withHttp } from "./with-http.ts"

interface Place {
  readonly http: TestHttp
  readonly ada: Person
  readonly workspace: string
  /** Calls as Ada with these headers. */
  ask(method: string, path: string, headers?: Record<string, string>, body?: unknown): Promise<Response>
}

async function place(): Promise<Place> {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  return {
    http,
    ada,
    workspace: body.id,
    ask: (method, path, headers = {}, sent) =>
      fetch(`${http.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${ada.token}`,
          ...(sent === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      }),
  }
}

describe("a version of what is read", () => {
  it("saves reading it again, and refuses to write over another one", async () => {
    const { ada, workspace, ask } = await place()
    const { body: panel } = await ada.call("POST", "/panels", { workspace, source: counterSource() })
    const path = `/panels/${panel.id}?workspace=${workspace}`
    const first = await ask("GET", path)
    const tag = first.headers.get("etag") ?? ""
    expect(tag).toMatch(/^"[\w-]{27}"$/)
    expect((await ask("GET", path, { "if-none-match": tag })).status).toBe(304)
    // Another panel moves the workspace on, and this one is what it was.
    await ada.call("POST", "/panels", { workspace, source: counterSource("Other") })
    expect((await ask("GET", path, { "if-none-match": tag })).status).toBe(304)

    const saved = await ask("PUT", path, { "if-match": tag }, { source: counterSource("Mine") })
    expect(saved.status).toBe(200)
    const now = saved.headers.get("etag") ?? ""
    expect(now).not.toBe(tag)
    for (const [method, body] of [
      ["PUT", { source: counterSource("Theirs") }],
      ["DELETE", undefined],
    ] as const) {
      const refused = await ask(method, path, { "if-match": tag }, body)
      expect([refused.status, (await refused.json()).code, refused.headers.get("etag")]).toEqual([412, "conflict", now])
    }
    expect((await ask("DELETE", path, { "if-match": `"nonsense", ${now}` })).status).toBe(204)
  })

  it("holds for workspaces too", async () => {
    const { workspace, ask } = await place()
    const path = `/workspaces/${workspace}`
    const tag = (await ask("GET", path)).headers.get("etag") ?? ""
    expect((await ask("PATCH", path, { "if-match": tag }, { name: "Office" })).status).toBe(200)
    expect((await ask("PATCH", path, { "if-match": tag }, { name: "Shed" })).status).toBe(412)
    expect((await ask("DELETE", path, { "if-match": tag })).status).toBe(412)
    expect((await ask("PATCH", path, { "if-match": "*" }, { name: "Shed" })).status).toBe(200)
  })
})

describe("a list", () => {
  it("comes in pages that neither repeat nor lose what was there, while it changes", async () => {
    const { ada, workspace, ask } = await place()
    const ids: string[] = [workspace]
    for (let n = 0; n < 6; n += 1) ids.push((await ada.call("POST", "/workspaces", { name: `W${n}` })).body.id)
    const told: string[] = []
    let path: string | undefined = "/workspaces?limit=2"
    while (path) {
      const answer: Response = await ask("GET", path)
      const { workspaces, next } = await answer.json()
      told.push(...workspaces.map(({ id }: { id: string }) => id))
      const link: string | undefined = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1]
      expect(link === undefined).toBe(next === undefined)
      if (told.length === 2) await ada.call("DELETE", `/workspaces/${told[0]}`)
      path = link
    }
    expect(told).toEqual(ids)
  })

  it("is told from the start for a cursor that nobody gave, and refuses a limit out of bounds", async () => {
    const { ask } = await place()
    expect((await (await ask("GET", "/workspaces?cursor=nonsense")).json()).workspaces).toHaveLength(1)
    for (const limit of ["0", "1001", "x"]) expect((await ask("GET", `/workspaces?limit=${limit}`)).status).toBe(422)
  })
})

describe("a request with an Idempotency-Key", () => {
  it("is done once and answered the same again; another request under the key is refused", async () => {
    const { ada, ask } = await place()
    const key = { "idempotency-key": "once-1" }
    const first = await ask("POST", "/workspaces", key, { name: "Once" })
    const again = await ask("POST", "/workspaces", key, { name: "Once" })
    expect([first.headers.get("idempotency-replayed"), again.headers.get("idempotency-replayed")]).toEqual([
      null,
      "true",
    ])
    expect([again.status, await again.json()]).toEqual([201, await first.json()])
    expect((await ada.call("GET", "/workspaces")).body.workspaces).toHaveLength(2)
    const other = await ask("POST", "/workspaces", key, { name: "Twice" })
    expect([other.status, (await other.json()).code]).toEqual([409, "conflict"])
    expect((await ask("POST", "/workspaces", { "idempotency-key": "a b" }, { name: "X" })).status).toBe(422)
  })

  it("is done once though it comes twice at once, and is forgotten when it fails or after a day", async () => {
    const { http, ada, workspace, ask } = await place()
    const key = { "idempotency-key": "once-2" }
    const panel = { workspace, source: counterSource() }
    const both = await Promise.all([ask("POST", "/panels", key, panel), ask("POST", "/panels", key, panel)])
    for (const { status } of both) expect([201, 409]).toContain(status)
    expect((await ada.call("GET", `/workspaces/${workspace}`)).body.panels).toBe(1)
    const bad = { workspace, source: "<NexusPanel" }
    const failing = { "idempotency-key": "once-3" }
    expect((await ask("POST", "/panels", failing, bad)).status).toBe(422)
    expect((await ask("POST", "/panels", failing, bad)).headers.get("idempotency-replayed")).toBeNull()
    http.world.clock.now += 25 * 60 * 60 * 1000
    const { accessToken } = await http.world.accounts.issue(ada.id)
    const later = await ask("POST", "/panels", { ...key, authorization: `Bearer ${accessToken}` }, panel)
    expect([later.status, later.headers.get("idempotency-replayed")]).toEqual([201, null])
  })

  it("that a kernel did not live to answer is done again as the same change", async () => {
    const { http, ada, workspace, ask } = await place()
    const key = { "idempotency-key": "once-4" }
    const panel = { workspace, source: counterSource() }
    const first = await (await ask("POST", "/panels", key, panel)).json()
    await http.world.database.answeredRequest.updateMany({ data: { status: null, answer: null, createdAt: 1n } })
    const second = await (await ask("POST", "/panels", key, panel)).json()
    expect(second).toEqual(first)
    expect((await ada.call("GET", `/workspaces/${workspace}`)).body.panels).toBe(1)
  })

  it("keeps nothing of an answer that is told once", async () => {
    const { http, workspace, ask } = await place()
    const key = { "idempotency-key": "once-5" }
    const path = `/workspaces/${workspace}/shares`
    const { code } = await (await ask("POST", path, key, { role: "viewer" })).json()
    const rows = await http.world.database.answeredRequest.findMany()
    expect(rows.map(({ status, answer }) => ({ status, answer }))).toEqual([{ status: 201, answer: null }])
    const kept = rows.map((row) => Object.values(row).join(" ")).join(" ")
    expect(kept).not.toContain(code)
    const again = await ask("POST", path, key, { role: "viewer" })
    expect([again.status, (await again.json()).code]).toEqual([409, "conflict"])
  })
})

describe("what HTTP has a word for", () => {
  it("is said with that word: 204 and Allow, 405, 406, 415, 431, 408's kin", async () => {
    const { http, workspace, ask } = await place()
    const options = await ask("OPTIONS", `/workspaces/${workspace}`)
    expect([options.status, options.headers.get("allow")]).toEqual([204, "DELETE, GET, HEAD, OPTIONS, PATCH"])
    const post = await ask("POST", `/workspaces/${workspace}`, {}, {})
    expect([post.status, post.headers.get("allow")]).toEqual([405, "DELETE, GET, HEAD, OPTIONS, PATCH"])
    expect((await ask("HEAD", `/workspaces/${workspace}`)).status).toBe(200)
    const accept = await ask("GET", "/workspaces", { accept: "text/xml" })
    expect([accept.status, accept.headers.get("content-type")]).toEqual([
      406,
      "application/problem+json; charset=utf-8",
    ])
    const type = await ask("POST", "/workspaces", { "content-type": "text/xml" }, { name: "W" })
    expect([type.status, type.headers.get("accept"), (await type.json()).status]).toEqual([
      415,
      "application/json",
      415,
    ])
    const charset = { "content-type": "application/json; charset=klingon" }
    expect((await ask("POST", "/workspaces", charset, { name: "W" })).status).toBe(415)
    const long = await raw(http.url, `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`)
    expect([long.status, JSON.parse(long.body).code]).toEqual([431, "too-large"])
    const broken = await raw(http.url, "NONSENSE\r\n\r\n")
    expect([broken.status, JSON.parse(broken.body)]).toEqual([
      400,
      expect.objectContaining({ status: 400, requestId: expect.any(String) }),
    ])
  })

  it("takes a trace's id as the request's", async () => {
    const { ask } = await place()
    const trace = "0af7651916cd43dd8448eb211c80319c"
    expect((await ask("GET", "/auth/me", { "x-request-id": trace })).headers.get("x-request-id")).toBe(trace)
    for (const other of ["nonsense", "0".repeat(32), `${trace}${trace}`]) {
      const own = (await ask("GET", "/auth/me", { "x-request-id": other })).headers.get("x-request-id")
      expect(own).toMatch(/^[0-9a-f]{32}$/)
      expect(own).not.toBe(other)
    }
  })
})

describe("compression", () => {
  it("is for what is read, and never for an answer that tells a secret", async () => {
    const { http, ada, workspace } = await place()
    for (let n = 0; n < 20; n += 1) await ada.call("POST", `/workspaces/${workspace}/shares`, { role: "viewer" })
    const { port } = new URL(http.url)
    const get = (method: string, path: string, body?: string) =>
      new Promise<{ encoding: unknown; bytes: Buffer }>((resolve, reject) => {
        const headers = {
          "accept-encoding": "gzip",
          authorization: `Bearer ${ada.token}`,
          ...(body ? { "content-type": "application/json", "content-length": body.length } : {}),
        }
        const request = rawRequest({ port, host: "127.0.0.1", path: `/api/v1${path}`, method, headers })
        request.on("response", (response) => {
          const chunks: Buffer[] = []
          response.on("data", (chunk: Buffer) => chunks.push(chunk))
          response.on("end", () =>
            resolve({ encoding: response.headers["content-encoding"], bytes: Buffer.concat(chunks) }),
          )
        })
        request.on("error", reject)
        request.end(body)
      })
    const list = await get("GET", `/workspaces/${workspace}/shares`)
    expect(list.encoding).toBe("gzip")
    expect(JSON.parse(gunzipSync(list.bytes).toString()).shares).toHaveLength(20)
    const share = await get("POST", `/workspaces/${workspace}/shares`, JSON.stringify({ role: "viewer" }))
    expect(share.encoding).toBeUndefined()
    expect((await get("GET", "/auth/me")).encoding).toBeUndefined()
  })
})

describe("metrics", () => {
  const metrics = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers })

  it("are read from the kernel's own network, not through a proxy, or with the token", async () => {
    const open = await withHttp()
    expect((await metrics(open.url)).status).toBe(200)
    expect((await metrics(open.url, { "x-forwarded-for": "203.0.113.9" })).status).toBe(403)
    const closed = await withHttp({ metricsToken: "a-token-of-metrics" })
    expect((await metrics(closed.url)).status).toBe(403)
    expect((await metrics(closed.url, { authorization: "Bearer another-token-xxxx" })).status).toBe(403)
    expect((await metrics(closed.url, { authorization: "Bearer a-token-of-metrics" })).status).toBe(200)
  })
})

it("a server that ends answers who was asking, tells them to leave, and takes nobody new", async () => {
  const asked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const server = createHttpServer()
  const drain = createDrain(server)
  server.on("request", async (_request, response) => {
    asked.resolve()
    await goOn.promise
    response.end("an answer")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  const answer = fetch(url)
  await asked.promise
  const ended = drain.finish(5000)
  await expect(fetch(url)).rejects.toThrow()
  goOn.resolve()
  expect(await (await answer).text()).toBe("an answer")
  await ended
  expect(server.listening).toBe(false)
})
