import { createScriptedModel, type ScriptedModel } from "@nexus/os"
import type { Browser, Locator, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { leaveBrowser, newPerson, openBrowser, type Person, panel, picture } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/*
 * The main story without a pointer: no step here clicks, hovers or puts the focus anywhere but by a key. After each step
 * the focus is on something, never nowhere, and wherever Tab comes it is drawn.
 */

const PASSWORD = "seven quiet herons"
let browser: Browser
let nexus: Nexus
let model: ScriptedModel
let me: Person
let touched = false

beforeAll(async () => {
  model = await createScriptedModel(async (_, index) => {
    if (index > 0) return { text: "Done." }
    const edit = (await panelsByTitle()).map(([title, id]) => ({
      panel: id,
      edits: [{ find: `title="${title}"`, replace: `title="${title} of mine"` }],
    }))
    return { text: "Both get a name.", call: { name: "propose_patch", args: { reason: "Say whose they are", edit } } }
  })
  browser = await openBrowser()
  nexus = await startNexus({
    env: { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: model.url, NEXUS_MODEL: "scripted-1" },
  })
  me = await newPerson(browser)
  me.page.setDefaultTimeout(20_000)
})
afterAll(async () => {
  await leaveBrowser(browser)
  await nexus?.close()
  await model?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await picture(page(), "keyboard-failed")
  // A page that has just opened has not been touched yet; from then on the focus is somewhere.
  if (touched) await expect.poll(focused, { message: "the focus is nowhere" }).not.toBe("BODY")
  touched = true
})

const page = (): Page => me.page
const press = async (...keys: string[]) => {
  for (const key of keys) await page().keyboard.press(key)
}
const type = (text: string) => page().keyboard.type(text)
const focused = () => page().evaluate(() => document.activeElement?.tagName ?? "BODY")
const dialog = (name: string) => page().getByRole("dialog", { name, exact: true })
const drawer = (name: string) => page().getByRole("complementary", { name, exact: true })

/** Tab, until it is reached; each stop on the way is drawn as the focus. */
async function tabTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await target.waitFor()
  for (let stops = 0; stops < 80; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await press(key)
    expect(await unseen()).toBe("")
  }
  throw new Error("Tab does not come there")
}

/** What has the focus without showing it: no outline of its own, and none of what it stands in. */
function unseen(): Promise<string> {
  return page().evaluate(() => {
    const focus = document.activeElement
    if (!focus || focus === document.body) return ""
    for (let element: Element | null = focus; element; element = element.parentElement) {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) return ""
      if (element === focus && boxShadow !== "none") return ""
      if (element.matches(".cm-editor, .react-flow__node, [role=dialog], aside")) return ""
    }
    // A node is drawn on its sheet, and what is chosen of a list on its entry.
    return focus.getAttribute("aria-activedescendant") ? "" : focus.outerHTML.slice(0, 120)
  })
}

async function command(words: string): Promise<void> {
  await press("ControlOrMeta+K")
  await page().getByPlaceholder("What do you want to do?").waitFor()
  await type(words)
  await page().getByRole("option").first().waitFor()
  await press("Enter")
}

/** What lies on the canvas: titles and ids. */
async function panelsByTitle(): Promise<readonly [string, string][]> {
  return page().evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".react-flow__node[data-id]")].map((node): [string, string] => [
      node.getAttribute("aria-label")?.replace(/, panel$/, "") ?? "",
      node.dataset.id ?? "",
    ]),
  )
}

async function frame(title: string) {
  const box = await page()
    .getByRole("group", { name: `${title}, panel` })
    .boundingBox()
  return box ?? { x: 0, y: 0, width: 0, height: 0 }
}

test("I make an account, sign out and in again, and make a workspace", async () => {
  await page().goto(nexus.url)
  await page().getByLabel("Email").waitFor()
  await tabTo(page().getByRole("button", { name: "Create an account" }))
  await press("Enter")
  await page().getByLabel("Name").waitFor()
  await type("Mary")
  await press("Tab")
  await type("mary@example.org")
  await press("Tab")
  await type(PASSWORD)
  await press("Enter")
  await page().getByRole("heading", { name: "Your workspaces" }).waitFor()
  await tabTo(page().getByRole("button", { name: "Sign out" }))
  await press("Enter")
  await page().getByRole("heading", { name: "Sign in" }).waitFor()
  await type("mary@example.org")
  await press("Tab")
  await type(PASSWORD)
  await press("Enter")
  await page().getByRole("heading", { name: "Your workspaces" }).waitFor()
  await tabTo(page().getByLabel("Name of the new workspace"))
  await type("By keys")
  await press("Enter")
  await page().getByText("Nothing on the desk yet").waitFor()
})

test("the palette opens the gallery, from which two panels come", async () => {
  await command("gallery")
  for (const title of ["Unit converter", "Habits"]) {
    if (title === "Habits") await press("n")
    await dialog("Gallery").getByRole("searchbox").waitFor()
    await press("ControlOrMeta+A")
    await type(title)
    await expect.poll(() => dialog("Gallery").getByRole("option").first().textContent()).toContain(title)
    await press("Enter")
    await panel(page(), title).waitFor()
  }
  expect(await focused()).not.toBe("BODY")
  await expect
    .poll(() => page().getByRole("group", { name: "Habits, panel" }).getAttribute("class"))
    .toContain("selected")
})

