import type { Entity, Frame } from "@nexus/protocol"
import { beforeAll, expect, test } from "vitest"
import { expectPanel, panel, picture } from "./browser.ts"
import { dragBy, dragFiles, onCanvas, pasteText } from "./hands.ts"
import { tellStory } from "./story.ts"

/*
 * The canvas itself: choosing, moving and arranging several, what lies above what, groups, locks and sections, copying,
 * looking for things, lines between panels, full screen and presenting; by mouse and by keys.
 */

const SIZE = { w: 280, h: 180 }
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  Tea: [0, 0],
  Coffee: [331, 13],
  Milk: [650, -21],
  Till: [0, 260],
}

const source = (title: string) => `<NexusPanel title="${title}">
  <Data><State name="sold" type="number" default="2"/></Data>
  <Logic><Handler name="sell">$state.sold = $state.sold + 1</Handler></Logic>
  <View><Metric label="${title} sold" value="{$state.sold}"/><Button label="Sell ${title}" onClick="sell()"/></View>
</NexusPanel>`

const TILL = `<NexusPanel title="Till">
  <Data>
    <Import panel="Tea" name="sold" as="tea"/>
    <Import panel="Coffee" name="sold" as="coffee"/>
    <Computed name="all" value="{$imports.tea + $imports.coffee}"/>
  </Data>
  <View><Metric label="Cups" value="{$computed.all}"/></View>
</NexusPanel>`

const story = tellStory()
const page = () => story.me.page
let workspace = ""

async function api(path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${story.nexus.token}`, "content-type": "application/json" }
  const init = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers }
  const answer = await fetch(`${story.nexus.url}/api/v1${path}`, init)
  expect(answer.ok, await answer.clone().text()).toBe(true)
  return answer
}

interface World {
  readonly entities: readonly Entity[]
}

/** Everything in the workspace of a kind, by name, as the kernel has it. */
async function things(kind: string, byId = false): Promise<Map<string, Entity["properties"]>> {
  const query = { find: "kind", kind, limit: 100 }
  const { entities }: World = await (await api("/nog/query", { workspace, query })).json()
  return new Map(
    entities.filter((entity) => entity.kind === kind).map(({ id, name, properties }) => [byId ? id : name, properties]),
  )
}

/** The canvas has arrived where it goes: what is pressed lies where it was looked for. */
async function atRest(): Promise<void> {
  await page().evaluate(
    () =>
      new Promise<void>((done) => {
        const place = () => document.querySelector<HTMLElement>(".react-flow__viewport")?.style.transform
        let [last, frames] = [place(), 0]
        const look = () => {
          frames = place() === last ? frames + 1 : 0
          last = place()
          if (frames > 20) done()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

async function frame(title: string, kind = "panel"): Promise<Frame> {
  const found = (await things(kind)).get(title)?.frame
  return Object.assign({ x: 0, y: 0, w: 0, h: 0 }, found)
}

const bar = (title: string) => panel(page(), title).locator("header").first()
const undo = () => page().keyboard.press("ControlOrMeta+Z")
const choose = async (...titles: string[]) => {
  await page().keyboard.press("Escape")
  await expect.poll(chosen).toBe(0)
  for (const [index, title] of titles.entries()) {
    await bar(title).click({ position: { x: 120, y: 18 }, ...(index > 0 ? { modifiers: ["Shift"] } : {}) })
    await expect.poll(chosen).toBeGreaterThan(index)
  }
}
const chosen = () => page().locator(".react-flow__node.selected").count()
const toolbar = () => page().getByRole("toolbar", { name: /chosen panels/ })

async function grip(title: string): Promise<{ x: number; y: number }> {
  const box = await bar(title).boundingBox()
  if (!box) throw new Error(`${title} is not in view`)
  return { x: box.x + 120, y: box.y + 18 }
}

const panels = async () => (await things("panel", true)).keys().toArray()

beforeAll(async () => {
  page().setDefaultTimeout(10_000)
  const made: { id: string } = await (await api("/workspaces", { name: "Café" })).json()
  workspace = made.id
  for (const [title, [x, y]] of Object.entries(PLACES)) {
    const text = title === "Till" ? TILL : source(title)
    await api("/panels", { workspace, source: text, frame: { x, y, ...SIZE } })
  }
  await page().goto(`${story.nexus.url}/#/w/${workspace}`)
  await expectPanel(page(), "Till")
  await page().keyboard.press("0")
  await page().keyboard.press("1")
  await atRest()
  await page().getByRole("button", { name: "Zoom 100%, back to 100%" }).waitFor()
})

