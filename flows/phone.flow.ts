import { createScriptedModel, type ScriptedModel } from "@nexus/os"
import type { Browser, CDPSession, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { leaveBrowser, newPerson, openBrowser, type Person, panel, picture, signIn } from "./browser.ts"
import { swipe } from "./hands.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/*
 * A workspace on a phone, by fingers: one panel at a time and a swipe between them, the canvas as a map, adding, asking
 * the assistant, commenting, sharing and settings. The screen is that of a phone, and so are its touches.
 */

let browser: Browser
let nexus: Nexus
let model: ScriptedModel
let me: Person
let touch: CDPSession

beforeAll(async () => {
  const edits = [{ find: 'label="Add" variant', replace: 'label="Put on the list" variant' }]
  const call = {
    name: "propose_patch",
    args: { reason: "Say what Add does", edit: [{ panel: "panel_groceries", edits }] },
  }
  model = await createScriptedModel([{ text: "I name the button after what it does.", call }, { text: "Done." }])
  browser = await openBrowser()
  nexus = await startNexus({
    env: { OPENAI_API_KEY: "sk-flow", OPENAI_BASE_URL: model.url, NEXUS_MODEL: "scripted-1" },
  })
  me = await newPerson(browser, { phone: true })
  me.page.setDefaultTimeout(10_000)
  touch = await me.context.newCDPSession(me.page)
  await signIn(me, nexus.signIn)
})
afterAll(async () => {
  await leaveBrowser(browser)
  await nexus?.close()
  await model?.close()
})

const page = (): Page => me.page
const tool = (name: string) =>
  page().getByRole("navigation", { name: "Tools" }).getByRole("button", { name, exact: true })
const drawer = (name: string) => page().getByRole("complementary", { name, exact: true })
const dialog = (name: string) => page().getByRole("dialog", { name, exact: true })
const position = (text: string) => page().getByRole("button", { name: new RegExp(`${text}$`) })

async function more(name: string): Promise<void> {
  await tool("More").tap()
  await dialog("More").getByRole("button", { name, exact: true }).tap()
}

/** In light and in dark. */
async function pictures(name: string): Promise<void> {
  await picture(page(), `phone-${name}`)
  await page().emulateMedia({ colorScheme: "dark" })
  await picture(page(), `phone-${name}-dark`)
  await page().emulateMedia({ colorScheme: "light" })
}

const zoom = () =>
  page()
    .locator(".react-flow__viewport")
    .evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a)

test("a workspace opens at its first panel, which is as wide as the phone, and its form is filled in", async () => {
  const box = await panel(page(), "Groceries").boundingBox()
  expect(box?.width).toBe(390)
  expect(await page().locator(".react-flow").count()).toBe(0)
  await panel(page(), "Groceries").getByLabel("What to buy").fill("Apples")
  await panel(page(), "Groceries").getByRole("button", { name: "Add" }).tap()
  await panel(page(), "Groceries").getByRole("switch", { name: "Apples" }).tap()
  await pictures("panel")
})

test("a finger across turns to the next panel, and there a button asks for its permission and works", async () => {
  await swipe(touch, [{ x: 340, y: 600 }], [{ x: -300, y: 6 }])
  await position("2 of 3").waitFor()
  await page().getByRole("button", { name: "Next panel" }).tap()
  await position("3 of 3").waitFor()
  const weather = panel(page(), "Weather")
  await weather.getByRole("button", { name: "Grant" }).tap()
  await weather.getByRole("button", { name: "Refresh" }).tap()
  await weather.getByText("°").first().waitFor()
  await pictures("asked")
})

test("the list of panels goes anywhere, and a workspace opens where it was left", async () => {
  await position("3 of 3").tap()
  await dialog("Panels").getByRole("button", { name: "Weather" }).waitFor()
  await pictures("list")
  await dialog("Panels").getByRole("button", { name: "Focus timer" }).tap()
  await position("2 of 3").waitFor()
  await page().goto(`${nexus.url}/#/workspaces`)
  await page().getByRole("heading", { name: "Your workspaces" }).waitFor()
  await pictures("home")
  await page().goBack()
  await position("2 of 3").waitFor()
})

