import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Endpoint, endpoints } from "@nexus/protocol"
import { describe, expect, it, onTestFinished } from "vitest"
import { raw } from "./raw.ts"
import { withHttp } from "./with-http.ts"

async function withStudio() {
  const dir = await mkdtemp(join(tmpdir(), "nexus-studio-"))
  await mkdir(join(dir, "dist", "assets"), { recursive: true })
  await writeFile(join(dir, "secret.txt"), "outside")
  await writeFile(join(dir, "dist", ".hidden"), "outside")
  await writeFile(join(dir, "dist", "index.html"), "<!doctype html><title>Studio</title>")
  onTestFinished(() => rm(dir, { recursive: true }))
  return withHttp({ studioDir: join(dir, "dist") })
}

const get = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}Connection: close\r\n\r\n`

describe("a path that leads out of the folder", () => {
  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/....//....//secret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%2e%2e/secret.txt%00.js",
    "/secret.txt%00",
    "/C:%5cWindows%5cwin.ini",
    "//etc/passwd",
    "/file:///etc/passwd",
    "/.hidden",
  ])("is not followed: %s", async (path) => {
    const { url } = await withStudio()
    const { status, body } = await raw(url, get(path))
    expect(body).not.toContain("outside")
    expect(body).not.toContain("root:")
    expect(status).toBeLessThan(500)
  })
})

describe("a request that two readers would read differently", () => {
  const smuggled = get("/smuggled")
  it.each([
    ["a length beside chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", `0\r\n\r\n${smuggled}`],
    ["two lengths", `Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n`, smuggled],
    ["a negative length", "Content-Length: -1\r\n", smuggled],
    ["a coding nobody knows", "Transfer-Encoding: xchunked\r\n", smuggled],
    ["a coding behind chunks", "Transfer-Encoding: chunked, identity\r\n", `0\r\n\r\n${smuggled}`],
    ["a space before the colon", "Transfer-Encoding : chunked\r\n", `0\r\n\r\n${smuggled}`],
    ["a folded line", "Transfer-Encoding:\r\n chunked\r\nContent-Length: 3\r\n", smuggled],
    ["a bare line feed in a header", "X: a\nTransfer-Encoding: chunked\r\n", `0\r\n\r\n${smuggled}`],
    ["chunks of no number", "Transfer-Encoding: chunked\r\n", `zz\r\n${smuggled}`],
    ["two hosts", "Host: other.example\r\n", ""],
    ["a header with a zero byte", "X: a\u0000b\r\n", ""],
  ])("is refused: %s", async (_name, header, body) => {
    const { url } = await withHttp()
    const text = `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${header}\r\n${body}`
    const heard = await raw(url, text, { waitMs: 500 })
    expect(heard.status).toBe(400)
    expect(heard.head + heard.body).not.toContain("/smuggled")
    expect(heard.head + heard.body).not.toMatch(/HTTP\/1\.1 2\d\d/)
  })
})

describe("what a client says of itself in headers", () => {
  it("decides nothing: forwarded hosts and addresses, rewritten paths, another method", async () => {
    const { url } = await withHttp({ metricsToken: "a-token-of-metrics" })
    const lies =
      "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\nX-Original-URL: /healthz\r\nX-Rewrite-URL: /healthz\r\nX-HTTP-Method-Override: DELETE\r\n"
    const document = await raw(url, get("/openapi.json", lies))
    expect(document.head + document.body).not.toContain("evil.example")
    expect(document.head).not.toMatch(/strict-transport-security/i)
    expect((await raw(url, get("/metrics", lies))).status).toBe(403)
    expect((await raw(url, get("/metrics", "X-Forwarded-For: 127.0.0.1\r\n"))).status).toBe(403)
  })

  it("is told back nowhere: line breaks in a path or an id begin no header", async () => {
    const { url } = await withHttp()
    for (const path of ["/%0d%0aX-Injected:%201", "/api/v1/panels/%0d%0aX-Injected:%201", "/examples/a%0d%0ab"]) {
      expect((await raw(url, get(path))).head).not.toMatch(/x-injected/i)
    }
  })
})

it("a page of another site can change nothing: no route that writes acts on cookies alone", async () => {
  const { url, world } = await withHttp()
  const { refreshToken, accessToken } = await world.accounts.register({
    email: "ada@example.org",
    name: "Ada",
    password: "Ada has a password",
  })
  const cookie = `nexus_refresh=${refreshToken}; nexus_reader=${accessToken}`
  for (const { method, path, access, name } of Object.values<Endpoint>(endpoints)) {
    const byCookie = name === "refresh" || name === "logout"
    if (method === "get" || (access === "public" && !byCookie)) continue
    const address = `${url}/api/v1${path.replaceAll(/\{\w+\}/g, "something-there")}?workspace=ws`
    const headers = { cookie, origin: "https://evil.example", "content-type": "application/json" }
    const body = method === "delete" ? {} : { body: "{}" }
    const answer = await fetch(address, { method: method.toUpperCase(), headers, ...body })
    expect([name, answer.status]).toEqual([name, access === "public" ? 403 : 401])
    // What a form of another page can send is no JSON, and is not read as such.
    const form = { ...headers, "content-type": "text/plain" }
    const posted = await fetch(address, { method: method.toUpperCase(), headers: form, ...body })
    expect([401, 403, 415], name).toContain(posted.status)
  }
  await expect(world.accounts.refresh(refreshToken)).resolves.toBeDefined()
})

it("nothing of ours is shown in a frame of another page", async () => {
  const { url } = await withStudio()
  for (const path of ["/", "/api/docs", "/api/v1/auth/me", "/openapi.json"]) {
    const policy = (await fetch(`${url}${path}`)).headers.get("content-security-policy")
    expect(policy, path).toContain("frame-ancestors 'none'")
  }
})

it("whoever sends a header byte by byte is let go, and others are answered meanwhile", async () => {
  const { url } = await withHttp()
  const { port, hostname } = new URL(url)
  const slow = connect(Number(port), hostname)
  let heard = ""
  slow.on("data", (chunk) => {
    heard += chunk
  })
  slow.on("error", () => undefined)
  const closed = new Promise((resolve) => slow.once("close", resolve))
  slow.write("GET / HTTP/1.1\r\n")
  const drip = setInterval(() => slow.write("X: y\r\n"), 500)
  onTestFinished(() => clearInterval(drip))
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  await closed
  expect(heard).toContain("HTTP/1.1 408")
}, 30_000)
