import { readFile } from "node:fs/promises"
import { PDFDocument } from "@cantoo/pdf-lib"
import { expect, test } from "vitest"
import { panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/* What stands around the canvas: how it looks, its keys, home, versions, what is taken out of it, and who runs it. */

const story = tellStory()

const root = () => story.me.page.locator("html")
const here = () => story.me.page.goto(`${story.nexus.url}/#/`)

test("colours, contrast, motion and language are chosen in one place, and hold at once", async () => {
  const { page } = story.me
  await page.keyboard.press("ControlOrMeta+K")
  await page.getByPlaceholder("What do you want to do?").fill("settings appearance")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { name: "Appearance" }).waitFor()
  await page.getByRole("radiogroup", { name: "Colours" }).getByRole("radio", { name: "Dark" }).click()
  await page.getByRole("radiogroup", { name: "Contrast" }).getByRole("radio", { name: "More" }).click()
  await page.getByRole("radiogroup", { name: "Motion" }).getByRole("radio", { name: "Without motion" }).click()
  expect(await root().evaluate(({ dataset }) => ({ ...dataset }))).toEqual({
    theme: "dark",
    contrast: "more",
    motion: "reduced",
  })
  await picture(page, "around-1-appearance")
  await page.getByRole("radiogroup", { name: "Language" }).getByRole("radio", { name: "Deutsch" }).click()
  await page.waitForFunction(() => document.documentElement.lang === "de")
  await page.getByRole("radio", { name: "English" }).click()
  await page.waitForFunction(() => document.documentElement.lang === "en")
  // By the arrow keys alone, and back to what the device says.
  const contrast = page.getByRole("radiogroup", { name: "Contrast" })
  await contrast.getByRole("radio", { name: "More" }).focus()
  await page.keyboard.press("ArrowLeft", { delay: 120 })
  await expect.poll(() => root().getAttribute("data-contrast")).toBe("usual")
  await page.keyboard.press("ArrowLeft", { delay: 120 })
  await expect.poll(() => contrast.getByRole("radio", { name: "As on this device" }).isChecked()).toBe(true)
  await page.emulateMedia({ contrast: "more" })
  await expect.poll(() => root().getAttribute("data-contrast")).toBe("more")
  await page.emulateMedia({ contrast: null })
  await expect.poll(() => root().getAttribute("data-contrast")).toBe("usual")
  await page.getByRole("radiogroup", { name: "Colours" }).getByRole("radio", { name: "As on this device" }).click()
})

test("what each workspace uses of what it may is among the settings", async () => {
  const { page } = story.me
  await page.getByRole("link", { name: "What you use" }).click()
  await page.getByRole("meter", { name: "Panels" }).waitFor({ state: "attached" })
  await picture(page, "around-2-usage")
})

test("a command gets another key: who had it is told, a reload keeps it, one click brings the usual ones back, and Undo the own", async () => {
  const { page } = story.me
  await here()
  await panel(page, "Groceries").waitFor()
  await page.keyboard.press("?")
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" })
  const map = page.locator(".react-flow__minimap")
  await sheet.getByRole("searchbox").fill("minimap")
  await sheet.getByRole("button", { name: /^Key of Minimap: M/ }).click()
  await page.keyboard.press("n")
  await sheet.getByText("N is for “Gallery”.").waitFor()
  await sheet.getByRole("button", { name: "Leave it" }).click()
  await sheet.getByRole("button", { name: /^Key of Minimap: M/ }).press("Enter")
  await page.keyboard.press("b")
  await sheet.getByRole("button", { name: /^Key of Minimap: B/ }).waitFor()
  await picture(page, "around-3-keys")
  await page.keyboard.press("Escape")
  await sheet.waitFor({ state: "detached" })
  await page.keyboard.press("m")
  expect(await map.count()).toBe(0)
  await page.keyboard.press("b")
  await map.waitFor()
  await page.reload()
  await panel(page, "Groceries").waitFor()
  await page.keyboard.press("b")
  await map.waitFor()
  await page.keyboard.press("?")
  await sheet.getByRole("button", { name: "All as usual" }).click()
  await sheet.getByRole("button", { name: /^Key of Minimap: M/ }).waitFor()
  await page.getByRole("button", { name: "Undo", exact: true }).last().click()
  await sheet.getByRole("button", { name: /^Key of Minimap: B/ }).waitFor()
  await sheet.getByRole("button", { name: "All as usual" }).click()
  await sheet.getByRole("button", { name: /^Key of Minimap: M/ }).waitFor()
  await sheet.getByRole("button", { name: "Close" }).click()
})

