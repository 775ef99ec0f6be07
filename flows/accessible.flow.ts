import { createScriptedModel, type ScriptedModel } from "@nexus/os"
import type { Browser, BrowserContext, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { violations } from "./axe.ts"
import { openBrowser, panel, picture, signIn } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/*
 * Pages, drawers and dialogs as axe-core sees them, each in light, in dark, and in both with high contrast (axe.ts).
 * Here are those that need something to have happened: a mistake, a question, a patch, a failed run, a chosen
 * component. What a key or an address opens is looked at on the way of `words.flow.ts`. One after the other: a page
 * behind another one does not paint.
 */

let browser: Browser
let nexus: Nexus
let model: ScriptedModel
/** Where the owner is signed in. */
let mine: BrowserContext
/** The address of the workspace that everybody begins with. */
let first: string

beforeAll(async () => {
  browser = await openBrowser()
  const edits = [{ find: 'label="Add" variant', replace: 'label="Put on the list" variant' }]
  const proposal = {
    name: "propose_patch",
    args: { reason: "Say what Add does", edit: [{ panel: "panel_groceries", edits }] },
  }
  model = await createScriptedModel([
    { text: "I name the button after what it does.", call: proposal },
    { text: "Done." },
  ])
  nexus = await startNexus({
    env: { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: model.url, NEXUS_MODEL: "scripted-1" },
  })
  const page = await open()
  mine = page.context()
  await signIn({ page, context: mine, problems: [] }, nexus.signIn)
  const { workspaces } = await call("GET", "/workspaces")
  first = `${nexus.url}/#/w/${workspaces[0].id}`
  await page.close()
})
afterAll(async () => {
  await browser?.close()
  await nexus?.close()
  await model?.close()
})

async function open(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  })
  return context.newPage()
}

/** What opens over a page: a drawer, a dialog, the tour. */
const OPENED = "aside, [role=dialog], [role=alertdialog], section[aria-label=Tour]"

const tool = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name, exact: true })

