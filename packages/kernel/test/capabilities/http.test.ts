import type { LookupAddress } from "node:dns"
import { createServer, type RequestListener } from "node:http"
import { createServer as createTcpServer, type Server, type Socket } from "node:net"
import { gzipSync } from "node:zlib"
import { type Json, NexusError } from "@nexus/protocol"
import { describe, expect, it, onTestFinished } from "vitest"
import { isPublicAddress } from "../../src/capabilities/address.ts"
import { createHttpClient, fetchUrl, type HttpOptions } from "../../src/capabilities/http.ts"

/**
 * Real servers on two addresses of this machine: in these tests 127.0.0.2 is what a public address is elsewhere, and
 * 127.0.0.1 stays what it is.
 */
const OUT = "127.0.0.2"
const IN = "127.0.0.1"
const reach = { mayReach: (address: string) => address === OUT || isPublicAddress(address) }

async function listening(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  return typeof address === "object" && address ? address.port : 0
}

/** A server, how many requests and connections it saw, and the origin under which it is there. */
async function serving(answer: RequestListener, host = OUT) {
  const seen: { url: string | undefined; headers: NodeJS.Dict<string | string[]>; port: number | undefined }[] = []
  const server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers, port: request.socket.remotePort })
    answer(request, response)
  })
  const port = await listening(server, host)
  onTestFinished(() => server.closeAllConnections())
  return { origin: `http://${host}:${port}`, port, seen }
}

function client(options: Partial<HttpOptions> = {}) {
  const http = createHttpClient(() => undefined, { ...reach, ...options })
  onTestFinished(() => http.close())
  const fetching = (given: { workspace?: string; panel?: string; signal?: AbortSignal; allowed?: RegExp } = {}) => ({
    workspace: given.workspace ?? "w",
    panel: given.panel ?? "p",
    signal: given.signal ?? new AbortController().signal,
    allow: ({ href }: URL) => {
      if (given.allowed && !given.allowed.test(href))
        throw new NexusError({ code: "capability-denied", capability: `http:${href}`, detail: "Not granted." })
    },
  })
  const fetch = (url: Json, init: Json = {}, given: Parameters<typeof fetching>[0] = {}) =>
    fetchUrl(http, [url, init], fetching(given))
  return { http, fetch }
}

const denied = { failure: { code: "capability-denied", detail: expect.stringContaining("public address") } }
const names = (table: { readonly [name: string]: readonly string[][] }): Pick<HttpOptions, "lookup"> => {
  const asked = new Map<string, number>()
  return {
    lookup: (hostname, _options, done) => {
      const time = asked.get(hostname) ?? 0
      asked.set(hostname, time + 1)
      const answers = table[hostname] ?? []
      const found = answers[Math.min(time, answers.length - 1)] ?? []
      const addresses = found.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 }))
      setImmediate(() => done(null, addresses))
    },
  }
}