test("the canvas is a map: a finger on a panel moves it, a tap opens the panel", async () => {
  await tool("Canvas").tap()
  const weather = panel(page(), "Weather")
  const box = await weather.boundingBox()
  if (!box) throw new Error("the map does not show Weather")
  await pictures("map")
  await swipe(touch, [{ x: box.x + 20, y: box.y + 30 }], [{ x: -30, y: -120 }])
  await expect.poll(async () => (await weather.boundingBox())?.y).toBeLessThan(box.y - 90)
  await weather.tap()
  await position("3 of 3").waitFor()
})

test("two fingers that begin on a panel zoom the canvas, and one finger scrolls in it", async () => {
  await tool("Canvas").tap()
  await page()
    .getByRole("button", { name: /back to 100%/ })
    .tap()
  await expect.poll(zoom).toBe(1)
  await page().getByRole("button", { name: "Fit everything" }).tap()
  await expect.poll(zoom).toBeLessThan(0.5)
  const box = await panel(page(), "Focus timer").boundingBox()
  if (!box) throw new Error("the map does not show the timer")
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const apart = [
    { x: x - 20, y },
    { x: x + 20, y },
  ]
  const before = await zoom()
  await swipe(touch, apart, [
    { x: -70, y: 0 },
    { x: 70, y: 0 },
  ])
  await expect.poll(zoom).toBeGreaterThan(before * 3)
  const near = await zoom()
  const there = await panel(page(), "Focus timer").boundingBox()
  expect(Math.abs((there?.x ?? 0) + (there?.width ?? 0) / 2 - x)).toBeLessThan(40)
  await swipe(
    touch,
    [
      { x: x - 80, y },
      { x: x + 80, y: y + 10 },
    ],
    [
      { x: 60, y: 0 },
      { x: -60, y: 0 },
    ],
  )
  await expect.poll(zoom).toBeLessThan(near / 2)
  expect(await page().evaluate(() => visualViewport?.scale)).toBe(1)
})

test("a panel from the gallery is there as the panel one looks at", async () => {
  await tool("Panels").tap()
  await tool("Add").tap()
  await page().getByRole("menuitem", { name: "Gallery" }).tap()
  await dialog("Gallery").getByRole("searchbox").fill("habit")
  await dialog("Gallery")
    .getByRole("option", { name: /Habits/ })
    .tap()
  await pictures("gallery")
  await dialog("Gallery").getByRole("button", { name: "Add", exact: true }).tap()
  await page()
    .getByRole("button", { name: /^Alive Habits .* of 4$/ })
    .waitFor()
  await panel(page(), "Habits").getByRole("switch", { name: "A walk outside" }).tap()
  await page().getByRole("button", { name: "Undo" }).tap()
})

test("the assistant is told what should be different, and its patch is looked at and accepted", async () => {
  await tool("Assistant").tap()
  await drawer("Assistant").getByLabel("Message to the assistant").fill("say what Add does")
  await drawer("Assistant").getByRole("button", { name: "Send" }).tap()
  await drawer("Assistant").getByRole("button", { name: "Review" }).waitFor()
  await pictures("assistant")
  await drawer("Assistant").getByRole("button", { name: "Review" }).tap()
  const review = dialog("Say what Add does")
  await review.getByRole("button", { name: "Put on the list" }).waitFor()
  await pictures("review")
  await review.getByRole("button", { name: "Accept" }).tap()
  await tool("Panels").tap()
  await tool("Panels").tap()
  await dialog("Panels").getByRole("button", { name: "Groceries" }).tap()
  await panel(page(), "Groceries").getByRole("button", { name: "Put on the list" }).waitFor()
})

test("a panel is commented on, answered, and the bubble counts", async () => {
  await page().getByRole("button", { name: "Comment on this panel" }).tap()
  const talk = dialog("On Groceries")
  await talk.getByLabel("What do you want to say?").fill("Do we need more?")
  await talk.getByRole("button", { name: "Comment", exact: true }).tap()
  await talk.getByText("Do we need more?").waitFor()
  await talk.getByLabel("Answer").fill("Yes, bread")
  await talk.getByRole("button", { name: "Answer" }).tap()
  await talk.getByText("Yes, bread").waitFor()
  await pictures("comment")
  await talk.getByRole("button", { name: "Close", exact: true }).tap()
  await page().getByRole("button", { name: "1 comment on this panel" }).waitFor()
})

