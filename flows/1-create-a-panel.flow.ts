import { expect, test } from "vitest"
import { expectPanel, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

const COUNTER = `<NexusPanel title="Tea counter">
  <Data>
    <State name="cups" type="number" default="0"/>
  </Data>
  <Logic>
    <Handler name="pour">$state.cups += 1</Handler>
  </Logic>
  <View>
    <Metric label="Cups today" value="{$state.cups}"/>
    <Button label="Pour one" onClick="pour()"/>
  </View>
</NexusPanel>`

const story = tellStory()

async function write(source: string): Promise<void> {
  const { page } = story.me
  await page.locator(".cm-content").click()
  await page.keyboard.press("ControlOrMeta+A")
  await page.keyboard.insertText(source)
}

test("the first page shows three living panels from the gallery", async () => {
  for (const title of ["Groceries", "Focus timer", "Weather"]) await expectPanel(story.me.page, title)
  await panel(story.me.page, "Groceries").getByText("To buy", { exact: true }).waitFor()
  await picture(story.me.page, "1-first-page")
})

test("an editor underlines a mistake as I type, with its code and hint, and keeps the last good panel alive", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: "New panel" }).click()
  const dialog = page.getByRole("dialog", { name: "New panel" })
  await dialog.waitFor()
  await write(COUNTER)
  await dialog.getByRole("button", { name: "Pour one" }).waitFor()
  await write(COUNTER.replace("{$state.cups}", "{$state.cup}"))
  await page.locator(".cm-lintRange-error").first().waitFor()
  await dialog.getByText("undefined-state").first().waitFor()
  await dialog
    .getByText(/Did you mean .?cups/)
    .first()
    .waitFor()
  expect(await dialog.getByRole("button", { name: "Pour one" }).isVisible()).toBe(true)
  await picture(page, "1-editor-with-a-mistake")
})

test("saving puts the panel on the canvas, alive", async () => {
  const { page } = story.me
  await write(COUNTER)
  await page.locator(".cm-lintRange-error").first().waitFor({ state: "detached" })
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click()
  await expectPanel(page, "Tea counter")
  await panel(page, "Tea counter").getByRole("button", { name: "Pour one" }).waitFor()
  await picture(page, "1-saved-on-the-canvas")
})

const nodeOf = (title: string) =>
  story.me.page.locator(".react-flow__node").filter({ has: panel(story.me.page, title) })

/** Where a panel lies on the canvas, whatever part of it is in view: canvas pixels. */
function frameOf(title: string): Promise<{ x: number; y: number; w: number }> {
  return nodeOf(title).evaluate((node) => {
    const { e, f } = new DOMMatrix(getComputedStyle(node).transform)
    return { x: Math.round(e), y: Math.round(f), w: Math.round((node as HTMLElement).offsetWidth) }
  })
}

/** A new panel is brought into view by a short movement; the mouse must not chase it. */
async function stillBox(title: string) {
  let before = await nodeOf(title).boundingBox()
  await expect
    .poll(async () => {
      const now = await nodeOf(title).boundingBox()
      const still = now !== null && before !== null && now.x === before.x && now.y === before.y
      before = now
      return still
    })
    .toBe(true)
  if (!before) throw new Error(`${title} is not in view`)
  return before
}

test("I drag and resize it, and take both back", async () => {
  const { page } = story.me
  const before = await frameOf("Tea counter")
  const box = await stillBox("Tea counter")
  await page.mouse.move(box.x + 120, box.y + 18)
  await page.mouse.down()
  await page.mouse.move(box.x + 100, box.y - 20, { steps: 6 })
  await page.mouse.move(box.x + 80, box.y - 52, { steps: 6 })
  await page.mouse.up()
  await expect.poll(async () => (await frameOf("Tea counter")).y).toBeLessThan(before.y - 30)
  const moved = await frameOf("Tea counter")

  const now = await stillBox("Tea counter")
  await page.mouse.move(now.x + now.width - 1, now.y + now.height - 1)
  await page.mouse.down()
  await page.mouse.move(now.x + now.width + 60, now.y + now.height + 30, { steps: 8 })
  await page.mouse.up()
  await expect.poll(async () => (await frameOf("Tea counter")).w).toBeGreaterThan(moved.w + 20)

  await page.getByRole("banner").getByRole("button", { name: "Undo" }).click()
  await expect.poll(() => frameOf("Tea counter")).toEqual(moved)
  await page.getByRole("banner").getByRole("button", { name: "Undo" }).click()
  await expect.poll(() => frameOf("Tea counter")).toEqual(before)
})

test("its menu opens by pointer and by keys, the first time as later", async () => {
  const { page } = story.me
  const more = panel(page, "Tea counter").getByRole("button", { name: "More for Tea counter" })
  await panel(page, "Tea counter").hover()
  await more.click()
  await page.getByRole("menuitem", { name: "Duplicate" }).waitFor()
  await page.keyboard.press("Escape")
  await page.getByRole("menu").waitFor({ state: "detached" })
  for (const key of ["Enter", "ArrowDown"]) {
    await page.getByRole("button", { name: "Menu", exact: true }).press(key)
    await page.getByRole("menuitem", { name: "All workspaces" }).waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("menu").waitFor({ state: "detached" })
  }
})

test("I delete it, undo brings it back, redo takes it away again", async () => {
  const { page } = story.me
  await panel(page, "Tea counter").getByRole("heading", { name: "Tea counter" }).click()
  await page.keyboard.press("Delete")
  await panel(page, "Tea counter").waitFor({ state: "detached" })
  await page.getByRole("banner").getByRole("button", { name: "Undo" }).click()
  await expectPanel(page, "Tea counter")
  await page.getByRole("banner").getByRole("button", { name: "Redo" }).click()
  await panel(page, "Tea counter").waitFor({ state: "detached" })
  await page.getByRole("banner").getByRole("button", { name: "Undo" }).click()
  await expectPanel(page, "Tea counter")
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
