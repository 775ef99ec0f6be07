import { expect, test } from "vitest"
import { DEFAULT_RATE_LIMITS } from "../../src/gateway/rate-limits.ts"
import { withHttp } from "./with-http.ts"

const ada = { email: "Ada@Example.org", name: "Ada", password: "correct horse battery" }

function post(url: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  })
}

/** The cookie as a browser would send it back. */
function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? ""
}

test("registering signs in: an access token in the body, the refresh token in a guarded cookie alone", async () => {
  const http = await withHttp()
  const response = await post(http.url, "/auth/register", ada)
  expect(response.status).toBe(201)
  const [cookie = ""] = response.headers.getSetCookie()
  expect(cookie).toMatch(/^nexus_refresh=[\w-]{43};/)
  expect(cookie).toContain("HttpOnly")
  expect(cookie).toContain("SameSite=Strict")
  expect(cookie).toContain("Path=/api/v1/auth")
  const text = await response.text()
  expect(text).not.toContain(cookieOf(response).split("=")[1])
  const { accessToken, user } = JSON.parse(text)
  expect(user).toEqual({ id: user.id, name: "Ada", email: "ada@example.org" })
  const me = await fetch(`${http.url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } })
  expect(await me.json()).toEqual({ user, operator: false })
  expect(me.headers.get("cache-control")).toBe("no-store")
})

test("what is not an account is refused with the field that is wrong", async () => {
  const http = await withHttp()
  const bad = [
    [{ ...ada, email: "no address" }, "email"],
    [{ ...ada, password: "short" }, "password"],
    [{ ...ada, name: "" }, "name"],
    [{ email: ada.email }, "name"],
  ] as const
  for (const [body, path] of bad) {
    const response = await post(http.url, "/auth/register", body)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ code: "invalid-input", path })
  }
})

test("a wrong password is 401 with a sentence, and nothing else", async () => {
  const http = await withHttp()
  await post(http.url, "/auth/register", ada)
  const response = await post(http.url, "/auth/login", { ...ada, password: "wrong" })
  expect(response.status).toBe(401)
  expect(response.headers.get("content-type")).toContain("application/problem+json")
  expect(response.headers.getSetCookie()).toEqual([])
  expect(await response.json()).toMatchObject({
    code: "unauthenticated",
    detail: "Address and password do not match. Sign in and try again.",
  })
})

test("the refresh cookie is traded for the next; trading the old one again ends the family", async () => {
  const http = await withHttp()
  const origin = http.url
  const first = cookieOf(await post(http.url, "/auth/register", ada))
  const traded = await post(http.url, "/auth/refresh", {}, { cookie: first, origin })
  expect(traded.status).toBe(200)
  const second = cookieOf(traded)
  expect(second).not.toBe(first)
  const reused = await post(http.url, "/auth/refresh", {}, { cookie: first, origin })
  expect(reused.status).toBe(401)
  expect(reused.headers.getSetCookie()[0]).toMatch(/^nexus_refresh=; Path=\/api\/v1\/auth; Expires=Thu, 01 Jan 1970/)
  expect((await post(http.url, "/auth/refresh", {}, { cookie: second, origin })).status).toBe(401)
})

test("signing out ends the family and clears the cookie", async () => {
  const http = await withHttp()
  const origin = http.url
  const cookie = cookieOf(await post(http.url, "/auth/register", ada))
  const out = await post(http.url, "/auth/logout", {}, { cookie, origin })
  expect(out.status).toBe(204)
  expect(cookieOf(out)).toBe("nexus_refresh=")
  expect((await post(http.url, "/auth/refresh", {}, { cookie, origin })).status).toBe(401)
})

test("another page's origin cannot use or set the cookie", async () => {
  const http = await withHttp()
  const cookie = cookieOf(await post(http.url, "/auth/register", ada))
  for (const origin of ["https://evil.example", "null", `${http.url}.evil.example`]) {
    for (const path of ["/auth/refresh", "/auth/logout", "/auth/login", "/auth/register", "/auth/link"]) {
      const body = { ...ada, code: "a-code-that-is-long-enough" }
      const response = await post(http.url, path, body, { cookie, origin })
      expect(response.status, `${path} from ${origin}`).toBe(403)
      expect(response.headers.getSetCookie()).toEqual([])
    }
  }
  expect((await post(http.url, "/auth/refresh", {}, { cookie })).status).toBe(403)
  expect((await post(http.url, "/auth/refresh", {}, { cookie, origin: http.url })).status).toBe(200)
})

test("a one-time link signs the local owner in, once", async () => {
  const http = await withHttp()
  const { accounts } = http.world
  const owner = await accounts.localOwner()
  const code = await accounts.createSignInCode(owner.id, 60_000)
  const response = await post(http.url, "/auth/link", { code }, { origin: http.url })
  expect(response.status).toBe(200)
  const { accessToken, user } = await response.json()
  expect(user).toEqual(owner)
  expect((await post(http.url, "/auth/link", { code })).status).toBe(401)
  const named = await fetch(`${http.url}/api/v1/auth/me`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Grace" }),
  })
  expect(await named.json()).toEqual({ user: { ...owner, name: "Grace" } })
})

test("no token, a wrong token and a spoilt header are all 401 and say how to ask", async () => {
  const http = await withHttp()
  for (const authorization of ["", "Bearer", "Bearer nonsense", "Basic YTpi", `Bearer ${"x".repeat(5000)}`]) {
    const response = await fetch(`${http.url}/api/v1/auth/me`, { headers: authorization ? { authorization } : {} })
    expect(response.status, authorization.slice(0, 20)).toBe(401)
    expect(response.headers.get("www-authenticate")).toBe("Bearer")
  }
})

test("guessing is slowed down, and the answer says when to come back", async () => {
  const http = await withHttp({ limits: { ...DEFAULT_RATE_LIMITS, auth: 5 } })
  const statuses: number[] = []
  let last: Response | undefined
  for (let attempt = 0; attempt < 6; attempt += 1) {
    last = await post(http.url, "/auth/link", { code: `guessed-code-number-${attempt}` })
    statuses.push(last.status)
    expect(last.headers.get("ratelimit-policy")).toBe('"auth";q=5;w=60')
    expect(last.headers.get("ratelimit")).toMatch(new RegExp(`^"auth";r=${Math.max(0, 4 - attempt)};t=\\d+$`))
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0)
  expect(await last?.json()).toMatchObject({ code: "rate-limited", detail: expect.stringContaining("try again in") })
})

test("each person has their own share of requests", async () => {
  const http = await withHttp({ limits: { ...DEFAULT_RATE_LIMITS, read: 2 } })
  const [eve, bob] = [await http.person("Eve"), await http.person("Bob")]
  const statuses = []
  for (let attempt = 0; attempt < 3; attempt += 1) statuses.push((await eve.call("GET", "/workspaces")).status)
  expect(statuses).toEqual([200, 200, 429])
  expect((await bob.call("GET", "/workspaces")).status).toBe(200)
})

test("only a trusted proxy is believed about scheme and address", async () => {
  const forwarded = { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7" }
  const plain = await withHttp()
  const direct = await post(plain.url, "/auth/register", ada, forwarded)
  expect(direct.headers.getSetCookie()[0]).not.toContain("Secure")
  expect(direct.headers.get("strict-transport-security")).toBeNull()

  const behind = await withHttp({ trustedProxies: ["loopback"], limits: { ...DEFAULT_RATE_LIMITS, auth: 1 } })
  const proxied = await post(behind.url, "/auth/register", ada, forwarded)
  expect(proxied.headers.getSetCookie()[0]).toContain("Secure")
  expect(proxied.headers.get("strict-transport-security")).toContain("max-age=31536000")
  const other = await post(
    behind.url,
    "/auth/link",
    { code: "another-address-code" },
    { "x-forwarded-for": "203.0.113.8" },
  )
  const same = await post(
    behind.url,
    "/auth/link",
    { code: "the-same-address-code" },
    { "x-forwarded-for": "203.0.113.7" },
  )
  expect([other.status, same.status]).toEqual([401, 429])
})
