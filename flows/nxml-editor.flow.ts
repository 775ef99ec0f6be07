import { expect, test } from "vitest"
import { expectPanel, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/*
 * The language service at work in the editor: it answers from a worker, under the page's own policy (scripts from here
 * only, Trusted Types), so every story here is also one about that.
 */

const TEA = `<NexusPanel title="Tea">
  <Data>
    <State name="cups" type="number" default="0" description="Drunk today"/>
    <State name="kinds" type="list" default="[]"/>
    <Computed name="many" value="{$state.cups > 3}"/>
  </Data>
  <Logic>
    <Handler name="pour">
      $state.cups += $args.by ?? 1
      $state.kinds.push({ id: $id(), at: $now() })
    </Handler>
  </Logic>
  <View>
    <Metric label="Cups" value="{$state.cups}"/>
    <Button label="Pour" onClick="pour({ by: 1 })"/>
    <If test="{$computed.many}"><Text content="{$state.kinds.length} kinds"/></If>
  </View>
</NexusPanel>`

const story = tellStory()

const page = () => story.me.page
const editor = () => page().locator(".cm-content")
const line = (text: string) => page().locator(".cm-line", { hasText: text }).first()
const text = () => page().locator(".cm-line").allInnerTexts()
const findings = () => page().getByRole("list", { name: "Mistakes" })

async function write(source: string): Promise<void> {
  await editor().click()
  await page().keyboard.press("ControlOrMeta+A")
  await page().keyboard.insertText(source)
}

/** Puts the cursor right behind the first `word` of the line that has `text`. */
async function putCursor(inLine: string, word: string): Promise<void> {
  const place = line(inLine).getByText(word, { exact: true }).first()
  const box = await place.boundingBox()
  if (!box) throw new Error(`${word} is not in sight`)
  await page().mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

test("while a tag is typed its element is offered, with what it is beside it", async () => {
  await page().getByRole("button", { name: "New panel" }).click()
  await write(TEA)
  await page().getByText("No mistakes").waitFor()
  await line("<Button").click()
  await page().keyboard.press("End")
  await page().keyboard.type("\n<Prog")
  const list = page().getByRole("listbox", { name: "Completions" })
  await list.getByRole("option", { name: "Progress" }).waitFor()
  await page().locator(".cm-completionInfo").getByText("A bar from 0 to").waitFor()
  await picture(page(), "nxml-completion")
  await page().keyboard.press("Escape")
})

test("an expression completes the states that are declared, with their types", async () => {
  await write(TEA)
  await page().getByText("No mistakes").waitFor()
  await line("<Button").click()
  await page().keyboard.press("End")
  await page().keyboard.type('\n<Text content="{$state.', { delay: 20 })
  const list = page().getByRole("listbox", { name: "Completions" })
  await list.getByRole("option", { name: "kinds" }).waitFor()
  await expect
    .poll(() => list.getByRole("option").allInnerTexts())
    .toEqual([expect.stringContaining("cups"), expect.stringContaining("kinds")])
  await page().keyboard.type("cu")
  await page().keyboard.press("Enter")
  expect((await text()).join("\n")).toContain('<Text content="{$state.cups')
})

test("in a handler the completion knows JavaScript and what a handler may call", async () => {
  await write(TEA)
  await page().getByText("No mistakes").waitFor()
  await line("$state.cups +=").click()
  await page().keyboard.press("End")
  await page().keyboard.type("\n$log.")
  const list = page().getByRole("listbox", { name: "Completions" })
  await list.getByRole("option", { name: "warn" }).waitFor()
  await picture(page(), "nxml-completion-in-a-handler")
  await page().keyboard.press("Escape")
})

test("the pointer over a name tells what it is", async () => {
  await write(TEA)
  await page().getByText("No mistakes").waitFor()
  await line("<Metric").getByText("cups", { exact: true }).hover()
  const hover = page().locator(".cm-tooltip-hover")
  await hover.getByText("$state.cups: number").waitFor()
  await hover.getByText("Drunk today").waitFor()
  await picture(page(), "nxml-hover")
  await page().mouse.move(1, 1)
})

test("F12 goes from a use to the declaration, and Shift-F12 lists every place", async () => {
  await putCursor("<Metric", "cups")
  await page().keyboard.press("F12")
  await page().keyboard.press("Shift+F12")
  const places = page().getByRole("region", { name: "Places of cups" })
  await places.getByText("stands in 4 places").waitFor()
  await expect.poll(() => page().locator(".cm-activeLine").textContent()).toContain('<State name="cups"')
  await picture(page(), "nxml-places")
  await places.getByRole("button", { name: /\+=/ }).click()
  await expect.poll(() => page().locator(".cm-activeLine").textContent()).toContain("$state.cups +=")
  await places.getByRole("button", { name: "Close the places" }).click()
})

test("F2 renames a state everywhere, handlers included, in one step that is undone in one", async () => {
  await putCursor("<Metric", "cups")
  await page().keyboard.press("F2")
  const box = page().getByLabel("New name of cups")
  await box.waitFor()
  await page().getByText("4 places", { exact: true }).waitFor()
  await box.fill("kinds")
  await picture(page(), "nxml-rename")
  await page().keyboard.press("Enter")
  await page()
    .getByText(/kinds.*already/)
    .waitFor()
  await box.fill("mugs")
  await page().keyboard.press("Enter")
  await box.waitFor({ state: "detached" })
  const renamed = (await text()).join("\n")
  expect(renamed.match(/mugs/g)).toHaveLength(4)
  expect(renamed).toContain("$state.mugs += $args.by")
  expect(renamed).not.toContain("cups")
  await page().keyboard.press("ControlOrMeta+z")
  await expect.poll(async () => (await text()).join("\n")).not.toContain("mugs")
})

test("a mistake is underlined and dims the preview by a hair, and one key offers the ways to mend it", async () => {
  const dialog = page().getByRole("dialog", { name: "New panel" })
  await write(TEA.replace('value="{$state.cups}"', 'value="{$state.cup}"'))
  await page().locator(".cm-lintRange-error").waitFor()
  await findings().getByText("undefined-state").waitFor()
  await dialog.getByRole("button", { name: "Pour" }).waitFor()
  // The panel of before the mistake, not what could be read of the one with it.
  expect(await dialog.getByRole("region", { name: "Preview" }).textContent()).toMatch(/Cups0/)
  const why = dialog.getByRole("button", { name: /1 mistake.*cup.*line 14/ })
  await why.click()
  await expect.poll(() => page().locator(".cm-activeLine").textContent()).toContain("<Metric")
  await page().keyboard.press("ControlOrMeta+.")
  const ways = page().getByRole("listbox", { name: "Ways to mend it" })
  await ways.getByRole("option", { name: 'Change to "cups"' }).waitFor()
  expect(await ways.getByRole("option").count()).toBeGreaterThan(1)
  await picture(page(), "nxml-quick-fix")
  await page().keyboard.press("Enter")
  await page().getByText("No mistakes").waitFor()
  await why.waitFor({ state: "detached" })
  expect((await text()).join("\n")).toContain('value="{$state.cups}"')
})

test("typing in the middle of a tag never blanks the preview", async () => {
  const dialog = page().getByRole("dialog", { name: "New panel" })
  await line("<Metric").click()
  await page().keyboard.press("End")
  for (const letter of '\n<Badge content="hot"') {
    await page().keyboard.type(letter)
    expect(await dialog.getByRole("button", { name: "Pour" }).isVisible()).toBe(true)
  }
  await page().keyboard.press("Escape")
  await page().keyboard.type("/>")
  await dialog.getByText("hot", { exact: true }).waitFor()
})

test("Shift-Alt-F lays the text out", async () => {
  await write(TEA.replaceAll(/^ +/gm, ""))
  await page().getByText("No mistakes").waitFor()
  await page().keyboard.press("Shift+Alt+F")
  await expect.poll(text).toContain('    <State name="cups" type="number" default="0" description="Drunk today"/>')
})

test("an element of several lines folds at its first line, and unfolds again", async () => {
  await write(TEA)
  const logic = (await line("<Logic>").boundingBox())?.y ?? 0
  const marks = page().locator(".cm-foldGutter").getByTitle("Fold line")
  await expect.poll(() => marks.count()).toBeGreaterThan(4)
  const boxes = await Promise.all((await marks.all()).map((mark) => mark.boundingBox()))
  await marks.nth(boxes.findIndex((box) => Math.abs((box?.y ?? 0) - logic) < 8)).click()
  await expect.poll(text).not.toContain('    <Handler name="pour">')
  expect((await text()).join("\n")).toMatch(/<Logic>.*<\/Logic>/)
  await page().locator(".cm-foldPlaceholder").click()
  await expect.poll(text).toContain('    <Handler name="pour">')
})

test("tags close themselves, and Enter between them opens a line of its own", async () => {
  await write('<NexusPanel title="A">\n  ')
  await page().keyboard.type("<View>")
  await page().keyboard.press("Enter")
  await page().keyboard.type("x")
  const lines = (await text()).filter((shown) => shown.trim() !== "")
  expect(lines.slice(1)).toEqual(["  <View>", "    x", "  </View>"])
})

test("what was written is saved and comes alive on the canvas", async () => {
  await write(TEA)
  await page().getByText("No mistakes").waitFor()
  await page().keyboard.press("ControlOrMeta+S")
  await expectPanel(page(), "Tea")
  await panel(page(), "Tea").getByRole("button", { name: "Pour" }).click()
  await panel(page(), "Tea").getByText("1", { exact: true }).waitFor()
})

test("the inspector says what a computed value costs", async () => {
  await panel(page(), "Tea").hover()
  await panel(page(), "Tea").getByRole("button", { name: "Values and why" }).click()
  const computed = page().getByRole("region", { name: "Computed" })
  await computed.getByText("many").waitFor()
  await computed.getByText(/ ms$/).waitFor()
  await picture(page(), "computed-cost")
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})
