import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { leaveBrowser, newPerson, openBrowser, type Person, picture, signIn } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/** How the installation is, what goes on in it, when it was started again; and what follows a person to another browser. */
let nexus: Nexus
let browser: Browser
let me: Person
let ada: Person
let workspace: string

const SOURCE = `<NexusPanel title="Busy">
  <Data><State name="n" type="number" default="0"/></Data>
  <Logic>
    <Capability type="time" reason="Waits for tomorrow"/>
    <Handler name="spin">let n = 6e7; while (n > 0) n -= 1</Handler>
    <Handler name="wait">await nexus.sleep("1d")</Handler>
    <Handler name="fail">throw new Error("as it should")</Handler>
  </Logic>
  <View><Text content="{$state.n}"/></View>
</NexusPanel>`

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "nexus-flow-"))
  const first = await startNexus({ dataDir })
  await first.stop()
  nexus = await startNexus({ dataDir })
  browser = await openBrowser()
  me = await newPerson(browser)
  me.page.setDefaultTimeout(10_000)
  await signIn(me, nexus.signIn)
  workspace = (await call("GET", "/workspaces")).workspaces[0].id
})
afterAll(async () => {
  await leaveBrowser(browser)
  await nexus?.close()
})

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  return JSON.parse((await (await fetch(`${nexus.url}/api/v1${path}`, init)).text()) || "{}")
}

const section = (name: string) => me.page.getByRole("region", { name, exact: true })
const go = (to: string) =>
  me.page.getByRole("navigation", { name: "Installation" }).getByRole("link", { name: to }).click()

test("who runs Nexus finds from home how it is: its stores, its process, its starts", async () => {
  const { page } = me
  await page.goto(`${nexus.url}/#/workspaces`)
  await page.getByRole("button", { name: "This installation" }).click()
  await expect.poll(() => section("What it stands on").getByRole("img", { name: "Works", exact: true }).count()).toBe(4)
  await section("Starts").getByText("runs now").waitFor()
  await section("Starts")
    .getByText(/^ran for/)
    .waitFor()
  await section("Memory")
    .getByText(/^of .*B$/)
    .waitFor()
  await picture(page, "operator-health")
  await page.emulateMedia({ colorScheme: "dark" })
  await picture(page, "operator-health-dark")
  await page.emulateMedia({ colorScheme: "light" })
})