test("Shift and a click choose several, a box on the empty desk chooses what it touches, Escape lets go", async () => {
  await choose("Tea")
  await page().getByRole("button", { name: "Close Inspector: Tea" }).click()
  await choose("Tea", "Coffee")
  await expect.poll(chosen).toBe(2)
  await page().keyboard.press("Escape")
  await expect.poll(chosen).toBe(0)
  const tea = await grip("Tea")
  await dragBy(page(), { x: tea.x - 140, y: tea.y - 60 }, { x: 500, y: 120 })
  await expect.poll(chosen).toBe(2)
  await page().keyboard.press("ControlOrMeta+A")
  await expect.poll(chosen).toBe(4)
  await picture(page(), "desk-chosen")
})

test("several move as one step, and one undo takes them back", async () => {
  await choose("Tea", "Coffee")
  const before = [await frame("Tea"), await frame("Coffee")] as const
  await dragBy(page(), await grip("Tea"), { x: -40, y: -90 }, "Control")
  await expect.poll(async () => (await frame("Tea")).y).toBe(before[0].y - 90)
  await expect.poll(async () => (await frame("Coffee")).x).toBe(before[1].x - 40)
  await undo()
  await expect.poll(() => frame("Tea")).toEqual(before[0])
  await expect.poll(() => frame("Coffee")).toEqual(before[1])
})

test("arrow keys nudge what is chosen, with Shift by ten, and a row of keys is one step", async () => {
  await choose("Tea", "Coffee")
  const before = await frame("Coffee")
  for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowDown"]) await page().keyboard.press(key)
  await expect.poll(() => frame("Coffee")).toEqual({ ...before, x: before.x + 2, y: before.y + 10 })
  await undo()
  await expect.poll(() => frame("Coffee")).toEqual(before)
})

test("the toolbar aligns, distributes and tidies up", async () => {
  await choose("Tea", "Coffee", "Milk")
  await toolbar().getByRole("button", { name: "Align top" }).click()
  await expect.poll(async () => (await frame("Tea")).y).toBe(-21)
  await expect.poll(async () => (await frame("Coffee")).y).toBe(-21)
  await toolbar().getByRole("button", { name: "Distribute across" }).click()
  await expect.poll(async () => (await frame("Coffee")).x).toBe(325)
  await picture(page(), "desk-toolbar")
  await undo()
  await undo()
  await expect.poll(() => frame("Coffee")).toEqual({ x: 331, y: 13, ...SIZE })
  await page().keyboard.press("Alt+T")
  await expect.poll(() => frame("Coffee")).toEqual({ x: 304, y: -21, ...SIZE })
  await undo()
  await expect.poll(() => frame("Coffee")).toEqual({ x: 331, y: 13, ...SIZE })
})

test("the corner of what is chosen resizes all of it", async () => {
  await choose("Tea", "Coffee")
  const corner = await page().locator("[data-corner='bottom right']").boundingBox()
  if (!corner) throw new Error("there is no corner")
  await dragBy(page(), { x: corner.x + 5, y: corner.y + 5 }, { x: 61, y: 60 })
  await expect.poll(async () => (await frame("Coffee")).w).toBeGreaterThan(295)
  expect((await frame("Tea")).h).toBeGreaterThan(200)
  await undo()
  await expect.poll(() => frame("Coffee")).toEqual({ x: 331, y: 13, ...SIZE })
})