describe("an address that is not public", () => {
  it.each([
    ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
    ["this network", "0.0.0.0", "0.1.2.3", "::"],
    ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1"],
    ["between carriers", "100.64.0.1", "100.127.255.255"],
    ["link-local, where clouds answer their machines", "169.254.169.254", "fe80::1", "fe80::a9fe:a9fe"],
    ["unique local", "fc00::1", "fd00:ec2::254"],
    ["site-local of old", "fec0::1"],
    ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1"],
    ["broadcast and reserved", "255.255.255.255", "240.0.0.1", "192.0.0.192", "198.18.0.1"],
    ["for documents", "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"],
    [
      "IPv4 inside IPv6",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "::ffff:a9fe:a9fe",
      "::127.0.0.1",
      "::7f00:1",
      "::ffff:0:7f00:1",
    ],
    ["IPv4 behind a translator", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"],
    ["of no host in the public IPv6", "4000::1", "100::1", "5f00::1"],
    ["a cloud's, though its range is public", "168.63.129.16"],
    ["with a zone", "fe80::1%eth0", "2606:4700::1%lo"],
    ["no address", "", "localhost", "127.0.0.1.", "1.2.3.4.5", "127.0.0.1 ", "[::1]"],
  ])("%s is refused", (_kind, ...addresses) => {
    for (const address of addresses) expect(isPublicAddress(address), address).toBe(false)
  })

  it("and only such is: what everybody reaches may be reached", () => {
    for (const address of [
      "1.1.1.1",
      "93.184.215.14",
      "::ffff:8.8.8.8",
      "2606:4700:4700::1111",
      "2001:4860:4860::8888",
    ])
      expect(isPublicAddress(address), address).toBe(true)
  })

  it.each([
    "0x7f.1",
    "2130706433",
    "017700000001",
    "127.1",
    "0177.0.0.1",
    "0x7f000001",
    "127.0.0.1.",
    "①②⑦.⓪.⓪.①",
    "%31%32%37.0.0.1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "0",
    "0.0.0.0",
    "169.254.169.254",
    "0xa9fea9fe",
    "100.64.0.1",
    "224.0.0.1",
  ])("is known when it is spelt %s", async (host) => {
    const { seen, port } = await serving((_request, response) => response.end("secret"), IN)
    await expect(client().fetch(`http://${host}:${port}/`)).rejects.toMatchObject(denied)
    expect(seen).toEqual([])
  })

  it("is known behind a name, with and without a dot at its end", async () => {
    const { seen, port } = await serving((_request, response) => response.end("secret"), IN)
    await expect(client().fetch(`http://localhost:${port}/`)).rejects.toMatchObject(denied)
    const { fetch } = client(names({ "inside.example": [[IN]], "inside.example.": [[IN]] }))
    for (const host of ["inside.example", "inside.example.", "INSIDE.example"])
      await expect(fetch(`http://${host}:${port}/`), host).rejects.toMatchObject(denied)
    expect(seen).toEqual([])
  })

  it("among public ones refuses the name", async () => {
    const { seen, port } = await serving((_request, response) => response.end("secret"), IN)
    const lookup = names({ "mixed.example": [[OUT, IN]] })
    await expect(client(lookup).fetch(`http://mixed.example:${port}/`)).rejects.toMatchObject(denied)
    expect(seen).toEqual([])
  })

  it("is no way out for a name that answers differently the second time", async () => {
    const inside = await serving((_request, response) => response.end("secret"), IN)
    const outside = createServer((_request, response) => response.writeHead(200, { connection: "close" }).end("public"))
    await new Promise<void>((resolve) => outside.listen(inside.port, OUT, resolve))
    onTestFinished(() => {
      outside.close()
    })
    const { fetch } = client(names({ "rebinding.example": [[OUT], [IN]] }))
    const url = `http://rebinding.example:${inside.port}/`
    expect(await fetch(url)).toMatchObject({ body: "public" })
    await expect(fetch(url)).rejects.toMatchObject(denied)
    expect(inside.seen).toEqual([])
  })

  it("is decided for the connection itself: what was looked up is what is connected to", async () => {
    const { port } = await serving((_request, response) => response.end("public"))
    let asked = 0
    const { fetch } = client({
      lookup: (_hostname, _options, done) => {
        asked += 1
        done(null, [{ address: OUT, family: 4 }])
      },
    })
    expect(await fetch(`http://once.example:${port}/`)).toMatchObject({ body: "public" })
    expect(asked).toBe(1)
  })
})

describe("a redirect", () => {
  const away =
    (location: string, status = 302): RequestListener =>
    (_request, response) =>
      response.writeHead(status, { location }).end()

  it("to a private address is not followed, in whatever spelling", async () => {
    const inside = await serving((_request, response) => response.end("secret"), IN)
    for (const host of ["127.0.0.1", "2130706433", "[::ffff:7f00:1]", "localhost"]) {
      const { origin } = await serving(away(`http://${host}:${inside.port}/`))
      await expect(client().fetch(origin), host).rejects.toMatchObject(denied)
    }
    expect(inside.seen).toEqual([])
  })

  it("to another scheme, to somebody's password or to nonsense is refused", async () => {
    for (const location of [
      "file:///etc/passwd",
      "ftp://example.org/",
      "data:text/plain,x",
      "gopher://x/",
      "http://a:b@127.0.0.2/",
      "http://[",
    ]) {
      const { origin } = await serving(away(location))
      await expect(client().fetch(origin), location).rejects.toMatchObject({ failure: { code: "invalid-input" } })
    }
  })

  it("out of what was granted is denied at that hop", async () => {
    const other = await serving((_request, response) => response.end("other"))
    const { origin } = await serving(away(other.origin))
    const allowed = new RegExp(`^${origin}/`)
    await expect(client().fetch(origin, {}, { allowed })).rejects.toMatchObject({
      failure: { code: "capability-denied" },
    })
    expect(other.seen).toEqual([])
  })

  it("to another origin takes no credentials along", async () => {
    const other = await serving((_request, response) => response.end("other"))
    const { origin, seen } = await serving(away(other.origin, 307))
    const headers = { authorization: "Bearer t", cookie: "a=b", "x-api-key": "k", "x-other": "o" }
    await client().fetch(origin, { headers })
    expect(seen[0]?.headers).toMatchObject(headers)
    expect(other.seen[0]?.headers).toMatchObject({ "x-other": "o" })
    for (const name of ["authorization", "cookie", "x-api-key"]) expect(other.seen[0]?.headers).not.toHaveProperty(name)
  })

  it("in a circle ends", async () => {
    const { origin, seen } = await serving(away("/again"))
    await expect(client().fetch(origin)).rejects.toMatchObject({ failure: { code: "too-large", limit: 5 } })
    expect(seen).toHaveLength(6)
  })
})

describe("what a server answers", () => {
  it("is read up to a megabyte, however long it says it is", async () => {
    const { origin } = await serving((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024)
      const more = () => {
        while (response.write(chunk));
      }
      response.on("drain", more)
      more()
    })
    await expect(client().fetch(origin)).rejects.toMatchObject({ failure: { code: "too-large", limit: 1024 * 1024 } })
  })

  it("is not unpacked: a bomb stays as small as it came", async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024))
    const { origin, seen } = await serving((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    )
    const reply = await client().fetch(origin)
    expect(reply).toMatchObject({ status: 200, body: bomb.toString() })
    expect(seen[0]?.headers).not.toHaveProperty("accept-encoding")
  })

  it("ends within the time of the whole fetch, when it drips a byte at a time", async () => {
    const { origin } = await serving((_request, response) => {
      const dripping = setInterval(() => response.write("."), 5)
      response.on("close", () => clearInterval(dripping))
    })
    await expect(client({ timeoutMs: 200 }).fetch(origin)).rejects.toThrow("no answer within 200 ms")
  })

  it("ends within that time when its head drips, or never comes", async () => {
    const sockets = new Set<Socket>()
    const server = createTcpServer((socket) => {
      sockets.add(socket.on("error", () => undefined))
      socket.write("HTTP/1.1 200 OK\r\n")
      const dripping = setInterval(() => socket.write("x-a: b\r\n"), 5)
      socket.on("close", () => clearInterval(dripping))
    })
    const port = await listening(server, OUT)
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
    })
    await expect(client({ timeoutMs: 200 }).fetch(`http://${OUT}:${port}/`)).rejects.toMatchObject({
      failure: { code: "unavailable" },
    })
    const silent = await serving(() => undefined)
    await expect(client({ timeoutMs: 200 }).fetch(silent.origin)).rejects.toThrow("no answer within 200 ms")
  })

  it("brings no cookie along", async () => {
    const { origin } = await serving((_request, response) => response.writeHead(200, { "set-cookie": "a=b" }).end())
    expect(await client().fetch(origin)).not.toMatchObject({ headers: { "set-cookie": expect.anything() } })
  })
})

