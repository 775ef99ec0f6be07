import { createServer } from "node:net"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { codeAt } from "../packages/kernel/test/accounts/authenticator.ts"
import { createLocalProvider, type LocalProvider } from "../packages/kernel/test/provider/local-provider.ts"
import { leaveBrowser, newPerson, openBrowser, type Person, picture } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/*
 * A person and their account, from signing up to signing out everywhere: second factor, API key, an account elsewhere.
 * The provider is a real one (oidc-provider) on another port of this machine.
 */

const PASSWORD = "seven quiet herons"
let nexus: Nexus
let provider: LocalProvider
let browser: Browser
let ada: Person
let secret = ""
let key = ""
let recoveryCodes: readonly string[] = []
/** The same person's other browser. */
let phone: Person

beforeAll(async () => {
  const port = await freePort()
  provider = await createLocalProvider(() => [`http://127.0.0.1:${port}`])
  provider.person = { sub: "248", name: "Ada L.", email: "ada@elsewhere.example", email_verified: true }
  nexus = await startNexus({
    port,
    env: {
      NEXUS_OIDC_ISSUER: provider.issuer,
      NEXUS_OIDC_CLIENT_ID: provider.clientId,
      NEXUS_OIDC_CLIENT_SECRET: provider.clientSecret,
      NEXUS_OIDC_LABEL: "Sign in with Example",
    },
  })
  browser = await openBrowser()
  ada = await newPerson(browser)
})
afterAll(async () => {
  await leaveBrowser(browser)
  await nexus?.close()
  await provider?.close()
})

async function open(section: string): Promise<Page> {
  const { page } = ada
  await page.goto(`${nexus.url}/#/account/${section}`)
  return page
}

test("I sign up, and a common password is refused with a sentence", async () => {
  const { page } = ada
  await page.goto(nexus.url)
  await page.getByRole("button", { name: "Sign in with Example" }).waitFor()
  await picture(page, "accounts-sign-in")
  await page.getByRole("button", { name: "Create an account" }).click()
  await page.getByLabel("Name").fill("Ada")
  await page.getByLabel("Email").fill("ada@example.org")
  await page.getByLabel("Password").fill("password1")
  await page.getByRole("button", { name: "Create account" }).click()
  await page.getByText("one of the most common").waitFor()
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Create account" }).click()
  await page.getByRole("heading", { name: "Your workspaces" }).waitFor()
  // The refusal is the one thing that the browser itself writes on its console.
  expect(ada.problems.splice(0).every((problem) => problem.includes("422"))).toBe(true)
})

test("I turn two-step sign-in on with an authenticator and keep the recovery codes", async () => {
  await ada.page.getByRole("button", { name: /your account$/ }).click()
  const page = await open("two-step")
  await page.getByLabel("Your password").fill(PASSWORD)
  await page.getByRole("button", { name: "Set up an authenticator" }).click()
  await page.getByRole("img", { name: /picture to scan/ }).waitFor()
  secret = await page.getByLabel("Secret", { exact: true }).inputValue()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  await picture(page, "accounts-two-step")
  await page.getByLabel("Code that it shows").fill(codeAt(secret, Date.now()))
  await page.getByRole("button", { name: "Turn on" }).click()
  const codes = page.getByRole("region", { name: "Recovery codes" })
  await codes.waitFor()
  recoveryCodes = await codes.getByRole("listitem").allTextContents()
  expect(recoveryCodes).toHaveLength(10)
  await picture(page, "accounts-recovery-codes")
  await page.getByRole("button", { name: "I have kept them" }).click()
  await page.getByText("10 of 10 recovery codes are left").waitFor()
})

test("signing in takes the password and then a code", async () => {
  const { page } = ada
  await page.getByRole("button", { name: "Back to work" }).click()
  await page.getByRole("button", { name: "Sign out" }).click()
  await page.getByLabel("Email").fill("ada@example.org")
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await page.getByRole("heading", { name: "One more step" }).waitFor()
  await picture(page, "accounts-second-step")
  // The code of now was taken when it was turned on; the next one is good half a minute early.
  await page.getByLabel("Code").fill(codeAt(secret, Date.now() + 30_000))
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await page.getByRole("heading", { name: "Your workspaces" }).waitFor()
})

