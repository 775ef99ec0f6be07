import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { request as rawRequest } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brotliDecompressSync } from "node:zlib"
import { type Endpoint, endpoints } from "@nexus/protocol"
import { expect, onTestFinished, test } from "vitest"
import { MAX_BODY_BYTES } from "../../src/gateway/http.ts"
import { withHttp } from "./with-http.ts"

const json = { "content-type": "application/json" }

test("every answer carries the security headers, errors too", async () => {
  const http = await withHttp()
  for (const path of ["/", "/healthz", "/api/v1/auth/me", "/nowhere.js", "/examples/weather"]) {
    const { headers } = await fetch(`${http.url}${path}`)
    const policy = headers.get("content-security-policy") ?? ""
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain("'unsafe-eval'")
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
      expect(policy).toContain(rule)
    }
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types nexus")
    expect(policy).toContain(`connect-src 'self' ws://${new URL(http.url).host} `)
    expect(headers.get("x-content-type-options")).toBe("nosniff")
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin")
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin")
    expect(headers.get("x-powered-by")).toBeNull()
    expect(headers.get("access-control-allow-origin")).toBeNull()
  }
})

test("a spoilt Host header does not reach the content policy", async () => {
  const http = await withHttp()
  const { port } = new URL(http.url)
  const policy = await new Promise((resolve, reject) => {
    const request = rawRequest({ port, host: "127.0.0.1", path: "/healthz", headers: { host: "x; script-src *" } })
    request.on("response", (response) => resolve(response.headers["content-security-policy"]))
    request.on("error", reject)
    request.end()
  })
  expect(policy).not.toContain("script-src *")
})

test("the caller's trace is the request's id", async () => {
  const http = await withHttp()
  const trace = "0af7651916cd43dd8448eb211c80319c"
  const traceparent = `00-${trace}-b7ad6b7169203331-01`
  const response = await fetch(`${http.url}/api/v1/auth/me`, { headers: { traceparent } })
  expect(response.headers.get("x-request-id")).toBe(trace)
  expect(await response.json()).toMatchObject({ requestId: trace })
  const own = await fetch(`${http.url}/healthz`, { headers: { traceparent: "00-nonsense" } })
  expect(own.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/)
})

test("a body over the cap is refused by its announced length, before it is sent", async () => {
  const http = await withHttp()
  const { port } = new URL(http.url)
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { ...json, "content-length": String(50 * 1024 * 1024) }
    const request = rawRequest({ port, host: "127.0.0.1", path: "/api/v1/auth/login", method: "POST", headers })
    request.on("response", (response) => {
      let text = ""
      response.on("data", (chunk) => {
        text += chunk
      })
      response.on("end", () => resolve(text))
    })
    request.on("error", reject)
    request.flushHeaders()
  })
  expect(JSON.parse(answer)).toMatchObject({ code: "too-large", status: 413, limit: MAX_BODY_BYTES, actual: 52428800 })
})

test("a body that grows past the cap without a length is refused too", async () => {
  const http = await withHttp()
  const chunk = new TextEncoder().encode(`"${"x".repeat(100_000)}",`)
  let sent = 0
  const body = new ReadableStream({
    pull(controller) {
      sent += 1
      if (sent > 30) controller.close()
      else controller.enqueue(chunk)
    },
  })
  const options: RequestInit & { duplex: "half" } = { method: "POST", headers: json, body, duplex: "half" }
  const response = await fetch(`${http.url}/api/v1/auth/login`, options).catch(() => undefined)
  // The kernel may hang up while the rest is still on its way.
  if (response) expect(response.status).toBe(413)
})

test("what is not JSON, not an object, or not there is invalid input with a sentence", async () => {
  const http = await withHttp()
  for (const body of ["{", "[1", '{"email":1}', "null", '"text"', ""]) {
    const response = await fetch(`${http.url}/api/v1/auth/login`, { method: "POST", headers: json, body })
    expect(response.status, body).toBe(422)
    const problem = await response.json()
    expect(problem).toMatchObject({ code: "invalid-input", type: "urn:nexus:failure:invalid-input" })
    expect(problem.detail.length).toBeGreaterThan(5)
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|at .*\.ts/)
  }
})

test("an unknown path is a problem, not a page", async () => {
  const http = await withHttp()
  for (const path of ["/api/v1/nothing", "/api/v1/panels/%ZZ", "/missing.js"]) {
    const response = await fetch(`${http.url}${path}`)
    expect(response.status, path).toBeGreaterThanOrEqual(400)
    expect(response.headers.get("content-type")).toContain("application/problem+json")
  }
})

test("what breaks inside is logged whole and told as nothing", async () => {
  const http = await withHttp({
    render: () => {
      throw new Error("secret detail of the inside")
    },
  })
  const eve = await http.person("Eve")
  const { body: workspace } = await eve.call("POST", "/workspaces", { name: "W" })
  const answer = await eve.call("GET", `/panels/panel_x/render?workspace=${workspace.id}`)
  expect(answer.status).toBe(503)
  expect(JSON.stringify(answer.body)).not.toContain("secret detail")
  expect(http.logged).toEqual([expect.objectContaining({ err: expect.any(Error), requestId: answer.body.requestId })])
})

test("every endpoint of the protocol is served", async () => {
  const http = await withHttp()
  for (const endpoint of Object.values<Endpoint>(endpoints)) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, "something-there")
    const init = { method: endpoint.method.toUpperCase(), headers: json }
    const body = endpoint.method === "get" || endpoint.method === "delete" ? {} : { body: "{}" }
    const response = await fetch(`${http.url}/api/v1${path}?workspace=ws`, { ...init, ...body })
    // Public ones look at the input first; all others want a person before anything else.
    const takesNothing = endpoint.name === "listSignInWays"
    if (endpoint.access === "public")
      expect(takesNothing ? [200] : [403, 422], endpoint.name).toContain(response.status)
    else expect(response.status, endpoint.name).toBe(401)
  }
})