describe("a request", () => {
  const echo: RequestListener = (_request, response) => response.end()

  it("takes no header that breaks out of its line", async () => {
    const { origin, seen } = await serving(echo)
    for (const headers of [
      { "x-a": "b\r\nx-evil: 1" },
      { "x-a": "b\nx-evil: 1" },
      { "x-a\r\nx-evil": "1" },
      { "x-a: b": "1" },
      { "": "1" },
      { "x-a": "a\u0000b" },
      { "x-a": "\u010a" },
      { "x-\u00e4": "1" },
    ])
      await expect(client().fetch(origin, { headers }), JSON.stringify(headers)).rejects.toMatchObject({
        failure: { code: "invalid-input", detail: expect.stringContaining("a header's") },
      })
    expect(seen).toEqual([])
  })

  it.each([
    "Host",
    "host",
    "Connection",
    "Content-Length",
    "Transfer-Encoding",
    "Upgrade",
    "Expect",
    "TE",
    "Trailer",
    "Keep-Alive",
    "Proxy-Authorization",
    "Proxy-Connection",
  ])("does not set %s", async (name) => {
    const { origin, seen } = await serving(echo)
    await expect(client().fetch(origin, { headers: { [name]: "inside.example" } })).rejects.toMatchObject({
      failure: { code: "invalid-input", detail: expect.stringContaining("the kernel's own to set") },
    })
    expect(seen).toEqual([])
  })

  it("has no other method, and no address longer than 8 KB", async () => {
    const { origin, seen } = await serving(echo)
    for (const method of ["CONNECT", "TRACE", "OPTIONS", "get", "GET / HTTP/1.1\r\n"])
      await expect(client().fetch(origin, { method }), method).rejects.toMatchObject({
        failure: { code: "invalid-input" },
      })
    await expect(client().fetch(`${origin}/${"a".repeat(8200)}`)).rejects.toThrow("8192 characters")
    expect(seen).toEqual([])
  })

  it("names no user in its address, and no part of a path that is a header", async () => {
    const { origin, seen, port } = await serving(echo)
    await expect(client().fetch(`http://user:pw@${OUT}:${port}/`)).rejects.toThrow("not a plain http")
    await expect(client().fetch(`http://example.org@${OUT}:${port}/`)).rejects.toThrow("not a plain http")
    await client().fetch(`${origin}/a\r\nx-evil: 1/ b#part`)
    expect(seen.map(({ url, headers }) => [url, "x-evil" in headers])).toEqual([["/ax-evil:%201/%20b", false]])
  })

  it("goes to the port that its address says and nowhere else", async () => {
    const { port } = await serving(echo)
    const allowed = new RegExp(`^http://${OUT}/`)
    await expect(client().fetch(`http://${OUT}:${port}/`, {}, { allowed })).rejects.toMatchObject({
      failure: { code: "capability-denied" },
    })
  })

  it("leaves on no socket of another workspace or panel, and on its own panel's again", async () => {
    const { origin, seen } = await serving(echo)
    const { fetch } = client()
    const whose = new Map<number | undefined, Set<string>>()
    for (let round = 0; round < 8; round += 1)
      for (const [workspace, panel] of [
        ["w", "p"],
        ["w", "q"],
        ["v", "p"],
      ] as const) {
        await fetch(origin, {}, { workspace, panel })
        const port = seen.at(-1)?.port
        whose.set(port, (whose.get(port) ?? new Set()).add(`${workspace} ${panel}`))
      }
    expect([...whose.values()].map(({ size }) => size)).toEqual([...whose].map(() => 1))
    expect(whose.size).toBeLessThan(seen.length)
  })

  it("is made on behalf of more panels than agents are kept for", async () => {
    const { origin, seen } = await serving(echo)
    const { fetch } = client({ requestsPerMinute: 1000 })
    for (let panel = 0; panel < 130; panel += 1) await fetch(origin, {}, { panel: String(panel) })
    expect(seen).toHaveLength(130)
  })
})