test("each process of the sandbox says what it runs now", async () => {
  const { page } = me
  const panel = await call("POST", "/panels", { workspace, source: SOURCE })
  await call("PUT", `/panels/${panel.id}/grants?workspace=${workspace}`, { grant: "time", granted: true })
  const run = (handler: string) =>
    call("POST", `/panels/${panel.id}/handlers/${handler}?workspace=${workspace}`, { args: null })
  await Promise.all([run("wait"), run("fail")])
  await go("Sandboxes")
  await section("What runs now").getByText("has nothing to do").first().waitFor()
  // A look comes every second, and what is looked for may be over by then.
  await expect
    .poll(
      async () => {
        const spun = run("spin")
        const seen = await section("What runs now").getByText("spin").count()
        await spun
        return seen
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)
  await section("Why turns failed").getByText("handler-failed").waitFor()
  await picture(page, "operator-sandboxes")
})

test("runs of all workspaces are one list, chosen by how they ended, and one that waits is stopped", async () => {
  const { page } = me
  await go("All runs")
  const list = page.getByRole("list", { name: "Runs", exact: true })
  await list.getByText("as it should").waitFor()
  await picture(page, "operator-runs")
  await page.getByLabel("How it ended").selectOption("waiting")
  await expect.poll(() => list.getByRole("listitem").count()).toBe(1)
  await list.getByRole("button", { name: "Stop wait of Busy" }).click()
  await page.getByRole("button", { name: "Stop it" }).click()
  await expect.poll(() => list.getByRole("listitem").count()).toBe(0)
  await page.getByText("Nothing ran that fits").waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByLabel("How it ended").selectOption("all")
  await list.getByText("as it should").waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await picture(page, "operator-runs-phone")
  await page.setViewportSize({ width: 1440, height: 900 })
})

test("events come as they happen, wait in a pause, and are found by words", async () => {
  const { page } = me
  await go("Events")
  const events = page.getByRole("list", { name: "Events, newest first" })
  await events.getByText("created My workspace").waitFor()
  const rename = (name: string) => call("PATCH", `/workspaces/${workspace}`, { name })
  await rename("Followed")
  await events.getByText("renamed the workspace to Followed").waitFor()
  await page.getByRole("button", { name: "Pause" }).click()
  await rename("Unseen")
  await page.getByRole("button", { name: "Follow", exact: true }).click()
  await events.getByText("renamed the workspace to Unseen").waitFor()
  await page.getByRole("searchbox", { name: "Search the events" }).fill("followed")
  await expect.poll(() => events.getByRole("listitem").count()).toBe(1)
  await picture(page, "operator-events")
})

test("a restart is a mark in time, and leads there", async () => {
  const { page } = me
  await page.goto(`${nexus.url}/#/w/${workspace}`)
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Time", exact: true }).click()
  const mark = page.getByRole("button", { name: /^Restart on .*: Nexus was stopped and started again$/ })
  await mark.waitFor()
  await picture(page, "operator-restart")
  await mark.click()
  await page.getByText(/^As it was on/).waitFor()
  expect(me.problems).toEqual([])
})

test("others are told whose page it is, and find no way to it", async () => {
  ada = await newPerson(browser)
  const { page } = ada
  await page.goto(nexus.url)
  await page.getByRole("button", { name: "Create an account" }).click()
  await page.getByLabel("Name").fill("Ada")
  await page.getByLabel("Email").fill("ada@example.org")
  await page.getByLabel("Password").fill("correct horse battery")
  await page.getByRole("button", { name: "Create account" }).click()
  await page.getByText("Your workspaces").waitFor()
  expect(await page.getByRole("button", { name: "This installation" }).count()).toBe(0)
  await page.goto(`${nexus.url}/#/operator/health`)
  await page.getByText("For who runs this Nexus").waitFor()
  await picture(page, "operator-refused")
})

test("what somebody chose follows them to another browser, unless that is to be another", async () => {
  const { page } = ada
  const theme = (person: Person) => person.page.locator("html").getAttribute("data-theme")
  const saved = () => page.waitForResponse((answer) => answer.url().endsWith("/preferences") && answer.ok())
  await page.goto(`${nexus.url}/#/account/appearance`)
  await Promise.all([saved(), page.getByRole("radio", { name: "Dark" }).click()])
  await page.goto(`${nexus.url}/#/account/shortcuts`)
  await page.getByRole("button", { name: /^Key of Gallery: N/ }).click()
  await Promise.all([saved(), page.keyboard.press("Alt+N")])

  const other = await newPerson(browser)
  await other.page.goto(nexus.url)
  await other.page.getByLabel("Email").fill("ada@example.org")
  await other.page.getByLabel("Password").fill("correct horse battery")
  await other.page.getByRole("button", { name: "Sign in", exact: true }).click()
  await expect.poll(() => theme(other)).toBe("dark")
  await other.page.goto(`${nexus.url}/#/account/shortcuts`)
  await other.page.getByRole("button", { name: /^Key of Gallery: Alt/ }).waitFor()

  await other.page.goto(`${nexus.url}/#/account/appearance`)
  await other.page.getByRole("radio", { name: "Only on this device" }).click()
  await other.page.getByRole("radio", { name: "Light" }).click()
  await picture(other.page, "appearance-only-here")
  await page.reload()
  await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor()
  expect(await theme(ada)).toBe("dark")
  await other.page.getByRole("radio", { name: "Wherever I sign in" }).click()
  await expect.poll(() => theme(other)).toBe("dark")
  expect([...ada.problems, ...other.problems]).toEqual([])
})
