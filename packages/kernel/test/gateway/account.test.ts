import type { KeyScope } from "@nexus/protocol"
import { TOTP } from "otpauth"
import { expect, test } from "vitest"
import { deviceOf, networkOf } from "../../src/gateway/client-of.ts"
import { DEFAULT_RATE_LIMITS } from "../../src/gateway/rate-limits.ts"
import { counterSource, type Person, type TestHttp, withHttp } from "./with-http.ts"

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

function post(url: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  })
}

/** A key of the person, and the way to call with it. */
async function keyOf(http: TestHttp, { call, name }: Person, scope: KeyScope, workspaces?: string[]): Promise<Person> {
  const { body } = await call("POST", "/auth/keys", {
    name: `${scope} key`,
    scope,
    ...(workspaces ? { workspaces } : {}),
  })
  return { ...http.personBy(body.key), id: body.id, name: `${name}'s key`, token: body.key }
}

test("signing in with a second factor takes a code, and only then sets the cookies", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const password = "Ada has a password"
  const { body } = await ada.call("POST", "/auth/second-factor", { password })
  const code = () => new TOTP({ secret: body.secret }).generate({ timestamp: http.world.clock.now })
  const confirmed = await ada.call("POST", "/auth/second-factor/confirm", { code: code() })
  expect(confirmed.body.recoveryCodes).toHaveLength(10)
  http.world.clock.now += 60_000
  const first = await post(http.url, "/auth/login", { email: "ada@example.org", password })
  expect(first.headers.getSetCookie()).toEqual([])
  const step = await first.json()
  expect(Object.keys(step).sort()).toEqual(["challenge", "expiresAt"])
  const wrong = await post(http.url, "/auth/second-step", { challenge: step.challenge, code: "000000" })
  expect(wrong.status).toBe(422)
  const second = await post(http.url, "/auth/second-step", { challenge: step.challenge, code: code() })
  expect(second.status).toBe(200)
  expect(second.headers.getSetCookie()[0]).toMatch(/^nexus_refresh=[\w-]{43};/)
})

test("sessions are shown by browser and network, never by the whole address", async () => {
  const http = await withHttp({ trustedProxies: ["loopback"] })
  const ada = { email: "ada@example.org", name: "Ada", password: "correct horse battery" }
  const from = { "user-agent": FIREFOX, "x-forwarded-for": "203.0.113.77" }
  const { accessToken } = await (await post(http.url, "/auth/register", ada, from)).json()
  const { body } = await http.personBy(accessToken).call("GET", "/auth/sessions")
  expect(body.sessions).toMatchObject([{ device: "Firefox on Linux", address: "203.0.113.0/24", current: true }])
})

test.each([
  [FIREFOX, "Firefox on Linux"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"],
  ["curl/8.9", "curl"],
  ["<script>alert(1)</script>", "Another program"],
  ["", "Another program"],
])("the device of %s is in plain words", (userAgent, words) => {
  expect(deviceOf(userAgent)).toBe(words)
})

test("a network is told instead of an address", () => {
  expect(["203.0.113.77", "::ffff:198.51.100.9", "2001:db8:7:1::5", "127.0.0.1", "::1", "x"].map(networkOf)).toEqual([
    "203.0.113.0/24",
    "198.51.100.0/24",
    "2001:db8:7::/48",
    "this machine",
    "this machine",
    "",
  ])
})

test("signing out everywhere ends every token at once and clears the cookie", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const login = { email: "ada@example.org", password: "Ada has a password" }
  const { accessToken } = await (await post(http.url, "/auth/login", login)).json()
  const out = await ada.call("DELETE", "/auth/sessions")
  expect(out.status).toBe(204)
  expect(out.headers.getSetCookie()[0]).toMatch(/^nexus_refresh=; Path=\/api\/v1\/auth; Expires=Thu, 01 Jan 1970/)
  expect((await ada.call("GET", "/auth/me")).status).toBe(401)
  expect((await http.personBy(accessToken).call("GET", "/auth/me")).status).toBe(401)
})

test("an address is changed with the password, and only to one that is free", async () => {
  const http = await withHttp()
  const [ada] = [await http.person("Ada"), await http.person("Bob")]
  const email = "countess@example.org"
  expect((await ada.call("PATCH", "/auth/me", { email })).body).toMatchObject({
    code: "invalid-input",
    path: "password",
  })
  const password = "Ada has a password"
  expect((await ada.call("PATCH", "/auth/me", { email: "bob@example.org", password })).status).toBe(409)
  expect((await ada.call("PATCH", "/auth/me", { email, password })).body.user).toMatchObject({ email, name: "Ada" })
})

test("guessing at one's own password with a stolen token is slowed down", async () => {
  const http = await withHttp({ limits: { ...DEFAULT_RATE_LIMITS, auth: 3 } })
  const ada = await http.person("Ada")
  const statuses = []
  for (let guess = 0; guess < 4; guess += 1) {
    const { status } = await ada.call("PUT", "/auth/password", { current: `guess ${guess}`, password: "brand new one" })
    statuses.push(status)
  }
  expect(statuses).toEqual([422, 422, 422, 429])
})

