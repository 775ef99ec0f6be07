import { expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

const sent: Buffer[] = []
const story = tellStory(({ page }) => {
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => void sent.push(Buffer.from(payload)))
  })
})

/** Notes in which panel, and in which component of it, anything is repainted from now on. */
async function watchPaints(): Promise<void> {
  await story.me.page.evaluate(() => {
    const painted: string[] = []
    Object.assign(window, { painted })
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        const title = element?.closest("section.nx-sheet")?.getAttribute("aria-label")
        if (title && element) painted.push(`${title}: ${element.textContent}`)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

test("a click in a panel travels to the sandbox and back, and the value changes", async () => {
  const groceries = panel(story.me.page, "Groceries")
  await groceries.getByLabel("What to buy").fill("Oat milk")
  await groceries.getByRole("button", { name: "Add" }).click()
  await groceries.getByRole("switch", { name: "Oat milk" }).waitFor()
  expect(await groceries.getByLabel("What to buy").inputValue()).toBe("")
  await picture(story.me.page, "2-after-the-click")
})

test("the click is one MessagePack frame that names panel, handler and arguments", () => {
  const frame = sent.find((bytes) => bytes.includes("handler_trigger") && bytes.includes("Oat milk"))
  expect(frame?.length).toBeLessThan(600)
})

test("flipping one switch repaints what reads it and nothing else", async () => {
  await watchPaints()
  const milk = panel(story.me.page, "Groceries").getByRole("switch", { name: "Oat milk" })
  await milk.click()
  await expect.poll(() => milk.isChecked()).toBe(true)
  const painted = await story.me.page.evaluate(() => (window as unknown as { painted: string[] }).painted)
  expect(painted.filter((name) => !name.startsWith("Groceries: "))).toEqual([])
  // The two metrics read the item; the other items' labels do not.
  expect(painted.some((name) => name.includes("Tomatoes") || name.includes("Coffee"))).toBe(false)
})

test("the chart waits for my grant, then fetches through the http capability and draws", async () => {
  const weather = panel(story.me.page, "Weather")
  await weather.getByText(/Its reason/).waitFor()
  await weather.getByRole("button", { name: "Grant", exact: true }).click()
  await weather.getByRole("button", { name: "Refresh" }).click()
  await weather.getByRole("figure", { name: "Temperature, °C" }).waitFor()
  await picture(story.me.page, "2-weather-granted")
})

test("the focus timer counts by a schedule once it may use time", async () => {
  const timer = panel(story.me.page, "Focus timer")
  await timer.getByRole("button", { name: "Grant", exact: true }).click()
  await timer.getByRole("button", { name: "Start" }).click()
  await timer.getByText(/24:5\d/).waitFor({ timeout: 15_000 })
  await picture(story.me.page, "2-timer-running")
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