test("a key is made, shown once, and speaks for me over HTTP, as far as it may", async () => {
  const page = await open("keys")
  await page.getByLabel("What it is for").fill("Nightly report")
  await page.getByRole("button", { name: "Make key" }).click()
  key = await page.getByLabel("API key", { exact: true }).inputValue()
  await picture(page, "accounts-keys")
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" }
  const me = await fetch(`${nexus.url}/api/v1/auth/me`, { headers })
  expect((await me.json()).user.email).toBe("ada@example.org")
  const write = { method: "POST", headers, body: JSON.stringify({ name: "By a key" }) }
  expect((await fetch(`${nexus.url}/api/v1/workspaces`, write)).status).toBe(403)
  await page.reload()
  await page.getByText(`${key.slice(0, 12)}…`).waitFor()
  expect(await page.getByLabel("API key", { exact: true }).count()).toBe(0)
})

test("I connect an account elsewhere and sign in with it in another browser, with my second step", async () => {
  const page = await open("connected")
  await page.getByRole("button", { name: "Sign in with Example" }).click()
  await page.getByText("ada@elsewhere.example").waitFor()
  await picture(page, "accounts-connected")

  phone = await newPerson(browser, { dark: true })
  await phone.page.setViewportSize({ width: 390, height: 844 })
  await phone.page.goto(nexus.url)
  await phone.page.getByRole("button", { name: "Sign in with Example" }).click()
  await phone.page.getByRole("heading", { name: "One more step" }).waitFor()
  await phone.page.getByRole("button", { name: "Use a recovery code" }).click()
  await phone.page.getByLabel("Recovery code").fill(recoveryCodes[0] ?? "")
  await picture(phone.page, "accounts-second-step-phone")
  await phone.page.getByRole("button", { name: "Sign in", exact: true }).click()
  await phone.page.getByRole("heading", { name: "Your workspaces" }).waitFor()
  expect(new URL(phone.page.url()).search).toBe("")
  await phone.page.goto(`${nexus.url}/#/account/keys`)
  await phone.page.getByText("Nightly report").waitFor()
  await picture(phone.page, "accounts-keys-phone")
  expect(phone.problems).toEqual([])
})

test("a key is revoked and an account disconnected after a question each, and neither speaks for me any more", async () => {
  const page = await open("connected")
  const question = page.getByRole("alertdialog")
  await page.getByRole("button", { name: /^Disconnect/ }).click()
  await question.getByRole("button", { name: "Disconnect" }).click()
  await page.getByText("ada@elsewhere.example").waitFor({ state: "detached" })
  await open("keys")
  await page.getByRole("button", { name: /^Revoke/ }).click()
  await question.getByRole("button", { name: "Revoke key" }).click()
  await page.getByText("No program signs in as you yet.").waitFor()
  const refused = await fetch(`${nexus.url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${key}` } })
  expect(refused.status).toBe(401)
})

test("I see where I am signed in, and signing out everywhere ends it there and here", async () => {
  const page = await open("sessions")
  const sessions = page.getByRole("list", { name: "Sessions" })
  await sessions.getByText("this one").waitFor()
  expect(await sessions.getByText("Chrome on Linux").count()).toBe(2)
  await picture(page, "accounts-sessions")
  const token = await tokenOf(page)
  await page.getByRole("button", { name: "Sign out everywhere" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click()
  await page.getByRole("heading", { name: "Sign in" }).waitFor()
  const me = await fetch(`${nexus.url}/api/v1/auth/me`, { headers: { authorization: token } })
  expect(me.status).toBe(401)
  expect(ada.problems).toEqual([])
  await phone.page.reload()
  await phone.page.getByRole("heading", { name: "Sign in" }).waitFor()
})

/** The token that the page speaks with now. */
async function tokenOf(page: Page): Promise<string> {
  const asked = page.waitForRequest((request) => request.url().endsWith("/auth/sessions"))
  await page.reload()
  return (await asked).headers().authorization ?? ""
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}