test("a key that reads changes nothing, by no method and on no path", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const { body: panel } = await ada.call("POST", "/panels", { workspace: workspace.id, source: counterSource() })
  const key = await keyOf(http, ada, "read")
  expect((await key.call("GET", `/panels/${panel.id}?workspace=${workspace.id}`)).status).toBe(200)
  const query = { workspace: workspace.id, query: { kind: "by_kind", entity: "panel" } }
  expect((await key.call("POST", "/nog/query", query)).status).not.toBe(403)
  const at = `workspace=${workspace.id}`
  const attempts: [string, string, object?][] = [
    ["POST", "/workspaces", { name: "Mine" }],
    ["PATCH", `/workspaces/${workspace.id}`, { name: "Mine" }],
    ["DELETE", `/workspaces/${workspace.id}`],
    ["POST", "/panels", { workspace: workspace.id, source: counterSource() }],
    ["PUT", `/panels/${panel.id}?${at}`, { frame: { x: 0, y: 0, w: 300, h: 300 } }],
    ["DELETE", `/panels/${panel.id}?${at}`],
    ["DELETE", `/workspaces/${workspace.id}/members/${ada.id}`],
    ["POST", `/workspaces/${workspace.id}/shares`, { role: "editor" }],
    ["POST", "/workspace/commit", { workspace: workspace.id }],
  ]
  for (const [method, path, body] of attempts) {
    expect((await key.call(method, path, body)).status, `${method} ${path}`).toBe(403)
  }
})

test("a key that writes gives no rights, makes no workspace and manages no members", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const source = counterSource("Counter", '<Capability type="kv" scope="notes" reason="Keeps notes"/>')
  const { body: panel } = await ada.call("POST", "/panels", { workspace: workspace.id, source })
  const [writes, admin] = [await keyOf(http, ada, "write"), await keyOf(http, ada, "admin")]
  const grant = [
    "PUT",
    `/panels/${panel.id}/grants?workspace=${workspace.id}`,
    { grant: "kv:notes", granted: true },
  ] as const
  expect((await writes.call("POST", "/panels", { workspace: workspace.id, source: counterSource() })).status).toBe(201)
  expect((await writes.call(...grant)).status).toBe(403)
  expect((await writes.call("POST", "/workspaces", { name: "Mine" })).status).toBe(403)
  expect((await writes.call("POST", `/workspaces/${workspace.id}/shares`, { role: "editor" })).status).toBe(403)
  expect((await admin.call(...grant)).status).toBe(200)
  expect((await admin.call("POST", "/workspaces", { name: "Second" })).status).toBe(201)
})

test("a key for one workspace sees no other, and widens no role of its person", async () => {
  const http = await withHttp()
  const [ada, bob] = [await http.person("Ada"), await http.person("Bob")]
  const { body: home } = await ada.call("POST", "/workspaces", { name: "Home" })
  const { body: other } = await ada.call("POST", "/workspaces", { name: "Other" })
  const key = await keyOf(http, ada, "admin", [home.id])
  expect((await key.call("GET", "/workspaces")).body.workspaces.map(({ id }: { id: string }) => id)).toEqual([home.id])
  expect((await key.call("GET", `/workspaces/${other.id}`)).status).toBe(403)
  expect((await key.call("POST", "/workspaces", { name: "Third" })).status).toBe(403)
  await ada.call("PUT", `/workspaces/${home.id}/members/${bob.id}`, { role: "viewer" })
  const bobs = await keyOf(http, bob, "admin", [home.id, other.id])
  expect((await bobs.call("GET", `/workspaces/${home.id}`)).body.role).toBe("viewer")
  expect((await bobs.call("PATCH", `/workspaces/${home.id}`, { name: "Bob's" })).status).toBe(403)
  expect((await bobs.call("GET", `/workspaces/${other.id}`)).status).toBe(403)
})

test("no key opens the account: it makes no key, reads no session and changes no password", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const key = await keyOf(http, ada, "admin")
  const attempts: [string, string, object?][] = [
    ["GET", "/auth/keys"],
    ["POST", "/auth/keys", { name: "another", scope: "admin" }],
    ["DELETE", `/auth/keys/${key.id}`],
    ["GET", "/auth/sessions"],
    ["DELETE", "/auth/sessions"],
    ["PUT", "/auth/password", { current: "Ada has a password", password: "taken over now" }],
    ["PATCH", "/auth/me", { name: "Eve" }],
    ["GET", "/auth/second-factor"],
    ["POST", "/auth/second-factor", { password: "Ada has a password" }],
    ["POST", "/auth/second-factor/disable", { password: "Ada has a password", code: "000000" }],
  ]
  expect((await key.call("GET", "/auth/me")).status).toBe(200)
  for (const [method, path, body] of attempts) {
    expect((await key.call(method, path, body)).status, `${method} ${path}`).toBe(403)
  }
})

test("a key that was revoked opens nothing from then on", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const key = await keyOf(http, ada, "read")
  expect((await key.call("GET", "/workspaces")).status).toBe(200)
  expect((await ada.call("DELETE", `/auth/keys/${key.id}`)).status).toBe(204)
  expect((await key.call("GET", "/workspaces")).status).toBe(401)
})
