import { expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

const story = tellStory()

const groceries = () => panel(story.me.page, "Groceries")

async function add(title: string): Promise<void> {
  await groceries().getByLabel("What to buy").fill(title)
  await groceries().getByRole("button", { name: "Add" }).click()
  await groceries().getByRole("switch", { name: title }).waitFor()
}

test("at an earlier instant the workspace is as it was, to look at only", async () => {
  const { page } = story.me
  await add("Olives")
  await add("Figs")
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Time" }).click()
  const bar = page.getByRole("region", { name: "Time" })
  // From now back: the draft and the click of Figs, then those of Olives, however many changes they were.
  for (let step = 0; step < 8; step += 1) {
    await bar.getByRole("button", { name: "Earlier change" }).click()
    await page.getByText(/to look at, not to change/).waitFor()
    await groceries().getByText("Tomatoes").waitFor()
    await page.waitForTimeout(500)
    if ((await groceries().getByText("Olives").count()) === 0) break
  }
  expect(await groceries().getByText("Figs").count()).toBe(0)
  expect(await groceries().getByText("Olives").count()).toBe(0)
  await picture(page, "5-an-earlier-instant")
  // Where the draft was a change of its own, the next one shows it in the field and not yet in the list.
  const there = () => groceries().getByText("Olives").waitFor({ timeout: 3000 })
  for (let step = 0, seen = false; step < 4 && !seen; step += 1) {
    await bar.getByRole("button", { name: "Later change" }).click()
    seen = await there().then(
      () => true,
      () => false,
    )
  }
  await there()
  expect(await groceries().getByText("Figs").count()).toBe(0)
})

test("back to now everything is there and can be changed again", async () => {
  await story.me.page.getByRole("button", { name: "Back to now" }).click()
  await groceries().getByRole("switch", { name: "Figs" }).waitFor()
  expect(await groceries().getByRole("switch", { name: "Figs" }).isEnabled()).toBe(true)
  await story.me.page.getByRole("button", { name: "Close time" }).click()
})

test("why? tells the story from the value back to the person who clicked", async () => {
  const { page } = story.me
  await groceries().hover()
  await groceries().getByRole("button", { name: "Values and why" }).click()
  await page.getByRole("button", { name: "Why? items", exact: true }).click()
  const told = page.getByRole("dialog").getByRole("list", { name: "Story" })
  await told.getByRole("listitem").nth(3).waitFor()
  const lines = await told.getByRole("listitem").allInnerTexts()
  await picture(page, "5-why")
  const text = lines.join("\n")
  expect(lines.length).toBeGreaterThanOrEqual(4)
  expect(text).toMatch(/items/)
  expect(text).toMatch(/\badd\b/)
  expect(text).toMatch(/click/i)
  expect(text).toMatch(/Owner/i)
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