test("a hand near an edge is pulled to it and a line says so; with Ctrl it is not", async () => {
  await choose("Coffee")
  const at = await grip("Coffee")
  await page().mouse.move(at.x, at.y)
  await page().mouse.down()
  await page().mouse.move(at.x + 1, at.y + 1)
  await page().mouse.move(at.x + 1, at.y - 10, { steps: 4 })
  await page().locator("[data-guide=edge]").first().waitFor()
  await picture(page(), "desk-guides")
  await page().mouse.up()
  await expect.poll(async () => (await frame("Coffee")).y).toBe(0)
  await expect.poll(() => page().locator("[data-guide]").count()).toBe(0)
  await undo()
  await expect.poll(async () => (await frame("Coffee")).y).toBe(13)
  await dragBy(page(), await grip("Coffee"), { x: 0, y: -11 }, "Control")
  await expect.poll(async () => (await frame("Coffee")).y).toBe(2)
  await undo()
  await expect.poll(async () => (await frame("Coffee")).y).toBe(13)
})

test("a group is chosen and moved as one, until it is taken apart", async () => {
  await choose("Tea", "Coffee")
  await page().keyboard.press("ControlOrMeta+G")
  await expect.poll(async () => (await things("panel")).get("Tea")?.group).toMatch(/^group_/)
  await choose("Coffee")
  await expect.poll(chosen).toBe(2)
  await page().keyboard.press("Escape")
  await dragBy(page(), await grip("Coffee"), { x: 0, y: 60 }, "Control")
  await expect.poll(async () => (await frame("Tea")).y).toBe(60)
  await undo()
  await choose("Coffee")
  await page().keyboard.press("ControlOrMeta+Shift+G")
  await expect.poll(async () => (await things("panel")).get("Tea")?.group).toBeUndefined()
})

test("a locked panel is marked, and is neither moved nor removed until it is unlocked", async () => {
  await choose("Tea")
  await page().keyboard.press("ControlOrMeta+Shift+L")
  const mark = panel(page(), "Tea").getByRole("button", { name: "Locked; press to unlock" })
  await mark.waitFor()
  await dragBy(page(), await grip("Tea"), { x: 90, y: 90 })
  await choose("Tea")
  await page().keyboard.press("Delete")
  await page().getByRole("status").getByText("Tea is locked").first().waitFor()
  expect(await frame("Tea")).toEqual({ x: 0, y: 0, ...SIZE })
  await picture(page(), "desk-locked")
  await mark.click()
  await expect.poll(async () => (await things("panel")).get("Tea")?.locked).toBeUndefined()
})

test("a panel comes to the front, and one step back", async () => {
  const zOf = async (title: string) => Number((await things("panel")).get(title)?.z ?? 0)
  await choose("Tea")
  await page().keyboard.press("]")
  await expect.poll(() => zOf("Tea")).toBe(3)
  await page().keyboard.press("ControlOrMeta+[")
  await expect.poll(() => zOf("Tea")).toBe(2)
  await page().keyboard.press("[")
  await expect.poll(() => zOf("Tea")).toBe(0)
})

test("a section is named, moves with what lies in it, and is found in the palette", async () => {
  await choose("Tea", "Coffee")
  await page().keyboard.press("s")
  await page().getByLabel("Name of the section").fill("Drinks")
  await page().keyboard.press("Enter")
  await expect.poll(() => frame("Drinks", "section")).toMatchObject({ x: -24, y: -64 })
  await page().keyboard.press("Escape")
  const title = await page().getByRole("region", { name: "Drinks" }).getByRole("heading").boundingBox()
  if (!title) throw new Error("the section is not in view")
  await dragBy(page(), { x: title.x + 8, y: title.y + 8 }, { x: 30, y: 20 }, "Control")
  await expect.poll(() => frame("Drinks", "section")).toMatchObject({ x: 6, y: -44 })
  await expect.poll(() => frame("Tea")).toEqual({ x: 30, y: 20, ...SIZE })
  await picture(page(), "desk-section")
  await undo()
  await expect.poll(() => frame("Tea")).toEqual({ x: 0, y: 0, ...SIZE })
  await page().keyboard.press("ControlOrMeta+K")
  await page().getByPlaceholder("What do you want to do?").fill("section drinks")
  await page().getByRole("option", { name: "Go to section Drinks" }).click()
  await expect.poll(chosen).toBe(1)
})