test("the palette reaches components, people, versions and settings, and begins with what was chosen last", async () => {
  const { page } = story.me
  const palette = page.getByPlaceholder("What do you want to do?")
  const options = page.getByRole("dialog", { name: "Commands" }).getByRole("option")
  await page.keyboard.press("ControlOrMeta+K")
  for (const [typed, found] of [
    ["comp chart", "Component: Chart"],
    ["person own", "Person: Owner"],
    ["set priv", "Settings: Privacy"],
    ["go to wea", "Go to Weather"],
  ] as const) {
    await palette.fill(typed)
    await expect.poll(() => options.first().textContent()).toContain(found)
  }
  await page.keyboard.press("Enter")
  await page.keyboard.press("ControlOrMeta+K")
  await expect.poll(() => options.first().textContent()).toContain("Go to Weather")
  await picture(page, "around-4-palette")
  await page.keyboard.press("Escape")
})

test("home shows every workspace with its panels and people, and makes a new one of a template", async () => {
  const { page } = story.me
  await page.goto(`${story.nexus.url}/#/workspaces`)
  await page.getByRole("heading", { name: "Your workspaces" }).waitFor()
  const begin = page.getByRole("group", { name: "Begin with" })
  await begin.getByRole("button", { name: /^Personal/ }).click()
  await page.getByPlaceholder("Name of a new workspace").fill("At home")
  await page.getByRole("button", { name: "Create workspace" }).click()
  for (const title of ["Groceries", "Habits", "Budget"]) await panel(page, title).waitFor()
  await picture(page, "around-5-template")
  await page.goto(`${story.nexus.url}/#/workspaces`)
  const list = page.getByRole("region", { name: "Workspaces" }).getByRole("listitem")
  await expect.poll(() => list.first().textContent()).toContain("At home")
  await expect.poll(() => list.first().textContent()).toContain("6 panels")
  await page.getByRole("searchbox", { name: "Search the workspaces" }).fill("weather")
  await expect.poll(() => list.count()).toBe(1)
  expect(await list.first().textContent()).toContain("My workspace")
  await page.getByRole("searchbox").fill("")
  await picture(page, "around-6-home")
})

test("a workspace is renamed in place, deleted after a question, and brought back while its message stands", async () => {
  const { page } = story.me
  const list = page.getByRole("region", { name: "Workspaces" })
  const entry = async (item: string) => {
    await page.getByRole("button", { name: /^More about (At home|Home again)/ }).click()
    await page.getByRole("menuitem", { name: item }).click()
  }
  await entry("Rename")
  await page.getByLabel("New name of At home").fill("Home again")
  await page.keyboard.press("Enter")
  await list.getByRole("link", { name: "Home again" }).waitFor()
  await page.getByRole("button", { name: "Undo", exact: true }).last().click()
  await list.getByRole("link", { name: "At home" }).waitFor()
  await entry("Rename")
  await page.getByLabel("New name of At home").fill("Home again")
  await page.keyboard.press("Enter")
  await list.getByRole("link", { name: "Home again" }).waitFor()
  await entry("Delete")
  const ask = page.getByRole("alertdialog")
  await ask.getByRole("button", { name: "Delete" }).click()
  await expect.poll(() => list.getByRole("link", { name: "Home again" }).count()).toBe(0)
  const gone = page.getByRole("listitem").filter({ hasText: "Home again is being deleted" })
  await gone.getByRole("button", { name: "Undo" }).click()
  await list.getByRole("link", { name: "Home again" }).waitFor()
  await page.reload()
  await list.getByRole("link", { name: "Home again" }).waitFor()
  await entry("Delete")
  await ask.getByRole("button", { name: "Delete" }).click()
  await gone.getByRole("button", { name: "Dismiss" }).click()
  await expect.poll(() => gone.count()).toBe(0)
  const left = () =>
    page.evaluate(async (token) => {
      const answer = await fetch("/api/v1/workspaces", { headers: { authorization: `Bearer ${token}` } })
      return (await answer.json()).workspaces.map(({ name }: { name: string }) => name)
    }, story.nexus.token)
  await expect.poll(left).toEqual(["My workspace"])
})

