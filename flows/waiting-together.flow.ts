import { beforeAll, expect, test } from "vitest"
import { expectPanel, newPerson, type Person, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/** What handlers wait for and ask, as people see it: on the panel, in the inbox, on the page of runs, in the log. */
const SHIP = `<NexusPanel title="Ship">
  <Data><State name="said" type="string" default="nothing"/></Data>
  <Logic>
    <Capability type="ask" reason="Somebody has to agree"/>
    <Handler name="ship">
      $state.said = "waiting for a word"
      const word = await nexus.ask("Ship version 2?", { options: ["Ship it", "Not yet"], role: "editor" })
      $state.said = word
    </Handler>
    <Handler name="name">
      $state.said = await nexus.ask("What shall it be called?", { role: "owner" })
    </Handler>
  </Logic>
  <View><Layout gap="8">
    <Text content="{$state.said}"/><Button label="Ship" onClick="ship()"/><Button label="Name it" onClick="name()"/>
  </Layout></View>
</NexusPanel>`

const BREW = `<NexusPanel title="Kettle">
  <Data><State name="cups" type="number" default="0"/></Data>
  <Logic>
    <Capability type="time" reason="Tea takes a while"/>
    <Handler name="brew">
      $state.cups += 1
      await nexus.sleep("3d")
      $state.cups += 100
    </Handler>
    <Handler name="say">
      $log.info("the kettle says hello")
      const cups = $state.cups
      if (cups > -1) throw new Error("too hot")
    </Handler>
  </Logic>
  <View><Layout gap="8">
    <Text content="{$state.cups} cups"/><Button label="Brew" onClick="brew()"/><Button label="Say" onClick="say()"/>
  </Layout></View>
</NexusPanel>`

const story = tellStory()
let grace: Person
let workspace = ""
const ids = new Map<string, string>()

async function join(person: Person, role: "editor" | "viewer", name: string): Promise<void> {
  const { page } = person
  const { code } = await call("POST", `/workspaces/${workspace}/shares`, { role })
  await page.goto(`${story.nexus.url}/#/join/${code}`)
  await page.getByRole("button", { name: "Create an account" }).click()
  await page.getByLabel("Name").fill(name)
  await page.getByLabel("Email").fill(`${name.toLowerCase()}@example.org`)
  await page.getByLabel("Password").fill("correct horse battery")
  await page.getByRole("button", { name: "Create account" }).click()
  await expectPanel(page, "Ship")
  await page.keyboard.press("1")
}

async function call(method: string, path: string, body?: unknown): Promise<{ readonly [name: string]: unknown }> {
  const headers = { authorization: `Bearer ${story.nexus.token}`, "content-type": "application/json" }
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${story.nexus.url}/api/v1${path}`, { method, headers, ...init })
  const text = await response.text()
  expect(response.ok, `${method} ${path}: ${text}`).toBe(true)
  return text === "" ? {} : JSON.parse(text)
}

beforeAll(async () => {
  const { workspaces } = await call("GET", "/workspaces")
  workspace = (workspaces as { id: string }[])[0]?.id ?? ""
  let x = 0
  for (const [title, source, grant] of [
    ["Ship", SHIP, "ask"],
    ["Kettle", BREW, "time"],
  ] as const) {
    const frame = { x: 80 + x, y: -460, w: 360, h: 300 }
    x += 420
    const id = String((await call("POST", "/panels", { workspace, source, frame })).id)
    ids.set(title, id)
    await call("PUT", `/panels/${id}/grants?workspace=${workspace}`, { grant, granted: true })
  }
  grace = await newPerson(story.browser, { dark: true })
  await join(grace, "editor", "Grace")
  await panel(story.me.page, "Ship").waitFor()
  await story.me.page.keyboard.press("1")
})

const tool = ({ page }: Person, name: string) =>
  page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name, exact: true })
const drawer = ({ page }: Person, name: string) => page.getByRole("complementary", { name, exact: true })
const yes = ({ page }: Person, name: string) => page.getByRole("alertdialog").getByRole("button", { name }).click()

test("a question stands on its panel and in the inbox of whoever may answer; answered there, its handler goes on", async () => {
  const ship = panel(story.me.page, "Ship")
  await ship.getByRole("button", { name: "Ship", exact: true }).click()
  await ship.getByText("Ship version 2?").waitFor()
  await story.me.page.getByRole("img", { name: "1 open question" }).waitFor()
  await picture(story.me.page, "waiting-question")

  await panel(grace.page, "Ship").getByText("Ship version 2?").waitFor()
  await tool(grace, "Inbox").click()
  const asked = drawer(grace, "Inbox").getByRole("listitem").filter({ hasText: "Ship version 2?" })
  await asked.getByText(/Owner · ship/).waitFor()
  await picture(grace.page, "waiting-inbox-dark")
  await asked.getByRole("button", { name: "Ship it" }).click()
  await grace.page.getByText("Answered “Ship it”").first().waitFor()
  await drawer(grace, "Inbox").getByText("Nobody is asked anything").waitFor()
  for (const { page } of [story.me, grace]) {
    await panel(page, "Ship").getByText("Ship version 2?").waitFor({ state: "detached" })
    await panel(page, "Ship").getByText("Ship it", { exact: true }).waitFor()
  }
})

test("a question for owners says so to an editor, and an owner answers in words on the panel", async () => {
  await panel(grace.page, "Ship").getByRole("button", { name: "Name it" }).click()
  const asked = drawer(grace, "Inbox").getByRole("listitem").filter({ hasText: "What shall it be called?" })
  await asked.getByText("An owner of this workspace can answer it.").waitFor()
  expect(await asked.getByRole("textbox").count()).toBe(0)
  await picture(grace.page, "waiting-inbox-owner-dark")
  const ship = panel(story.me.page, "Ship")
  await ship.getByLabel("Answer to: What shall it be called?").fill("Dawn")
  await ship.getByLabel("Answer to: What shall it be called?").press("Enter")
  await ship.getByText("Dawn", { exact: true }).waitFor()
  await drawer(grace, "Inbox").getByText("Nobody is asked anything").waitFor()
})

test("a waiting run says until when; its changed handler is started again with the code of now, and cancelled", async () => {
  const { page } = story.me
  const kettle = panel(page, "Kettle")
  await kettle.getByRole("button", { name: "Brew" }).click()
  await kettle.getByText("1 cups").waitFor()
  await tool(story.me, "Runs").click()
  const runs = drawer(story.me, "Runs")
  await runs.getByText(/^Sleeps until \d\d:\d\d on /i).waitFor()
  await runs.getByRole("button", { name: "Go on now: brew of Kettle" }).waitFor()
  await picture(page, "waiting-runs")

  const source = BREW.replace("$state.cups += 1\n", "$state.cups += 10\n")
  await call("PUT", `/panels/${ids.get("Kettle")}?workspace=${workspace}`, { source })
  const changed = runs.getByRole("region", { name: "The code of brew of Kettle was changed" })
  await changed.getByText("Its code was changed since.").waitFor()
  await picture(page, "waiting-changed")
  await changed.getByRole("button", { name: "Start again: brew of Kettle" }).click()
  await kettle.getByText("11 cups").waitFor()
  await expect.poll(() => changed.count()).toBe(0)
  await runs.getByRole("button", { name: "Cancel brew of Kettle" }).click()
  await yes(story.me, "Cancel the run")
  await runs.getByText("Nothing waits").waitFor()
  await kettle.getByText("11 cups").waitFor()
})

test("a waiting run goes on now when a person says so, and a changed one goes on as it began or is discarded", async () => {
  const { page } = story.me
  const kettle = panel(page, "Kettle")
  const runs = drawer(story.me, "Runs")
  const brew = () => kettle.getByRole("button", { name: "Brew" }).click()
  const save = (add: string) =>
    call("PUT", `/panels/${ids.get("Kettle")}?workspace=${workspace}`, {
      source: BREW.replace("$state.cups += 100\n", `$state.cups += ${add}\n`),
    })
  await brew()
  await runs.getByRole("button", { name: "Go on now: brew of Kettle" }).click()
  await kettle.getByText("121 cups").waitFor()
  await runs.getByText("Nothing waits").waitFor()
  await save("100")
  await brew()
  await kettle.getByText("122 cups").waitFor()
  await save("5000")
  await runs.getByRole("button", { name: "Go on with the old code: brew of Kettle" }).click()
  await kettle.getByText("222 cups").waitFor()
  await brew()
  await kettle.getByText("223 cups").waitFor()
  await save("100")
  await runs.getByRole("button", { name: "Discard: brew of Kettle" }).click()
  await runs.getByText("Nothing waits").waitFor()
  await kettle.getByText("223 cups").waitFor()
})

test("the log of all panels streams, and a line opens the source where it was said", async () => {
  const { page } = story.me
  await tool(story.me, "Log").click()
  const log = drawer(story.me, "Log")
  await panel(page, "Kettle").getByRole("button", { name: "Say" }).click()
  const said = log.getByRole("listitem").filter({ hasText: "the kettle says hello" })
  const failed = log.getByRole("listitem").filter({ hasText: "too hot" })
  await failed.waitFor()
  await panel(page, "Kettle").getByRole("alert").getByRole("button", { name: "Open line 13" }).waitFor()
  await picture(page, "waiting-log")
  const atCursor = async () => page.locator(".cm-activeLine").textContent()
  const sourceLines = BREW.split("\n")
  for (const [line, words] of [
    [said, '$log.info("the kettle says hello")'],
    [failed, "too hot"],
  ] as const) {
    const number = sourceLines.findIndex((text) => text.includes(words)) + 1
    await line.getByRole("button", { name: `line ${number}` }).click()
    await page.getByRole("dialog", { name: "Kettle" }).waitFor()
    await expect.poll(atCursor).toContain(words)
    await page.getByRole("dialog", { name: "Kettle" }).getByRole("button", { name: "Cancel" }).click()
    await page.getByRole("dialog", { name: "Kettle" }).waitFor({ state: "detached" })
  }
  await log.getByRole("button", { name: "Pause" }).click()
  await panel(page, "Kettle").getByRole("button", { name: "Say" }).click()
  await log.getByText("Paused; 2 lines came since.").waitFor()
  expect(await said.count()).toBe(1)
  await log.getByRole("button", { name: "Go on" }).click()
  await expect.poll(() => said.count()).toBe(2)
  await log.getByLabel("Level").selectOption("error")
  await expect.poll(() => said.count()).toBe(0)
  expect(await failed.count()).toBe(2)
  await log.getByRole("button", { name: "Clear" }).click()
  await log.getByText("Quiet so far").waitFor()
})

test("what panels may do is said in plain words with their reason, revoked, taken back, and listed", async () => {
  const { page } = story.me
  await tool(story.me, "Permissions").click()
  const permissions = drawer(story.me, "Permissions")
  const kettle = permissions.getByRole("region", { name: "Rights of Kettle" })
  await kettle.getByText("Wait and run on a schedule").waitFor()
  await kettle.getByText("Its reason: Tea takes a while").waitFor()
  await kettle.getByText(/^Granted by Owner /).waitFor()
  await picture(page, "waiting-permissions")
  await kettle.getByRole("button", { name: /^Revoke from Kettle/ }).click()
  await kettle.getByText("Asked for, not granted").waitFor()
  await panel(page, "Kettle").getByText("Kettle would like to").waitFor()
  const audit = permissions.getByRole("list", { name: "Audit" })
  await audit.getByText(/You took back from Kettle/).waitFor()
  await page.getByRole("button", { name: "Undo" }).last().click()
  await kettle.getByRole("button", { name: /^Revoke from Kettle/ }).waitFor()
  await expect.poll(() => audit.getByText(/You granted to Kettle/).count()).toBe(2)
  await permissions.getByRole("button", { name: "Grant to Focus timer: Wait and run on a schedule" }).click()
  await permissions.getByRole("region", { name: "Rights of Focus timer" }).getByText("Granted by Owner").waitFor()
  await tool(grace, "Permissions").click()
  await drawer(grace, "Permissions")
    .getByText(/Owner took back from Kettle/)
    .waitFor()
  await picture(grace.page, "waiting-permissions-dark")
})

test("a viewer sees all of it and is offered none of it", async () => {
  const alan = await newPerson(story.browser)
  await join(alan, "viewer", "Alan")
  const { page } = alan
  await panel(story.me.page, "Ship").getByRole("button", { name: "Ship", exact: true }).click()
  await panel(story.me.page, "Kettle").getByRole("button", { name: "Brew" }).click()
  await panel(page, "Ship").getByText("An editor or an owner of this workspace can answer it.").waitFor()
  await tool(alan, "Inbox").click()
  await drawer(alan, "Inbox").getByText("An editor or an owner of this workspace can answer it.").waitFor()
  expect(await page.getByRole("img", { name: /open question/ }).count()).toBe(0)
  await tool(alan, "Runs").click()
  await drawer(alan, "Runs")
    .getByText(/^Sleeps until/i)
    .waitFor()
  expect(
    await drawer(alan, "Runs")
      .getByRole("button", { name: /Go on|Cancel/ })
      .count(),
  ).toBe(0)
  await drawer(alan, "Runs").getByRole("tab", { name: "Recent" }).click()
  await drawer(alan, "Runs").getByText("For editors").waitFor()
  await tool(alan, "Permissions").click()
  await drawer(alan, "Permissions").getByText("You can look.").waitFor()
  await drawer(alan, "Permissions").getByText("Its reason: Tea takes a while").waitFor()
  expect(
    await drawer(alan, "Permissions")
      .getByRole("button", { name: /Grant|Revoke/ })
      .count(),
  ).toBe(0)
  await picture(page, "waiting-viewer")
  expect(alan.problems).toEqual([])
})

test("nothing was written to anybody's console", () => {
  expect([...story.me.problems, ...grace.problems]).toEqual([])
})
