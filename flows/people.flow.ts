import type { Locator } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { expectPanel, newPerson, type Person, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/** People who work on one canvas: what they say about it, where they are, what they did. */
const story = tellStory()
let grace: Person
let alan: Person

beforeAll(async () => {
  grace = await newPerson(story.browser, { dark: true })
  alan = await newPerson(story.browser)
  for (const { page } of [story.me, grace, alan]) page.setDefaultTimeout(10_000)
  await register(grace, await inviteLink("editor"), "Grace")
  await register(alan, await inviteLink("viewer"), "Alan")
})

async function inviteLink(role: "editor" | "viewer"): Promise<string> {
  const { page } = story.me
  await page.getByRole("button", { name: "Share" }).click()
  const dialog = page.getByRole("dialog", { name: "Share this workspace" })
  await dialog.getByLabel("People with the link").selectOption(role)
  await dialog.getByRole("button", { name: "Create link" }).click()
  const link = await dialog.getByLabel("Share link").inputValue()
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  return link
}

async function register({ page }: Person, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByRole("button", { name: "Create an account" }).click()
  await page.getByLabel("Name").fill(name)
  await page.getByLabel("Email").fill(`${name.toLowerCase()}@example.org`)
  await page.getByLabel("Password").fill("correct horse battery")
  await page.getByRole("button", { name: "Create account" }).click()
  await expectPanel(page, "Groceries")
}

const pins = ({ page }: Person, about: string) => page.getByRole("button", { name: new RegExp(`^On ${about}, `) })
const card = ({ page }: Person): Locator => page.getByRole("dialog")
const drawer = ({ page }: Person, name: string) => page.getByRole("complementary", { name })

test("a comment is pinned to a place of a panel, calls somebody, and reaches them at once", async () => {
  const { page } = story.me
  await page.keyboard.press("c")
  await page.getByRole("button", { name: /^Place the comment/ }).waitFor()
  const box = await panel(page, "Groceries").boundingBox()
  if (!box) throw new Error("no panel")
  await page.mouse.click(box.x + 180, box.y + 150)
  const field = card(story.me).getByRole("textbox")
  await field.pressSequentially("Do we need more, @gr")
  await card(story.me).getByRole("option", { name: "Grace" }).waitFor()
  await page.keyboard.press("Enter")
  await expect.poll(() => field.inputValue()).toBe("Do we need more, @Grace ")
  await page.keyboard.press("Enter")
  await pins(grace, "Groceries").waitFor()
  await grace.page.getByRole("status").filter({ hasText: "mentioned you" }).first().waitFor()
  await grace.page.getByRole("img", { name: "1 mention" }).waitFor()
  await picture(page, "people-comment")
})

test("who is called finds it in the inbox, answers, and the thread is settled and opened again", async () => {
  await grace.page.getByRole("button", { name: "Inbox", exact: true }).click()
  await picture(grace.page, "people-inbox-dark")
  await drawer(grace, "Inbox").getByRole("button", { name: "Show" }).click()
  await card(grace).getByRole("textbox", { name: "Answer" }).fill("Yes, and bread")
  await grace.page.keyboard.press("Enter")
  await card(story.me).getByText("Yes, and bread").waitFor()
  await expect.poll(() => grace.page.getByRole("img", { name: "1 mention" }).count()).toBe(0)
  await picture(grace.page, "people-thread-dark")
  await card(grace).getByRole("button", { name: "Resolve" }).click()
  await card(story.me).getByText("Resolved by Grace").waitFor()
  await story.me.page.getByRole("button", { name: "Reopen" }).first().click()
  await card(grace).getByRole("button", { name: "Resolve" }).waitFor()
})

test("words are changed by their author and deleted with a way back", async () => {
  const mine = card(grace)
    .getByRole("listitem")
    .filter({ hasText: /Yes, and/ })
  await mine.getByRole("button", { name: "More for this comment" }).click()
  await grace.page.getByRole("menuitem", { name: "Edit" }).click()
  await mine.getByRole("textbox").fill("Yes, and two breads")
  await grace.page.keyboard.press("Enter")
  await card(story.me).getByText("Yes, and two breads").waitFor()
  await mine.getByRole("button", { name: "More for this comment" }).click()
  await grace.page.getByRole("menuitem", { name: "Delete" }).click()
  await expect.poll(() => card(story.me).getByText("Yes, and two breads").count()).toBe(0)
  await grace.page.getByRole("button", { name: "Undo", exact: true }).last().click()
  await card(story.me).getByText("Yes, and two breads").waitFor()
  await grace.page.keyboard.press("Escape")
  await story.me.page.keyboard.press("Escape")
})

test("words that were begun are there again after Escape, and are said by nobody until they are sent", async () => {
  const { page } = grace
  if (!(await card(grace).isVisible())) await pins(grace, "Groceries").first().click()
  await card(grace).getByRole("textbox", { name: "Answer" }).fill("One more thing")
  await page.keyboard.press("Escape")
  await card(grace).waitFor({ state: "detached" })
  await pins(grace, "Groceries").first().click()
  const field = card(grace).getByRole("textbox", { name: "Answer" })
  await expect.poll(() => field.inputValue()).toBe("One more thing")
  await field.fill("")
  await page.keyboard.press("Escape")
  await card(grace).waitFor({ state: "detached" })
  await pins(grace, "Groceries").first().click()
  await expect.poll(() => field.inputValue()).toBe("")
  expect(await card(grace).getByText("One more thing").count()).toBe(0)
  await page.keyboard.press("Escape")
  await card(grace).waitFor({ state: "detached" })
})

test("a viewer says something too, by keys alone, and changes nothing else", async () => {
  const { page } = alan
  await page.locator("body").press("c")
  await page.getByRole("button", { name: /^Place the comment/ }).press("Enter")
  await card(alan).getByRole("textbox").fill("May I have the key?")
  await page.keyboard.press("Enter")
  await card(alan).getByText("May I have the key?").waitFor()
  await page.keyboard.press("Escape")
  await story.me.page.keyboard.press("Shift+C")
  const threads = drawer(story.me, "Comments").getByRole("list", { name: "Threads" }).getByRole("listitem")
  await expect.poll(() => threads.count()).toBe(2)
  await drawer(story.me, "Comments")
    .getByRole("button", { name: /^Unread 1/ })
    .click()
  await expect.poll(() => threads.count()).toBe(1)
  await threads.getByRole("button").click()
  await card(story.me).getByText("May I have the key?").waitFor()
  await expect.poll(() => threads.count()).toBe(0)
  await drawer(story.me, "Comments").getByRole("button", { name: "Open", exact: true }).click()
  await picture(story.me.page, "people-comments")
})

test("everybody sees who is here, and what the others have in hand", async () => {
  await story.me.page.getByRole("status", { name: "Saved state" }).getByText("3 people here").waitFor()
  await story.me.page.keyboard.press("Escape")
  await panel(story.me.page, "Groceries").getByRole("heading", { name: "Groceries" }).click()
  await grace.page.locator(".nx-peer", { hasText: "Owner" }).waitFor()
})

test("two of the others are told apart by their colours, around what they hold and at their pointers", async () => {
  await panel(grace.page, "Weather").getByRole("heading", { name: "Weather" }).click()
  const held = (name: string) => alan.page.locator(".nx-peer", { hasText: name })
  for (const name of ["Owner", "Grace"]) await held(name).waitFor()
  const colourOf = (name: string) => held(name).evaluate((frame) => getComputedStyle(frame).borderTopColor)
  const [owner, other] = await Promise.all(["Owner", "Grace"].map(colourOf))
  expect(owner).not.toBe(other)
  for (const { page } of [story.me, grace]) await page.mouse.move(700, 640, { steps: 3 })
  const pointer = (name: string) => alan.page.locator(".react-flow__viewport-portal > span", { hasText: name })
  const pointerOf = (name: string) => pointer(name).evaluate((arrow) => getComputedStyle(arrow).color)
  expect(await pointerOf("Owner")).toBe(owner)
  expect(await pointerOf("Grace")).toBe(other)
  await picture(alan.page, "people-two-colours")
  await grace.page.keyboard.press("Escape")
})

test("a view is followed until a hand takes hold of the canvas", async () => {
  const { page } = grace
  const shown = () => page.locator(".react-flow__viewport").evaluate((element) => getComputedStyle(element).transform)
  const before = await shown()
  await page.getByRole("button", { name: "Follow Owner" }).click()
  await page.getByText("You see what Owner sees").waitFor()
  await story.me.page.keyboard.press("Escape")
  await story.me.page.mouse.move(700, 800)
  await story.me.page.mouse.wheel(300, 200)
  await expect.poll(shown).not.toBe(before)
  await picture(page, "people-following-dark")
  await page.mouse.move(700, 800)
  await page.mouse.wheel(0, 50)
  await expect.poll(() => page.getByText("You see what Owner sees").count()).toBe(0)
})

test("a value that somebody else changed tells who, why and when", async () => {
  await panel(grace.page, "Groceries").getByRole("switch", { name: "Coffee" }).press("Space")
  const told = panel(story.me.page, "Groceries").locator("[title^=Grace]")
  await expect.poll(() => told.count()).toBeGreaterThan(0)
  expect(await told.first().getAttribute("title")).toMatch(/^Grace · .+ · \d/)
})

test("what was said about the canvas itself opens by the mouse, and stood there then", async () => {
  const { page } = story.me
  await page.keyboard.press("Escape")
  await page.locator("body").press("c")
  await page.getByRole("button", { name: /^Place the comment/ }).waitFor()
  await page.mouse.click(720, 160)
  await card(story.me).getByRole("textbox").fill("Here comes the shelf")
  await page.keyboard.press("Enter")
  await card(story.me).getByText("Here comes the shelf").waitFor()
  await page.keyboard.press("Escape")
  await pins(story.me, "the canvas").filter({ visible: true }).last().click()
  await card(story.me).getByText("Here comes the shelf").waitFor()
  await page.keyboard.press("Escape")
  await panel(page, "Groceries").getByRole("switch").first().press("Space")
  await page.getByRole("status", { name: "Saved state" }).getByText("Saved").waitFor()
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Time" }).click()
  await page.getByRole("region", { name: "Time" }).getByRole("button", { name: "Earlier change" }).click()
  const then = page.getByRole("button", { name: /then: Here comes the shelf/ })
  await then.click()
  await card(story.me).getByText("Here comes the shelf").waitFor()
  await picture(page, "people-comment-then")
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Return" }).click()
})

test("history says who did what; a line leads to its moment, one's own steps are taken back to there and done again", async () => {
  const { page } = story.me
  for (const name of ["First name", "Second name"]) {
    await page.getByRole("button", { name: /^Rename workspace/ }).click()
    await page.getByLabel("Workspace name").fill(name)
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: `Rename workspace ${name}` }).waitFor()
  }
  await page.locator("body").press("h")
  const history = drawer(story.me, "History")
  const done = history.getByRole("list", { name: "What was done" }).getByRole("listitem")
  await done.filter({ hasText: "Grace" }).first().waitFor()
  await done.filter({ hasText: "You renamed the workspace to First name" }).hover()
  await done
    .filter({ hasText: "You renamed the workspace to First name" })
    .getByRole("button", { name: "Undo to here" })
    .click()
  await page.getByRole("button", { name: "Rename workspace My workspace" }).waitFor()
  await history.getByText("You are here").waitFor()
  await picture(page, "people-history")
  await history
    .getByRole("listitem")
    .filter({ hasText: "renamed the workspace to Second name" })
    .getByRole("button", { name: "Redo to here" })
    .click()
  await page.getByRole("button", { name: "Rename workspace Second name" }).waitFor()
  await done.filter({ hasText: "commented on Groceries" }).getByRole("button").first().click()
  await page.getByText(/^As it was on/).waitFor()
  await picture(page, "people-history-moment")
  await page.getByRole("button", { name: "Return" }).click()
})

test("nothing was written to anybody's console", () => {
  expect([...story.me.problems, ...grace.problems, ...alan.problems]).toEqual([])
})

test("a member is removed after a question, and is out at once", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: "Share", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Share this workspace" })
  await dialog.getByRole("button", { name: "Remove Alan" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click()
  await alan.page.getByText("You are no longer a member of this workspace").waitFor()
  await dialog.getByRole("list", { name: "Members" }).getByText("alan@example.org").waitFor({ state: "detached" })
})
