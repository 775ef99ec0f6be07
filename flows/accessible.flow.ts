import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { createScriptedModel, type ScriptedModel } from "@nexus/os"
import type { AxeResults } from "axe-core"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openBrowser, panel, picture, signIn } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/*
 * Every page, drawer and dialog as axe-core sees it, in light and in dark. The page's own policy forbids scripts from
 * elsewhere, so this browser, and only this one, passes over it. Motion is reduced: half a fade is nobody's contrast.
 */

let browser: Browser
let nexus: Nexus
let model: ScriptedModel
let axe: string
/** Where the owner is signed in. */
let mine: BrowserContext

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
  browser = await openBrowser()
  const edits = [{ find: 'label="Add" variant', replace: 'label="Put on the list" variant' }]
  const call = {
    name: "propose_patch",
    args: { reason: "Say what Add does", edit: [{ panel: "panel_groceries", edits }] },
  }
  model = await createScriptedModel([{ text: "I name the button after what it does.", call }, { text: "Done." }])
  nexus = await startNexus({
    env: { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: model.url, NEXUS_MODEL: "scripted-1" },
  })
})
afterAll(async () => {
  await browser?.close()
  await nexus?.close()
  await model?.close()
})

async function open(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    bypassCSP: true,
    reducedMotion: "reduce",
  })
  return context.newPage()
}

/** Looks at the page as it is, in dark for its colours and in light for everything; every violation is one line. */
async function violations(page: Page, where: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme })
    // Motion is off, so two frames later every colour is there.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe)
    const rules = colorScheme === "dark" ? ', runOnly: ["color-contrast"]' : ""
    const run = `axe.run(document, { resultTypes: ["violations"]${rules} })`
    const results = (await page.evaluate(run)) as AxeResults
    for (const { id, nodes } of results.violations) {
      found.push(`${where}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)
    }
  }
  return found
}

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

/** Puts it into the first workspace; `fail` runs the handler that fails. */
async function keepBusy(): Promise<{ readonly workspace: string; readonly fail: () => Promise<unknown> }> {
  const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
  const call = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${nexus.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
    return JSON.parse((await response.text()) || "{}")
  }
  const { workspaces } = await (await fetch(`${nexus.url}/api/v1/workspaces`, { headers })).json()
  const query = `workspace=${workspaces[0].id}`
  const frame = { x: 80, y: -360, w: 320, h: 280 }
  const { id } = await call("POST", "/panels", { workspace: workspaces[0].id, source: BUSY, frame })
  for (const grant of ["ask", "time"]) await call("PUT", `/panels/${id}/grants?${query}`, { grant, granted: true })
  const run = (handler: string) => call("POST", `/panels/${id}/handlers/${handler}?${query}`, { args: null })
  for (const handler of ["choose", "tell", "wait"]) await run(handler)
  return { workspace: workspaces[0].id, fail: () => run("fail") }
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

  test("on the canvas, in each drawer and in each dialog", async () => {
    const page = await open()
    mine = page.context()
    await signIn({ page, context: mine, problems: [] }, nexus.signIn)
    await panel(page, "Weather").getByRole("button", { name: "Refresh" }).waitFor()
    const found = await violations(page, "first page")
    const look = async (where: string, opens: () => Promise<unknown>, ready: string | RegExp) => {
      await opens()
      await page.getByText(ready).first().waitFor()
      found.push(...(await violations(page, where)))
    }
    const pressEscape = () => page.keyboard.press("Escape")

    await look("new panel", () => tool(page, "New panel").click(), "No mistakes")
    await page.locator(".cm-line", { hasText: "<Layout" }).click()
    await page.keyboard.press("End")
    await page.keyboard.insertText("<")
    await look("a mistake", () => page.locator(".cm-lintRange-error").first().waitFor(), /line \d+/)
    await page.keyboard.type("Tex")
    await look("completion", () => page.locator(".cm-completionInfo").waitFor(), "Plain text")
    await look("discard", () => page.getByRole("button", { name: "Cancel" }).click(), "Discard what you wrote?")
    await page.getByRole("button", { name: "Discard" }).click()

    await look("versions", () => tool(page, "Versions").click(), "New version")
    await look("commit", () => page.getByRole("button", { name: "New version" }).click(), "Commit this workspace")
    await pressEscape()
    await look("time", () => tool(page, "Time").click(), "Back to now")
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
    await pressEscape()
    await look("palette", () => page.keyboard.press("ControlOrMeta+K"), "Go to Weather")
    await pressEscape()
    await look("help", () => page.keyboard.press("?"), "Fix the mistake at the cursor")
    await pressEscape()

    await tool(page, "Assistant").click()
    await page.getByLabel("Message to the assistant").fill("say what Add does")
    await look("assistant", () => page.getByRole("button", { name: "Send" }).click(), "Review")
    await look("review", () => page.getByRole("button", { name: "Review" }).click(), "Differences")
    await pressEscape()

    await page.goto(`${nexus.url}/#/workspaces`)
    await page.getByText("Your workspaces").waitFor()
    found.push(...(await violations(page, "home")))
    await page.getByPlaceholder("Name of a new workspace").fill("Nothing yet")
    await look("empty", () => page.getByRole("button", { name: "Create workspace" }).click(), "Nothing on the desk yet")
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
      found.push(...(await violations(page, `${name}: ${ready}`)))
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
      found.push(...(await violations(page, "a run")))
    }
    await page.keyboard.press("1")
    await lookAll()
    await page.keyboard.press("Escape")
    await page.setViewportSize({ width: 390, height: 844 })
    for (const name of ["Inbox", "Permissions", "Log", "Runs"]) {
      if ((await drawer(name).count()) === 0) {
        await tool(page, "More").click()
        await page.getByRole("dialog", { name: "More" }).getByRole("button", { name, exact: true }).click()
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