/** A panel that asks, sleeps, logs and fails, as its workspace has it after a minute. */
const BUSY = `<NexusPanel title="Busy">
  <Data><State name="count" type="number" default="0"/></Data>
  <Logic>
    <Capability type="ask" reason="Needs a word"/>
    <Capability type="time" reason="Waits for tomorrow"/>
    <Capability type="kv" scope="notes" reason="Keeps notes"/>
    <Handler name="choose">await nexus.ask("Which of them?", { options: ["This", "That"] })</Handler>
    <Handler name="tell">await nexus.ask("How was it?")</Handler>
    <Handler name="wait">await nexus.sleep("1d")</Handler>
    <Handler name="fail">
      $log.warn("about to fail")
      $state.count += 1
      throw new Error("as it should")
    </Handler>
  </Logic>
  <View><Text content="{$state.count}"/></View>
</NexusPanel>`

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
  const response = await fetch(`${nexus.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
  return JSON.parse((await response.text()) || "{}")
}

/** In a workspace of its own; `fail` runs the handler that fails. */
async function keepBusy(): Promise<{ readonly workspace: string; readonly fail: () => Promise<unknown> }> {
  const { id: workspace } = await call("POST", "/workspaces", { name: "Busy" })
  const query = `workspace=${workspace}`
  const frame = { x: 80, y: 80, w: 320, h: 280 }
  const { id } = await call("POST", "/panels", { workspace, source: BUSY, frame })
  for (const grant of ["ask", "time"]) await call("PUT", `/panels/${id}/grants?${query}`, { grant, granted: true })
  const run = (handler: string) => call("POST", `/panels/${id}/handlers/${handler}?${query}`, { args: null })
  for (const handler of ["choose", "tell", "wait"]) await run(handler)
  return { workspace, fail: () => run("fail") }
}

describe("nothing stands in the way of anybody", () => {
  test("on the pages before the canvas", async () => {
    const page = await open()
    await page.goto(nexus.url)
    await page.getByLabel("Password").waitFor()
    const found = await violations(page, "sign in")
    await page.getByRole("button", { name: "Create an account" }).click()
    found.push(...(await violations(page, "register")))
    await page.goto(`${nexus.url}/#/sign-in/used-up-long-ago`)
    await page.getByText("did not work").waitFor()
    found.push(...(await violations(page, "a dead link")))
    expect(found).toEqual([])
    await page.context().close()
  })

  test("on the page of components, with every example alive", async () => {
    const page = await open()
    await page.goto(`${nexus.url}/components`)
    const stages = page.getByRole("region", { name: /, alive$/ })
    await stages.first().waitFor()
    // An example starts when it comes near the screen, so the screen is as high as the page.
    const height = await page.locator("main").evaluate((main) => main.scrollHeight)
    await page.setViewportSize({ width: 1440, height: height + 2000 })
    await expect.poll(() => stages.locator(".nx-panel").count()).toBeGreaterThanOrEqual(await stages.count())
    await page.locator(".nx-area").first().waitFor()
    await page.locator(".nx-node").first().waitFor()
    expect(await violations(page, "components")).toEqual([])
    await page.context().close()
  })

  test("on the canvas, while a panel is written, read, shared and asked for", async () => {
    const page = await mine.newPage()
    await page.goto(first)
    await panel(page, "Weather").getByRole("button", { name: "Refresh" }).waitFor()
    const found: string[] = []
    const look = async (where: string, opens: () => Promise<unknown>, ready: string | RegExp, part = OPENED) => {
      await opens()
      await page.getByText(ready).first().waitFor()
      found.push(...(await violations(page, where, part)))
    }
    const pressEscape = () => page.keyboard.press("Escape")

    await tool(page, "New panel").click()
    await page.locator(".cm-line", { hasText: "<Layout" }).click()
    await page.keyboard.press("End")
    await page.keyboard.insertText("<")
    await look("a mistake", () => page.locator(".cm-lintRange-error").first().waitFor(), /line \d+/)
    await page.keyboard.type("Tex")
    await look("completion", () => page.locator(".cm-completionInfo").waitFor(), "Plain text")
    await look("discard", () => page.getByRole("button", { name: "Cancel" }).click(), "Discard what you wrote?")
    await page.getByRole("button", { name: "Discard" }).click()

    await tool(page, "Versions").click()
    await look("commit", () => page.getByRole("button", { name: "New version" }).click(), "Commit this workspace")
    await pressEscape()
    await look("time", () => tool(page, "Time").click(), "Back to now", "body")
    await tool(page, "Time").click()

    const groceries = panel(page, "Groceries")
    await groceries.getByRole("switch", { name: "Coffee" }).click()
    await groceries.hover()
    await look("values", () => groceries.getByRole("button", { name: "Values and why" }).click(), "Computed")
    await look("why", () => page.getByRole("button", { name: "Why? items" }).click(), "Owner did it.")
    await pressEscape()
    await look("run log", () => page.getByRole("tab", { name: "Run log" }).click(), /appears here|ms/)
    await page.getByRole("button", { name: /^Close Inspector/ }).click()

    await look("share", () => page.getByRole("button", { name: "Share" }).click(), "Members")
    await look("embed", () => page.getByRole("tab", { name: "Embed" }).click(), "How it looks there")
    await pressEscape()
    await tool(page, "Assistant").click()
    await page.getByLabel("Message to the assistant").fill("say what Add does")
    await look("assistant", () => page.getByRole("button", { name: "Send" }).click(), "Review")
    await look("review", () => page.getByRole("button", { name: "Review" }).click(), "Differences")
    await pressEscape()

    await page.goto(`${nexus.url}/#/workspaces`)
    await page.getByPlaceholder("Name of a new workspace").fill("Nothing yet")
    await look(
      "empty",
      () => page.getByRole("button", { name: "Create workspace" }).click(),
      "Nothing on the desk yet",
      "body",
    )
    expect(found).toEqual([])
  })

  test("on what is edited in place, said, run, compared and taken out", async () => {
    const page = await mine.newPage()
    const { workspace } = await keepBusy()
    await page.goto(`${nexus.url}/#/w/${workspace}`)
    const busy = panel(page, "Busy")
    await busy.getByText("Which of them?").waitFor()
    const found: string[] = []
    const look = async (where: string, ready: Locator) => {
      await ready.first().waitFor()
      found.push(...(await violations(page, where, OPENED)))
    }
    const command = async (words: string) => {
      await page.keyboard.press("ControlOrMeta+K")
      await page.getByPlaceholder("What do you want to do?").fill(words)
      await page.keyboard.press("Enter")
    }
    const dialog = page.getByRole("dialog")
    const closed = async () => {
      await page.keyboard.press("Escape")
      await dialog.waitFor({ state: "detached" })
    }
    await busy.getByRole("heading", { name: "Busy" }).dblclick()
    const inspector = page.getByRole("complementary", { name: "Inspector: Busy" })
    await inspector.getByRole("treeitem", { name: /Text/ }).click()
    await look("edited in place", inspector.getByRole("region", { name: "Properties" }))
    await command("run a handler of busy")
    await inspector.getByRole("button", { name: /^tell/ }).click()
    await look("the runner", inspector.getByRole("form", { name: "Run tell" }))
    await page.getByRole("button", { name: /^Close Inspector/ }).click()
    await inspector.waitFor({ state: "detached" })
    await command("new comment")
    await look("a comment", dialog.getByRole("textbox"))
    await closed()
    await command("csv or json")
    await dialog.getByRole("textbox", { name: "Or paste lines from a spreadsheet" }).fill("who\tcups\nAda\t3\n")
    await dialog.getByRole("button", { name: "Read them" }).click()
    await look("a table", dialog.getByRole("region", { name: "Preview" }).getByRole("cell", { name: "Ada" }))
    await closed()
    for (const [words, ready] of [
      ["save the canvas", dialog.getByRole("radio", { name: "PDF" })],
      ["export this workspace", dialog.getByRole("button", { name: "Export" })],
    ] as const) {
      await command(words)
      await look(words, ready)
      await closed()
    }
    await command("take the tour")
    await look("the tour", page.getByRole("region", { name: "Tour", exact: true }).getByRole("heading"))
    expect(found).toEqual([])
  })

  test("on what is asked, what waits, what ran, what was said and what may be done, also on a phone", async () => {
    const page = await mine.newPage()
    const { workspace, fail } = await keepBusy()
    await page.goto(`${nexus.url}/#/w/${workspace}`)
    await panel(page, "Busy").getByText("Which of them?").waitFor()
    const found = await violations(page, "asked on a panel")
    const drawer = (name: string) => page.getByRole("complementary", { name, exact: true })
    const look = async (name: string, ready: string | RegExp) => {
      if ((await drawer(name).count()) === 0) await tool(page, name).click()
      await drawer(name).getByText(ready).first().waitFor()
      found.push(...(await violations(page, `${name}: ${ready}`, OPENED)))
    }
    const lookAll = async () => {
      await look("Inbox", "How was it?")
      await look("Permissions", "Its reason: Keeps notes")
      await fail()
      await look("Log", "about to fail")
      await look("Runs", /sleeps until/i)
      await drawer("Runs").getByRole("tab", { name: "Recent" }).click()
      await look("Runs", /as it should/)
      await drawer("Runs")
        .getByRole("button", { name: /as it should/ })
        .click()
      await page.getByRole("dialog", { name: "fail of Busy" }).getByText("about to fail").waitFor()
      found.push(...(await violations(page, "a run", OPENED)))
    }
    await page.keyboard.press("1")
    await lookAll()
    await page.keyboard.press("Escape")
    await page.setViewportSize({ width: 390, height: 844 })
    for (const name of ["Inbox", "Permissions", "Log", "Runs"]) {
      if ((await drawer(name).count()) === 0) {
        // How much calls is said before the name.
        const ends = new RegExp(`${name}$`)
        await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: /More$/ }).click()
        await page.getByRole("dialog", { name: "More" }).getByRole("button", { name: ends }).click()
      }
      const box = await drawer(name).boundingBox()
      expect((box?.x ?? 0) + (box?.width ?? 999), name).toBeLessThanOrEqual(390)
      await picture(page, `phone-${name.toLowerCase()}`)
    }
    await drawer("Runs").getByRole("tab", { name: "Recent" }).click()
    await drawer("Runs")
      .getByRole("button", { name: /as it should/ })
      .click()
    const run = page.getByRole("dialog", { name: "fail of Busy" })
    await run.getByText("about to fail").waitFor()
    expect((await run.boundingBox())?.width).toBeLessThanOrEqual(390)
    await picture(page, "phone-run")
    expect(found).toEqual([])
  })
})
