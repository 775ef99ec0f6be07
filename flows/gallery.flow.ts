import { readFile } from "node:fs/promises"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectPanel, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

const story = tellStory()
const page = () => story.me.page
const gallery = () => page().getByRole("dialog", { name: "Gallery" })
const tables = () => page().getByRole("dialog", { name: "New panel from a file" })

async function openGallery(): Promise<void> {
  await page().keyboard.press("n")
  await gallery().getByRole("searchbox").waitFor()
}

/** Drops something on the canvas as a hand would from outside of the page. */
async function dropOnCanvas(onto: Page, make: { readonly name: string; readonly text: string }): Promise<void> {
  const transfer = await onto.evaluateHandle(({ name, text }) => {
    const made = new DataTransfer()
    made.items.add(new File([text], name))
    return made
  }, make)
  const at = { clientX: 900, clientY: 420, dataTransfer: transfer }
  await onto.locator(".react-flow__pane").dispatchEvent("dragover", at)
  await onto.locator(".react-flow__pane").dispatchEvent("drop", at)
}

/** Is the point of the screen within the panel's upper part? */
async function liesUnder(title: string, { x, y }: { readonly x: number; readonly y: number }): Promise<boolean> {
  const box = await panel(page(), title).boundingBox()
  return box !== null && x > box.x && x < box.x + box.width && Math.abs(y - box.y) < 12
}

test("a panel is found by a word, tried in the gallery, and nothing of that is kept", async () => {
  await openGallery()
  await gallery().getByRole("searchbox").fill("wip board")
  await expect.poll(() => gallery().getByRole("option").allTextContents()).toHaveLength(1)
  const about = gallery().getByRole("region", { name: "About Kanban" })
  await about.getByRole("button", { name: "Move Write the welcome text on" }).click()
  await about.getByText("Doing · 2").waitFor()
  await about.getByText("Asks for nothing").waitFor()
  await picture(page(), "gallery-1-kanban")
})

test("only the previews in sight run", async () => {
  await gallery().getByRole("searchbox").fill("")
  const running = () => gallery().locator("[role=option] .nx-panel").count()
  await expect.poll(() => gallery().getByRole("option").count()).toBe(31)
  await expect.poll(running).toBeGreaterThan(2)
  await expect.poll(running).toBeLessThan(20)
  await picture(page(), "gallery-2-everything")
})

test("what a panel will ask for is said before it is there", async () => {
  await gallery().getByRole("searchbox").fill("uptime")
  const asks = gallery().getByRole("region", { name: "What it will ask for" })
  await asks.getByText("Fetch from any public address").waitFor()
  await asks.getByText("Asks the addresses that you list here whether they answer").waitFor()
  await picture(page(), "gallery-3-asks")
})

test("by keys alone: search, arrows, Enter, and the panel is there, alive and selected", async () => {
  const search = gallery().getByRole("searchbox")
  await search.fill("")
  await search.press("ArrowDown")
  await expect.poll(() => page().evaluate(() => document.activeElement?.getAttribute("role"))).toBe("listbox")
  await page().keyboard.press("End")
  await page().keyboard.press("ArrowLeft")
  await gallery().getByRole("region", { name: "About Document" }).waitFor()
  await page().keyboard.press("Enter")
  await gallery().waitFor({ state: "detached" })
  await expectPanel(page(), "Document")
  await panel(page(), "Document").getByRole("heading", { name: "How we work" }).waitFor()
  await page().getByRole("banner").getByRole("button", { name: "Undo" }).click()
  await panel(page(), "Document").waitFor({ state: "detached" })
})

test("a card is dragged onto the canvas and lies where it was dropped", async () => {
  await openGallery()
  await gallery().getByRole("searchbox").fill("unit")
  const card = gallery().getByRole("option", { name: "Unit converter" })
  const from = await card.boundingBox()
  if (!from) throw new Error("the card is not in view")
  await page().mouse.move(from.x + 60, from.y + 60)
  await page().mouse.down()
  await page().mouse.move(from.x + 90, from.y + 80, { steps: 4 })
  await gallery().waitFor({ state: "detached" })
  await page().mouse.move(760, 220, { steps: 6 })
  await page().mouse.up()
  await expectPanel(page(), "Unit converter")
  await expect.poll(() => liesUnder("Unit converter", { x: 760, y: 220 })).toBe(true)
})