test("what differs between a version and now is two canvases, tinted, and each panel before and after", async () => {
  const { page } = story.me
  await here()
  await panel(page, "Groceries").waitFor()
  await page.keyboard.press("1")
  const commit = async (title: string) => {
    await page.getByRole("button", { name: "Commit" }).click()
    const ask = page.getByRole("dialog")
    await ask.getByRole("textbox").first().fill(title)
    await ask.getByRole("button", { name: "Commit" }).click()
    await ask.waitFor({ state: "detached" })
  }
  await commit("Before the changes")
  await panel(page, "Groceries").getByRole("switch", { name: "Coffee" }).click()
  await expect.poll(() => panel(page, "Groceries").getByRole("switch", { name: "Coffee" }).isChecked()).toBe(true)
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Versions", exact: true }).click()
  await page.getByRole("button", { name: "More about Before the changes" }).click()
  await page.getByRole("menuitem", { name: "Compare with now" }).click()
  const canvases = page.getByRole("region", { name: "The two canvases" })
  await canvases.getByRole("button", { name: "Groceries, changed" }).first().click()
  await canvases.getByRole("button", { name: "Weather, as it was" }).first().waitFor()
  const before = canvases.getByRole("region", { name: "Before" })
  const after = canvases.getByRole("region", { name: "After" })
  await after.getByRole("switch", { name: "Coffee", checked: true }).waitFor()
  await before.getByRole("switch", { name: "Coffee", checked: false }).waitFor()
  await picture(page, "around-7-difference")
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click()
})

test("the slider marks commits and runs, and a moment opens as a branch in one click", async () => {
  const { page } = story.me
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Time" }).click()
  const bar = page.getByRole("region", { name: "Time" })
  await bar
    .getByRole("button", { name: /^Commit on/ })
    .first()
    .click()
  await page.getByText(/to look at, not to change/).waitFor()
  await bar.getByRole("button", { name: "Open this moment as a branch" }).waitFor()
  await picture(page, "around-8-slider")
  await bar.getByRole("button", { name: "Open this moment as a branch" }).click()
  await page.getByRole("button", { name: /^On branch moment-/ }).waitFor()
  await page.getByRole("navigation", { name: "Tools" }).getByRole("button", { name: "Versions", exact: true }).waitFor()
  expect(await panel(page, "Groceries").getByRole("switch", { name: "Coffee" }).isChecked()).toBe(false)
})

test("a panel and the canvas become files: a PNG of the right size, an SVG with its fonts, a PDF with a page", async () => {
  const { page } = story.me
  const saved = async (format: string) => {
    const dialog = page.getByRole("dialog")
    await dialog.getByRole("radio", { name: format }).click()
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Save", exact: true }).click(),
    ])
    await dialog.waitFor({ state: "detached" })
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
  }
  const ofPanel = async () => {
    await panel(page, "Groceries").hover()
    await page.getByRole("button", { name: "More for Groceries" }).click()
    await page.getByRole("menuitem", { name: "Save as a picture" }).click()
  }
  await ofPanel()
  const png = await saved("PNG")
  expect(png.name).toBe("Groceries.png")
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG")
  const { width, height } = await panel(page, "Groceries").evaluate((sheet) => {
    const box = sheet.closest<HTMLElement>(".react-flow__node")
    return { width: box?.offsetWidth ?? 0, height: box?.offsetHeight ?? 0 }
  })
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([width * 2, height * 2])
  expect(png.bytes.length).toBeGreaterThan(10_000)
  await ofPanel()
  const svg = (await saved("SVG")).bytes.toString()
  expect(svg).toContain("Tomatoes")
  expect(svg).toContain("@font-face")
  await page.keyboard.press("ControlOrMeta+K")
  await page.getByPlaceholder("What do you want to do?").fill("save the canvas")
  await page.keyboard.press("Enter")
  await page.getByRole("dialog").getByRole("radio", { name: "PDF" }).waitFor()
  await picture(page, "around-9-picture")
  const pdf = await saved("PDF")
  expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-")
  const document = await PDFDocument.load(pdf.bytes)
  expect(document.getPageCount()).toBe(1)
  expect(document.getPage(0).getWidth()).toBeGreaterThan(((3 * width) / 96) * 72)
})

test("nothing was said on the console", () => {
  expect(story.me.problems).toEqual([])
})