describe("a workspace's requests", () => {
  it("have a quota for a minute, redirects counted, which is its own and begins anew", async () => {
    let now = 0
    const { origin, seen } = await serving((request, response) =>
      request.url === "/away" ? response.writeHead(302, { location: "/" }).end() : response.end(),
    )
    const { fetch } = client({ requestsPerMinute: 3, clock: () => now })
    await fetch(origin)
    await fetch(`${origin}/away`)
    const exceeded = { failure: { code: "quota-exceeded", limit: 3, used: 3 } }
    await expect(fetch(origin)).rejects.toMatchObject(exceeded)
    await expect(fetch(origin, {}, { panel: "q" })).rejects.toMatchObject(exceeded)
    expect(seen).toHaveLength(3)
    await fetch(origin, {}, { workspace: "v" })
    now += 60_000
    await fetch(origin)
  })

  it("are sixteen at once, the others in their turn, and an aborted one leaves the queue", async () => {
    const held: (() => void)[] = []
    const { origin } = await serving((_request, response) => held.push(() => response.end()))
    const { fetch } = client()
    const aborting = new AbortController()
    const panels = ["a", "b", "c"]
    const all = [...Array(40).keys()].map((index) => fetch(origin, {}, { panel: panels[index % 3] ?? "" }))
    const aborted = fetch(origin, {}, { signal: aborting.signal })
    aborting.abort(new NexusError({ code: "unavailable", what: "The workspace", detail: "it closed" }))
    await expect(aborted).rejects.toThrow("it closed")
    await expect.poll(() => held.length, { timeout: 15_000 }).toBe(16)
    for (let answered = 0; answered < 40; answered += 1) {
      await expect.poll(() => held.length, { timeout: 15_000 }).toBeGreaterThan(answered)
      expect(held.length).toBeLessThanOrEqual(answered + 16)
      held[answered]?.()
    }
    expect(await Promise.all(all)).toHaveLength(40)
  })
})
