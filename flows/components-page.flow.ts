import { expect, test } from "vitest"
import { newPerson, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

const story = tellStory()

const alive = (name: string) => story.me.page.getByRole("region", { name: `${name}, alive` })

test("the palette leads to the page of all components", async () => {
  const { page } = story.me
  await page.keyboard.press("ControlOrMeta+K")
  await page.getByPlaceholder("What do you want to do?").fill("components")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { name: "Components", level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toBe("/components")
})

test("an example is alive: what is typed in it changes its state, and it starts again on demand", async () => {
  const { page } = story.me
  await page.getByRole("navigation", { name: "Components" }).getByRole("link", { name: "Input", exact: true }).click()
  await alive("Input").getByLabel("Name").fill("Grace")
  await alive("Input").getByText('"Grace"').waitFor()
  await alive("Input").getByRole("button", { name: "Start the Input example again" }).click()
  await expect.poll(() => alive("Input").getByLabel("Name").inputValue()).toBe("")
})

test("a search narrows it to what is meant, and says how much it found", async () => {
  const { page } = story.me
  await page.keyboard.press("Escape")
  await page.getByRole("searchbox", { name: "Search the components" }).fill("heatmap")
  await page.getByText("1 component", { exact: true }).waitFor()
  await alive("Chart").waitFor()
  expect(await alive("Input").count()).toBe(0)
  await page.getByRole("searchbox").fill("")
  await alive("Input").waitFor({ state: "attached" })
})

test("an example opens in the editor of the workspace one came from", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: "Open in the editor: Progress" }).click()
  const dialog = page.getByRole("dialog", { name: "New panel" })
  await dialog.getByText("No mistakes").waitFor()
  await dialog.getByText("Uploaded").first().waitFor()
  await dialog.getByRole("button", { name: "Save" }).click()
  await panel(page, "Progress").waitFor()
})

test("a link to one component shows it, after a reload too, to somebody who is not signed in", async () => {
  for (const dark of [false, true]) {
    const visitor = await newPerson(story.browser, { dark })
    const { page } = visitor
    await page.goto(`${story.nexus.url}/components`)
    await page.getByRole("heading", { name: "Components", level: 1 }).waitFor()
    await page.getByRole("region", { name: "Layout, alive" }).getByText("Done").waitFor()
    await picture(page, `components-${dark ? "dark" : "light"}`)
    await page.goto(`${story.nexus.url}/components#Table`)
    await page.reload()
    const table = page.getByRole("region", { name: "Table, alive" })
    await table.getByRole("grid").waitFor()
    expect(await table.isVisible()).toBe(true)
    await expect.poll(async () => (await table.boundingBox())?.y).toBeLessThan(400)
    await picture(page, `components-table-${dark ? "dark" : "light"}`)
    await page.setViewportSize({ width: 390, height: 844 })
    await picture(page, `components-phone-${dark ? "dark" : "light"}`)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390)
    // A visitor's browser asks who it is, and is told that it is nobody; that is all that is said.
    expect(visitor.problems.filter((problem) => !problem.includes("401"))).toEqual([])
    await visitor.context.close()
  }
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