test("words find a panel, time shows it as it was, and the workspace is shared", async () => {
  await page().getByRole("button", { name: "Search and commands" }).tap()
  await page().getByPlaceholder("What do you want to do?").fill("go to weather")
  await pictures("palette")
  await page().getByRole("option", { name: "Go to Weather" }).tap()
  await page()
    .getByRole("button", { name: /Weather .* of 4$/ })
    .waitFor()
  await more("Time")
  await page().getByRole("button", { name: "Earlier change" }).tap()
  await page()
    .getByText(/^As it was on/)
    .waitFor()
  await pictures("time")
  await page().getByRole("button", { name: "Close time" }).tap()
  await page().getByRole("button", { name: "Share", exact: true }).tap()
  const share = dialog("Share this workspace")
  await share.getByRole("button", { name: "Create link" }).tap()
  await share.getByLabel("Share link").waitFor()
  await pictures("share")
  await share.getByRole("button", { name: "Close" }).tap()
})

test("a component is changed where it stands, with the panel in sight above its properties", async () => {
  await page().getByRole("button", { name: "More for Weather" }).tap()
  await page().getByRole("menuitem", { name: "Edit in place" }).tap()
  const inspector = page().getByRole("complementary", { name: /Weather/ })
  await inspector.waitFor()
  await pictures("direct")
  await inspector.getByRole("button", { name: /^Close/ }).tap()
})

test("one finger scrolls the panel that is open, and the panel stays the one that is open", async () => {
  const lines = '<Text content="A line of many"/>'.repeat(60)
  const source = `<NexusPanel title="Long"><View>${lines}</View></NexusPanel>`
  const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
  const workspace = page().url().split("/").at(-1)
  const made = await fetch(`${nexus.url}/api/v1/panels`, {
    method: "POST",
    headers,
    body: JSON.stringify({ workspace, source }),
  })
  expect(made.status).toBe(201)
  await tool("Panels").tap()
  if ((await dialog("Panels").count()) === 0) await tool("Panels").tap()
  await dialog("Panels").getByRole("button", { name: "Long" }).tap()
  const long = panel(page(), "Long")
  const top = async () => (await long.getByText("A line of many").first().boundingBox())?.y ?? 0
  await expect.poll(async () => (await long.boundingBox())?.x).toBe(0)
  const before = await top()
  await swipe(touch, [{ x: 190, y: 600 }], [{ x: 4, y: -300 }])
  await expect.poll(top).toBeLessThan(before - 150)
  expect((await long.boundingBox())?.x).toBe(0)
})

test("settings fit the phone, and nothing was written to the console", async () => {
  for (const section of ["", "appearance", "keys"]) {
    await page().goto(`${nexus.url}/#/account/${section}`)
    await page().getByRole("main").waitFor()
    expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  }
  await pictures("settings")
  expect(me.problems).toEqual([])
})

test("an account is made and signed into by a thumb on a small phone", async () => {
  const ada = await newPerson(browser, { phone: true })
  const { page: small } = ada
  small.setDefaultTimeout(10_000)
  await small.setViewportSize({ width: 390, height: 780 })
  const fill = async (fields: Readonly<Record<string, string>>, send: string) => {
    for (const [label, text] of Object.entries(fields)) {
      await small.getByLabel(label).tap()
      await small.keyboard.insertText(text)
    }
    expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await small.getByRole("button", { name: send, exact: true }).tap()
    await small.getByRole("heading", { name: "Your workspaces" }).waitFor()
  }
  await small.goto(nexus.url)
  await small.getByRole("button", { name: "Create an account" }).tap()
  await small.getByLabel("Name").waitFor()
  await picture(small, "phone-register")
  const known = { Email: "ada@example.org", Password: "seven quiet herons" }
  await fill({ Name: "Ada", ...known }, "Create account")
  await small.getByRole("button", { name: "Sign out" }).tap()
  await small.getByLabel("Password").waitFor()
  await picture(small, "phone-sign-in")
  await fill(known, "Sign in")
  expect(ada.problems).toEqual([])
})