test("a CSV file dropped on the canvas is read, corrected and becomes a chart and a table", async () => {
  const lines = [
    "day;shop;visits",
    "2026-03-09;Leipzig;12,5",
    "2026-03-10;Halle;7",
    "2026-03-10;Leipzig",
    "total;=1+1;x",
  ]
  await dropOnCanvas(page(), { name: "shop-visits.csv", text: lines.join("\n") })
  await tables().getByText("Line 4 has fewer cells than there are columns; the rest is empty.").waitFor()
  const preview = tables().getByRole("region", { name: "Preview" })
  await preview.getByRole("cell", { name: "Halle" }).waitFor()
  await tables().getByRole("combobox", { name: "What visits holds" }).selectOption("number")
  await tables().getByText("1 cell does not fit and becomes empty").waitFor()
  await tables().getByRole("checkbox", { name: "A chart" }).check()
  await preview.locator("figcaption").getByText("sum of visits by day").waitFor()
  await picture(page(), "gallery-4-table")
  await tables().getByRole("button", { name: "Add the panel with 4 rows" }).click()
  await tables().waitFor({ state: "detached" })
  await expectPanel(page(), "Shop visits")
  await panel(page(), "Shop visits").getByRole("cell", { name: "Halle" }).waitFor()
})

test("its rows are saved as a CSV file in which nothing is a formula", async () => {
  await page().keyboard.press("Escape")
  await panel(page(), "Shop visits").hover()
  await panel(page(), "Shop visits").getByRole("button", { name: "More for Shop visits" }).click()
  const saving = page().waitForEvent("download")
  await page().getByRole("menuitem", { name: "Save table as CSV" }).click()
  const file = await saving
  expect(file.suggestedFilename()).toBe("Shop visits.csv")
  const text = await readFile(await file.path(), "utf8")
  expect(text).toBe(
    [
      "\ufeffDay,Shop,Visits",
      "2026-03-09,Leipzig,12.5",
      "2026-03-10,Halle,7",
      "2026-03-10,Leipzig,",
      'total,"\'=1+1",',
    ].join("\r\n"),
  )
})

test("a wrong JSON file is told with its line, and lines that are pasted are a table too", async () => {
  await page().keyboard.press("ControlOrMeta+K")
  await page().getByPlaceholder("What do you want to do?").fill("CSV or JSON")
  await page().keyboard.press("Enter")
  await tables()
    .getByLabel("CSV or JSON file")
    .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from('[\n{"a": 1},\n{"a" 2}\n]') })
  await tables().getByText("It stops being JSON in line 3.").waitFor()
  await tables()
    .getByRole("textbox", { name: "Or paste lines from a spreadsheet" })
    .fill("who\tcups\nAda\t3\nGrace\t4\n")
  await tables().getByRole("button", { name: "Read them" }).click()
  await tables().getByRole("region", { name: "Preview" }).getByRole("cell", { name: "Grace" }).waitFor()
  await page().keyboard.press("Escape")
  await tables().waitFor({ state: "detached" })
})

test("lines of a spreadsheet that are pasted on the canvas begin a panel", async () => {
  await page().evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", "who\tcups\nAda\t3\nGrace\t4")
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  })
  await tables().getByRole("button", { name: "Add the panel with 2 rows" }).click()
  await tables().waitFor({ state: "detached" })
  await panel(page(), "Pasted table").getByRole("cell", { name: "Grace" }).waitFor()
})

test("an empty canvas has its ways in; what is described there is asked of the assistant", async () => {
  await page().goto(`${story.nexus.url}/#/workspaces`)
  await page().getByPlaceholder("Name of a new workspace").fill("Nothing yet")
  await page().getByRole("button", { name: "Create workspace" }).click()
  await page().getByText("Nothing on the desk yet").waitFor()
  await picture(page(), "gallery-5-empty")
  const words = "A list of chores that takes turns"
  await page().getByRole("textbox", { name: "Describe the panel you want" }).fill(words)
  await page().getByRole("button", { name: "Draft it" }).click()
  const talk = page().getByRole("list", { name: "Conversation" })
  await talk.getByText(words, { exact: true }).waitFor()
  await page().keyboard.press("Escape")
  await page()
    .getByRole("button", { name: /^Start from the gallery/ })
    .click()
  await gallery().getByRole("searchbox").fill("chore wheel")
  await gallery().getByText("No panel is called that").waitFor()
  await gallery().getByRole("button", { name: "Describe it instead: “chore wheel”" }).click()
  await gallery().waitFor({ state: "detached" })
  await talk.getByText("chore wheel", { exact: true }).waitFor()
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