test("it is moved and sized by the arrows, and undone as two steps", async () => {
  await press("0")
  await page()
    .getByRole("button", { name: /^Zoom 100%/ })
    .waitFor()
  await expect.poll(async () => (await frame("Habits")).width).toBeGreaterThan(200)
  const before = await frame("Habits")
  await press("Shift+ArrowDown", "Shift+ArrowDown", "ArrowRight")
  await expect.poll(async () => (await frame("Habits")).y).toBeCloseTo(before.y + 20, 0)
  await press("ControlOrMeta+Shift+ArrowRight", "ControlOrMeta+Shift+ArrowRight")
  await expect.poll(async () => (await frame("Habits")).width).toBeCloseTo(before.width + 20, 0)
  await press("ControlOrMeta+Z")
  await expect.poll(async () => (await frame("Habits")).width).toBeCloseTo(before.width, 0)
  await press("ControlOrMeta+Z")
  await expect.poll(async () => (await frame("Habits")).y).toBeCloseTo(before.y, 0)
})

test("its source is edited and saved, and a component is added where it stands, and taken back", async () => {
  await press("e")
  const editor = dialog("Habits")
  await editor.getByRole("textbox").first().waitFor()
  await press("ControlOrMeta+End")
  await type(" ")
  await press("ControlOrMeta+S")
  await editor.waitFor({ state: "detached" })
  await expect.poll(focused).not.toBe("BODY")
  await press("Enter")
  await panel(page(), "Habits").getByRole("group", { name: "Components of the panel" }).waitFor()
  const inspector = drawer("Inspector: Habits")
  await press("ArrowDown")
  await inspector.getByRole("heading", { name: "Layout", exact: true }).waitFor()
  await press("Enter")
  await tabTo(inspector.getByLabel("Search components"))
  await type("divider")
  await tabTo(inspector.getByRole("button", { name: "Add Divider" }))
  await press("Enter")
  const line = inspector.getByRole("treeitem", { name: /^Divider/ })
  await line.waitFor()
  await picture(page(), "keyboard-direct")
  await press("ControlOrMeta+Z")
  await line.waitFor({ state: "detached" })
  for (let outwards = 0; outwards < 8 && (await page().locator(".nx-direct").count()) > 0; outwards += 1) {
    await press("Escape")
  }
  expect(await page().locator(".nx-direct").count()).toBe(0)
})

test("of what the assistant proposes one difference is accepted and the other is not", async () => {
  await press("a")
  const assistant = drawer("Assistant")
  await tabTo(assistant.getByLabel("Message to the assistant"))
  await type("say whose they are")
  await press("Enter")
  await tabTo(assistant.getByRole("button", { name: "Review" }))
  await press("Enter")
  const review = dialog("Say whose they are")
  const refused = review.getByRole("checkbox", { name: /Unit converter/ })
  await tabTo(refused)
  await press("Space")
  await expect.poll(() => refused.isChecked()).toBe(false)
  await picture(page(), "keyboard-review")
  await tabTo(review.getByRole("button", { name: "Accept" }))
  await press("Enter")
  await review.waitFor({ state: "detached" })
  await panel(page(), "Habits of mine").waitFor()
  expect(await panel(page(), "Unit converter").count()).toBe(1)
  await expect.poll(() => page().evaluate(() => document.activeElement?.closest("aside") !== null)).toBe(true)
  await press("Escape")
  await assistant.waitFor({ state: "detached" })
})

test("a word is said about the panel, and the workspace is shared by a link", async () => {
  await command("Go to Habits of mine")
  await press("c")
  await page().getByRole("dialog").getByLabel("What do you want to say?").waitFor()
  await type("Who walks with me?")
  await press("Enter")
  await page().getByRole("dialog").getByText("Who walks with me?").waitFor()
  await press("Escape")
  await page().getByRole("dialog").waitFor({ state: "detached" })
  await expect.poll(focused).not.toBe("BODY")
  await command("share")
  const share = dialog("Share this workspace")
  await tabTo(share.getByRole("button", { name: "Create link" }))
  await press("Enter")
  await share.getByLabel("Share link").waitFor()
  await press("Escape")
  await share.waitFor({ state: "detached" })
})

test("a version is committed, the past is looked at, and now is a key away", async () => {
  await command("commit")
  await dialog("Commit this workspace").getByLabel("Message").waitFor()
  await type("By keys alone")
  await press("Enter")
  await dialog("Commit this workspace").waitFor({ state: "detached" })
  await page().getByText("By keys alone").first().waitFor()
  await press("t")
  await tabTo(page().getByRole("slider", { name: "Instant" }))
  await press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
  await page()
    .getByText(/^As it was on/)
    .waitFor()
  await picture(page(), "keyboard-past")
  await press("Escape")
  await page()
    .getByText(/^As it was on/)
    .waitFor({ state: "detached" })
  await panel(page(), "Habits of mine").waitFor()
})

test("the message of what was removed is reached by its key, and takes it back", async () => {
  await command("Go to Unit converter")
  await press("Delete")
  await panel(page(), "Unit converter").waitFor({ state: "detached" })
  await press("F8")
  const undo = page()
    .getByRole("listitem")
    .filter({ hasText: "Removed Unit converter" })
    .getByRole("button", { name: "Undo" })
  await tabTo(undo)
  await press("Enter")
  await panel(page(), "Unit converter").waitFor()
})

test("I sign out, and nothing was written to the console", async () => {
  await command("sign out")
  await page().getByRole("heading", { name: "Sign in" }).waitFor()
  await expect.poll(focused).toBe("INPUT")
  expect(me.problems.filter((problem) => !problem.includes("401"))).toEqual([])
})