test("several are removed as one step, and one undo brings them back", async () => {
  await page().keyboard.press("Escape")
  await page().keyboard.press("1")
  await atRest()
  await choose("Coffee", "Milk")
  await page().keyboard.press("Delete")
  await expect.poll(async () => (await things("panel")).size).toBe(2)
  await undo()
  await expect.poll(async () => (await things("panel")).size).toBe(4)
})

test("copied panels are pasted here and in another workspace, without their values unless asked", async () => {
  await page().context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: story.nexus.url })
  await panel(page(), "Tea").getByRole("button", { name: "Sell Tea" }).click()
  await panel(page(), "Tea").getByText("3", { exact: true }).waitFor()
  await choose("Tea", "Coffee")
  await page().keyboard.press("ControlOrMeta+C")
  await page().getByText("Copied 2 panels").first().waitFor()
  await page().keyboard.press("ControlOrMeta+V")
  await expect.poll(async () => (await panels()).length).toBe(6)
  await undo()
  await expect.poll(async () => (await panels()).length).toBe(4)
  await choose("Tea", "Coffee")
  await page().keyboard.press("ControlOrMeta+Alt+C")
  await page().getByText("Copied 2 panels with their values").first().waitFor()
  const other: { id: string } = await (await api("/workspaces", { name: "Bar" })).json()
  await page().goto(`${story.nexus.url}/#/w/${other.id}`)
  await page().getByText("Nothing on the desk yet").waitFor()
  await page().keyboard.press("ControlOrMeta+V")
  await panel(page(), "Tea").getByText("3", { exact: true }).waitFor()
  await expect.poll(chosen).toBe(2)
  await page().goto(`${story.nexus.url}/#/w/${workspace}`)
  await expectPanel(page(), "Till")
})

test("what is no text of ours is said to be none, and broken panels name their line", async () => {
  await pasteText(page(), "just some words")
  await page().getByText("Nothing here for the canvas").first().waitFor()
  await pasteText(page(), "<NexusPanel>\n  <View>\n</NexusPanel>")
  await page()
    .getByText(/^Line \d: /)
    .first()
    .waitFor()
  expect((await panels()).length).toBe(4)
})

test("Alt and a drag leaves the panel and drops a copy", async () => {
  await page().keyboard.press("Escape")
  await dragBy(page(), await grip("Milk"), { x: 0, y: 260 }, "Alt")
  await expect.poll(async () => (await panels()).length).toBe(5)
  expect(await panel(page(), "Milk").count()).toBe(2)
  await undo()
  await expect.poll(async () => (await panels()).length).toBe(4)
  expect(await frame("Milk")).toEqual({ x: 650, y: -21, ...SIZE })
})

test("a dropped file becomes a panel where it was dropped, and a hint says so before", async () => {
  const at = { x: 880, y: 480 }
  await atRest()
  const place = await onCanvas(page(), at)
  await dragFiles(page(), { "menu.nxml": source("Menu") }, at, "dragenter")
  await page().getByText("Drop .nxml, CSV or JSON files to make panels here").waitFor()
  await picture(page(), "desk-drop")
  await dragFiles(page(), { "menu.nxml": source("Menu"), "notes.txt": "no" }, at, "drop")
  await expectPanel(page(), "Menu")
  await page().getByText("notes.txt does not become a panel").first().waitFor()
  const dropped = await frame("Menu")
  expect([dropped.x, dropped.y].map(Math.round)).toEqual([Math.round(place.x), Math.round(place.y)])
  await pasteText(page(), "https://example.org/tea?kind=green")
  await expectPanel(page(), "example.org")
  await undo()
  await undo()
  await expect.poll(async () => (await panels()).length).toBe(4)
})