test("health, readiness, metrics and the interface's description are open", async () => {
  let reason: string | undefined
  const http = await withHttp({ notReady: () => reason })
  expect(await (await fetch(`${http.url}/healthz`)).json()).toEqual({ status: "ok" })
  expect((await fetch(`${http.url}/readyz`)).status).toBe(200)
  reason = "stopping"
  const notReady = await fetch(`${http.url}/readyz`)
  expect([notReady.status, await notReady.json()]).toEqual([503, { status: "not ready", reason: "stopping" }])
  await fetch(`${http.url}/api/v1/auth/me`)
  const metrics = await (await fetch(`${http.url}/metrics`)).text()
  expect(metrics).toMatch(/^nexus_http_request_seconds_count\{route="other",method="GET",status="2xx"\} \d+$/m)
  expect(metrics).toMatch(/^nexus_open_workspaces 1$/m)
  expect(metrics).toMatch(/^nexus_process_resident_memory_bytes \d+$/m)
  const description = await (await fetch(`${http.url}/openapi.json`)).json()
  expect(description.servers).toEqual([{ url: http.url }])
})

test("example data is the same for the same hour and needs no sign-in", async () => {
  const http = await withHttp()
  const get = async (name: string) => (await fetch(`${http.url}/examples/${name}`)).json()
  const weather = await get("weather")
  expect(weather.hourly).toHaveLength(24)
  expect(weather.hourly[23].at).toBe(new Date(http.world.clock.now).toISOString())
  expect(await get("weather")).toEqual(weather)
  http.world.clock.now += 3_600_000
  expect((await get("weather")).hourly.slice(0, 23)).toEqual(weather.hourly.slice(1))
  expect((await get("prices")).goods).toHaveLength(4)
  expect((await get("status")).services).toHaveLength(4)
  expect((await fetch(`${http.url}/examples/none`)).status).toBe(404)
})

test("a mounted handler reads its own body and is not limited by the API's", async () => {
  const http = await withHttp({
    mounts: [
      {
        path: "/api/v1/ai",
        handle(request, response) {
          let size = 0
          request.on("data", (chunk: Buffer) => {
            size += chunk.length
          })
          request.on("end", () => response.end(`${request.url} ${size}`))
        },
      },
    ],
  })
  const body = "x".repeat(2_000_000)
  const response = await fetch(`${http.url}/api/v1/ai/complete?x=1`, { method: "POST", headers: json, body })
  expect(await response.text()).toBe("/complete?x=1 2000000")
  expect(response.headers.get("ratelimit-policy")).toContain('"open"')
})

async function withStudio() {
  const dir = await mkdtemp(join(tmpdir(), "nexus-studio-"))
  await mkdir(join(dir, "dist", "assets"), { recursive: true })
  await writeFile(join(dir, "secret.txt"), "outside")
  await writeFile(join(dir, "dist", "index.html"), "<!doctype html><title>Studio</title>")
  await writeFile(join(dir, "dist", "icon.svg"), "<svg/>")
  await writeFile(join(dir, "dist", "assets", "app-1a2b.js"), "console.log(1)\n".repeat(500))
  onTestFinished(() => rm(dir, { recursive: true }))
  return withHttp({ studioDir: join(dir, "dist") })
}

test("the studio's page is asked for again each time and answers for all its addresses", async () => {
  const studio = await withStudio()
  for (const path of ["/", "/w/ws_1/timeline"]) {
    const response = await fetch(`${studio.url}${path}`)
    expect(response.status).toBe(200)
    expect(response.headers.get("cache-control")).toBe("no-cache")
    expect(await response.text()).toContain("Studio")
  }
  expect((await fetch(`${studio.url}/assets/missing.js`)).status).toBe(404)
  expect((await fetch(`${studio.url}/icon.svg`)).headers.get("cache-control")).toBe("no-cache")
})

test("assets are kept for a year and compressed for browsers that can", async () => {
  const studio = await withStudio()
  const { port } = new URL(studio.url)
  const get = (encoding: string) =>
    new Promise<{ headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
      const headers = { "accept-encoding": encoding }
      const request = rawRequest({ port, host: "127.0.0.1", path: "/assets/app-1a2b.js", headers })
      request.on("response", (response) => {
        const chunks: Buffer[] = []
        response.on("data", (chunk: Buffer) => chunks.push(chunk))
        response.on("end", () => resolve({ headers: response.headers, bytes: Buffer.concat(chunks) }))
      })
      request.on("error", reject)
      request.end()
    })
  const small = await get("gzip, br")
  const plain = await get("identity")
  expect(small.headers["content-encoding"]).toBe("br")
  expect(small.bytes.length).toBeLessThan(plain.bytes.length / 10)
  expect(brotliDecompressSync(small.bytes)).toEqual(plain.bytes)
  for (const { headers } of [small, plain]) {
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable")
    expect(headers["content-type"]).toContain("text/javascript")
  }
})

test("nothing outside the studio's folder is served", async () => {
  const studio = await withStudio()
  const { port } = new URL(studio.url)
  const hostile = ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"]
  for (const path of hostile) {
    const text = await new Promise<string>((resolve, reject) => {
      const request = rawRequest({ port, host: "127.0.0.1", path })
      request.on("response", (response) => {
        let body = ""
        response.on("data", (chunk) => {
          body += chunk
        })
        response.on("end", () => resolve(body))
      })
      request.on("error", reject)
      request.end()
    })
    expect(text, path).not.toContain("outside")
  }
})
