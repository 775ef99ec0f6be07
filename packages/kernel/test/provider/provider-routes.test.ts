import { expect, onTestFinished, test, vi } from "vitest"
import { withHttp } from "../gateway/with-http.ts"
import { createLocalProvider, throughProvider } from "./local-provider.ts"

vi.spyOn(console, "info").mockImplementation(() => {})
vi.spyOn(console, "warn").mockImplementation(() => {})

async function world() {
  let url = ""
  const provider = await createLocalProvider(() => ["http://nexus.example.org"])
  onTestFinished(() => provider.close())
  const { issuer, clientId, clientSecret } = provider
  const policy = { domains: [], createAccounts: true, linkByAddress: false }
  const settings = { issuer, clientId, clientSecret, label: "Sign in with Example", ...policy }
  const http = await withHttp(
    { allowsOrigin: (origin) => origin === "http://nexus.example.org" },
    { provider: settings },
  )
  http.world.clock.now = Date.now()
  url = http.url
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://nexus.example.org", ...headers },
      body: JSON.stringify(body),
    })
  return { http, provider, post }
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(";")[0] ?? ""

test("a browser goes to the provider, comes back and is signed in", async () => {
  const { http, provider, post } = await world()
  provider.person = { sub: "1", name: "Ada", email: "ada@example.org", email_verified: true }
  expect(await (await fetch(`${http.url}/api/v1/auth/ways`)).json()).toEqual({ provider: "Sign in with Example" })
  const begun = await post("/auth/provider/start", {})
  const [line = ""] = begun.headers.getSetCookie()
  for (const flag of ["HttpOnly", "SameSite=Strict", "Path=/api/v1/auth/provider", "Max-Age=600"]) {
    expect(line).toContain(flag)
  }
  const { url } = await begun.json()
  const { search } = await throughProvider(url)
  const done = await post("/auth/provider/finish", { answer: search }, { cookie: cookieOf(begun) })
  expect(done.status).toBe(200)
  const names = done.headers.getSetCookie().map((cookie) => cookie.split("=")[0])
  expect(names).toEqual(["nexus_provider", "nexus_refresh", "nexus_reader"])
  expect(done.headers.getSetCookie()[0]).toContain("Expires=Thu, 01 Jan 1970")
  expect((await done.json()).user).toMatchObject({ name: "Ada", email: "ada@example.org" })
})

test("attack: pages of other origins neither begin nor finish a sign-in, and name no address to come back to", async () => {
  const { provider, post } = await world()
  provider.person = { sub: "1", name: "Ada" }
  for (const origin of ["https://evil.example", "null", "http://nexus.example.org.evil.example"]) {
    expect((await post("/auth/provider/start", {}, { origin })).status).toBe(403)
    expect((await post("/auth/provider/finish", { answer: "code=x" }, { origin })).status).toBe(403)
  }
  const begun = await post("/auth/provider/start", {
    redirect_uri: "https://evil.example",
    url: "https://evil.example",
  })
  const { url } = await begun.json()
  expect(url).not.toContain("evil")
  expect(new URL(url).searchParams.get("redirect_uri")).toBe("http://nexus.example.org/sign-in/callback")
})

test("a person connects an account elsewhere, sees it and disconnects it", async () => {
  const { http, provider, post } = await world()
  const ada = await http.person("Ada")
  provider.person = { sub: "1", name: "Ada", email: "ada@elsewhere.example", email_verified: true }
  const authorization = `Bearer ${ada.token}`
  const begun = await post("/auth/provider/link", {}, { authorization })
  const { search } = await throughProvider((await begun.json()).url)
  const headers = { authorization, cookie: cookieOf(begun) }
  const linked = await post("/auth/provider/link/finish", { answer: search }, headers)
  const identity = await linked.json()
  expect(identity).toMatchObject({ email: "ada@elsewhere.example", issuer: provider.issuer })
  const { body } = await ada.call("GET", "/auth/identities")
  expect(body).toEqual({ identities: [identity], provider: "Sign in with Example" })
  expect((await ada.call("DELETE", `/auth/identities/${identity.id}`)).status).toBe(204)
  const { entries } = (await ada.call("GET", "/auth/me/audit")).body
  const actions = entries.map(({ action }: { action: string }) => action)
  expect(actions.slice(0, 2)).toEqual(["connected-account.removed", "connected-account.added"])
})