test("words find panels by title, text and value, and the desk goes there", async () => {
  await page().keyboard.press("/")
  const field = page().getByRole("combobox", { name: "Find on the canvas" })
  await field.fill("coffee")
  await page().getByRole("option").first().waitFor()
  await picture(page(), "desk-find")
  await field.fill("cups")
  await page().getByRole("option", { name: /Till/ }).waitFor()
  await field.press("ArrowDown")
  await field.press("Enter")
  await expect
    .poll(() => page().getByRole("group", { name: "Till, panel" }).getAttribute("class"))
    .toContain("selected")
  await expect.poll(() => field.count()).toBe(0)
  await page().keyboard.press("ControlOrMeta+F")
  await field.press("Escape")
  await expect.poll(() => field.count()).toBe(0)
})

test("lines show which panel reads which, and what", async () => {
  await page().keyboard.press("Escape")
  await page().keyboard.press("1")
  await atRest()
  await page().keyboard.press("e")
  const line = page().getByRole("img", { name: "Till reads sold of Coffee" })
  await line.waitFor({ state: "attached" })
  await line.focus()
  await page().getByRole("tooltip").getByText("Till reads sold of Coffee").waitFor()
  expect(await page().getByRole("img", { name: "Till reads sold of Tea" }).count()).toBe(1)
  await picture(page(), "desk-reads")
  await page().keyboard.press("e")
  await expect.poll(() => line.count()).toBe(0)
})

test("a panel fills the window, lives there, and its neighbours are an arrow away", async () => {
  await choose("Coffee")
  await page().keyboard.press("f")
  const full = page().getByRole("dialog", { name: "Coffee" })
  await full.getByRole("button", { name: "Sell Coffee" }).click()
  await full.getByText("3", { exact: true }).waitFor()
  await picture(page(), "desk-full")
  await page().getByRole("button", { name: "Next panel" }).click()
  await page().getByRole("dialog", { name: "Milk" }).waitFor()
  await page().keyboard.press("Escape")
  await panel(page(), "Coffee").getByText("3", { exact: true }).waitFor()
})

test("a presentation goes from section to section without the frame, and Escape ends it", async () => {
  await page().keyboard.press("Escape")
  await choose("Milk", "Till")
  await page().keyboard.press("s")
  await page().getByLabel("Name of the section").fill("The rest")
  await page().keyboard.press("Enter")
  await expect.poll(async () => (await things("section")).has("The rest")).toBe(true)
  await page().keyboard.press("Shift+P")
  const shown = page().getByRole("region", { name: "Presentation" })
  await shown.getByText("1 of 2").waitFor()
  expect(await page().getByRole("banner").count()).toBe(0)
  await page().keyboard.press("ArrowRight")
  await shown.getByText("2 of 2").waitFor()
  await picture(page(), "desk-present")
  await page().keyboard.press("Escape")
  await page().getByRole("banner").waitFor()
  await undo()
  expect(story.me.problems).toEqual([])
})

test("what gets the focus outside the window comes into sight and stays there, so its click is not lost", async () => {
  const far = { x: 4000, y: 2200, ...SIZE }
  await api("/panels", { workspace, source: source("Far"), frame: far })
  const sell = panel(page(), "Far").getByRole("button", { name: "Sell Far" })
  await sell.waitFor({ state: "attached" })
  await sell.evaluate((button) => button.scrollIntoView({ block: "nearest", inline: "nearest" }))
  const desk = page().locator(".nx-desk")
  await expect.poll(() => desk.evaluate(({ scrollLeft, scrollTop }) => scrollLeft + scrollTop)).toBe(0)
  const box = await sell.boundingBox()
  expect((box?.x ?? -1) + (box?.width ?? 0)).toBeLessThanOrEqual(1441)
  expect(box?.y).toBeGreaterThan(0)
  await sell.click()
  await panel(page(), "Far").getByText("3", { exact: true }).waitFor()
  expect(story.me.problems).toEqual([])
})
