import type { Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { panel, picture, secondWindow } from "./browser.ts"
import { tellStory } from "./story.ts"

/** A panel is edited where it stands: components are chosen, changed, moved and added on the living panel itself. */
const SOURCE = `<NexusPanel title="Stall">
  <Data>
    <!-- what lies on the table -->
    <State name="fruit"   type="list" default='[{"id":"a","name":"Apples","sold":3},{"id":"p","name":"Pears","sold":1}]'/>
    <State name="open" type="boolean" default="true"/>
  </Data>
  <Logic>
    <Handler name="sell" description="Sells one of a fruit">
      const fruit = $state.fruit.find((one) => one.id === $args.id)
      if (!fruit) throw new Error("there is no " + $args.id)
      fruit.sold += $args.count
      $log.info("sold " + $args.count)
      return fruit.sold
    </Handler>
    <Tool name="sell_fruit" handler="sell" description="Sells fruit">
      <Arg name="id" type="string" required="true" description="Which fruit"/>
      <Arg name="count" type="number" default="1"/>
    </Tool>
  </Logic>
  <View>
    <Container title="Today" surface="card">
      <Metric label="Sold" value="{$state.fruit.length}"/>
      <Text content="Two kinds" tone="muted"/> <!-- a remark -->
    </Container>
    <Button  label='Sell an apple' onClick="sell({ id: 'a', count: 1 })"/>
  </View>
</NexusPanel>
`

const story = tellStory()
let id = ""

async function call(method: string, path: string, body?: unknown) {
  const { nexus } = story
  const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${nexus.url}/api/v1${path}`, { method, headers, ...init })
  expect(response.ok, `${method} ${path}`).toBe(true)
  return response.json()
}

let workspace = ""

beforeAll(async () => {
  const { workspaces } = await call("GET", "/workspaces")
  workspace = workspaces[0].id
  const frame = { x: 80, y: -420, w: 380, h: 340 }
  const made = await call("POST", "/panels", { workspace, source: SOURCE, frame })
  id = made.id
  await stall().waitFor()
  await story.me.page.keyboard.press("1")
})

const stall = () => panel(story.me.page, "Stall")
const layer = () => stall().getByRole("group", { name: "Components of the panel" })
const inspector = () => story.me.page.getByRole("complementary", { name: "Inspector: Stall" })
const source = async () => (await call("GET", `/panels/${id}?workspace=${workspace}`)).source as string
const property = (name: string) =>
  inspector().getByRole("region", { name: "Properties" }).getByLabel(name, { exact: true })

test("a double click on a panel's bar edits it in place; a click chooses a component, with its way and line", async () => {
  const { page } = story.me
  await stall().getByRole("heading", { name: "Stall" }).dblclick()
  await layer().waitFor()
  await page.mouse.click(...(await middleOf("Two kinds")))
  await inspector().getByRole("heading", { name: "Text", exact: true }).waitFor()
  const way = inspector().getByRole("navigation", { name: "What it stands in" })
  expect(await way.getByRole("listitem").allTextContents()).toEqual(["Panel", "Container", "Text"])
  const line = SOURCE.split("\n").findIndex((text) => text.includes("Two kinds")) + 1
  await inspector()
    .getByRole("button", { name: `line ${line}` })
    .waitFor()
  expect(await property("content").inputValue()).toBe("Two kinds")
  await picture(page, "direct-chosen")
})

test("a property is changed by its control; nothing else of the text changes, and it can be undone", async () => {
  const { page } = story.me
  await property("content").fill("Apples & pears")
  await stall().getByText("Apples & pears", { exact: true }).waitFor()
  await property("tone").selectOption("good")
  await expect
    .poll(source)
    .toBe(SOURCE.replace('content="Two kinds" tone="muted"', 'content="Apples & pears" tone="good"'))
  await layer().focus()
  await page.keyboard.press("Control+z")
  await page.keyboard.press("Control+z")
  await expect.poll(source).toBe(SOURCE)
  expect(await property("content").inputValue()).toBe("Two kinds")
})

test("a wrong value stays in its field with the reason, and an expression is completed by the language", async () => {
  const { page } = story.me
  await inspector()
    .getByRole("treeitem", { name: /Metric/ })
    .click()
  await property("value").fill("{$state.frui}")
  await inspector().getByRole("alert").filter({ hasText: "frui" }).waitFor()
  expect(await source()).toBe(SOURCE)
  await picture(page, "direct-wrong")
  await property("value").fill("")
  await property("value").pressSequentially("{$state.o")
  await inspector().getByRole("option", { name: /open/ }).waitFor()
  await picture(page, "direct-completed")
  await page.keyboard.press("Enter")
  await property("value").pressSequentially(" ? 7 : 0}")
  await stall().getByText("7", { exact: true }).waitFor()
  await expect.poll(source).toBe(SOURCE.replace("{$state.fruit.length}", "{$state.open ? 7 : 0}"))
})

test("keys alone go through the components, move one, duplicate and delete it; its message brings it back", async () => {
  const { page } = story.me
  await layer().focus()
  await page.keyboard.press("ArrowLeft")
  await inspector().getByRole("heading", { name: "Container" }).waitFor()
  await page.keyboard.press("ArrowDown")
  await inspector().getByRole("heading", { name: "Button" }).waitFor()
  await page.keyboard.press("Alt+ArrowUp")
  await expect.poll(async () => (await source()).indexOf("<Button") < (await source()).indexOf("<Container")).toBe(true)
  await page.keyboard.press("Control+d")
  await expect.poll(async () => (await source()).split("<Button").length).toBe(3)
  await page.keyboard.press("Delete")
  await expect.poll(async () => (await source()).split("<Button").length).toBe(2)
  await page.getByRole("listitem").getByRole("button", { name: "Undo", exact: true }).last().click()
  await expect.poll(async () => (await source()).split("<Button").length).toBe(3)
  await inspector()
    .getByRole("treeitem", { name: /^Button/ })
    .first()
    .click()
  await layer().focus()
  await page.keyboard.press("Delete")
  await expect.poll(async () => (await source()).split("<Button").length).toBe(2)
  await page.keyboard.press("Enter")
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("#nx-properties") !== null)).toBe(true)
})

test("a component is added by a click with the state that it needs, and by a drag where the line stands", async () => {
  const { page } = story.me
  await inspector()
    .getByRole("treeitem", { name: /Container/ })
    .click()
  await inspector().getByLabel("Search components").fill("switch")
  await inspector().getByRole("button", { name: "Add Switch" }).click()
  await inspector().getByRole("heading", { name: "Switch" }).waitFor()
  expect(await source()).toMatch(/<State name="\w+" type="boolean"[^>]*\/>\n {2}<\/Data>/)
  await inspector().getByLabel("Search components").fill("divider")
  const from = await inspector().getByRole("button", { name: "Add Divider" }).boundingBox()
  const text = await stall().getByText("Two kinds", { exact: true }).boundingBox()
  if (!from || !text) throw new Error("both are on the screen")
  await page.mouse.move(from.x + 10, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(text.x + 20, text.y + 2, { steps: 5 })
  await stall().locator(".nx-direct-drop").waitFor()
  await picture(page, "direct-drag")
  await page.mouse.up()
  await expect.poll(source).toMatch(/<Divider[^>]*\/>\n\s*<Text content="Two kinds"/)
})

test("what somebody else saves meanwhile stays, and the same component stays chosen", async () => {
  await inspector()
    .getByRole("treeitem", { name: /Metric/ })
    .click()
  const before = await source()
  const theirs = before.replace("<View>\n", '<View>\n    <Text content="From elsewhere"/>\n')
  await call("PUT", `/panels/${id}?workspace=${workspace}`, { source: theirs })
  await stall().getByText("From elsewhere").waitFor()
  await inspector().getByRole("heading", { name: "Metric" }).waitFor()
  await property("label").fill("Sold today")
  await expect.poll(source).toBe(theirs.replace('label="Sold"', 'label="Sold today"'))
})

test("Escape goes outwards and then ends it, and the panel is used again", async () => {
  const { page } = story.me
  await layer().focus()
  for (let left = 0; left < 4 && (await layer().count()) > 0; left += 1) await page.keyboard.press("Escape")
  await layer().waitFor({ state: "detached" })
  await stall().getByRole("button", { name: "Sell an apple" }).click()
  await page.emulateMedia({ colorScheme: "dark" })
  await stall().getByRole("button", { name: "Edit in place" }).click()
  await page.mouse.click(...(await middleOf("Two kinds")))
  await picture(page, "direct-dark")
  await page.emulateMedia({ colorScheme: "light" })
})

test("a value is changed where it stands, checked by its type, undone, and followed to where it is used", async () => {
  const { page } = story.me
  await stall().getByRole("button", { name: "Values and why" }).click()
  const values = inspector().getByRole("region", { name: "State", exact: true })
  await values.getByRole("button", { name: "Change fruit" }).click()
  await values.getByLabel("Value of fruit").fill('{"a": 1}')
  await values.getByRole("button", { name: "Set", exact: true }).click()
  await values.getByRole("alert").filter({ hasText: "Write a list" }).waitFor()
  await values.getByLabel("Value of fruit").fill("[]")
  await values.getByRole("button", { name: "Set", exact: true }).click()
  await values.getByText("0 items", { exact: true }).waitFor()
  await page.getByRole("button", { name: "Undo", exact: true }).last().click()
  await values.getByText("2 items", { exact: true }).waitFor()
  await values.getByRole("button", { name: "Where open is used" }).click()
  const uses = values.getByRole("list", { name: "Where open is used" })
  await uses.getByRole("button", { name: "Metric" }).waitFor()
  await picture(page, "direct-values")
  await uses.getByRole("button", { name: "Metric" }).click()
  await stall().locator(".nx-direct-outline").first().waitFor()
})

test("the line of a component leads into the source, and the source back to the component", async () => {
  const { page } = story.me
  await inspector().getByRole("tab", { name: "Design" }).click()
  await inspector()
    .getByRole("treeitem", { name: /Metric/ })
    .click()
  await inspector()
    .getByRole("button", { name: /^line \d+$/ })
    .click()
  const editor = page.getByRole("dialog", { name: "Stall", exact: true })
  await expect.poll(() => editor.locator(".cm-activeLine").textContent()).toContain("<Metric")
  const crumbs = editor.getByRole("navigation")
  await crumbs.getByText(/Metric/).waitFor()
  await editor.getByRole("button", { name: "Show on the panel" }).click()
  await editor.waitFor({ state: "detached" })
  await inspector().getByRole("heading", { name: "Metric" }).waitFor()
})

test("a handler is run from a form of what it takes, with its value, its log and what it did", async () => {
  const { page } = story.me
  await inspector().getByRole("tab", { name: "Handlers" }).click()
  const form = inspector().getByRole("form", { name: "Run sell" })
  await form.getByRole("button", { name: "Run", exact: true }).click()
  await form.getByText("It is needed.").waitFor()
  await form.getByLabel("id", { exact: true }).fill("p")
  await form.getByLabel("count", { exact: true }).fill("4")
  await form.getByRole("button", { name: "Run", exact: true }).click()
  const came = form.getByRole("region", { name: "What came of it" })
  await came.getByText("It finished.").waitFor()
  await came.getByText("sold 4").waitFor()
  await came.getByText(/Sets .*sold.* to 5/i).waitFor()
  await picture(page, "direct-runner")
  await form.getByLabel("id", { exact: true }).fill("x")
  await form.getByRole("button", { name: "Run again" }).click()
  await came
    .getByText(/there is no x/)
    .first()
    .waitFor()
  await form
    .getByRole("button", { name: /"count":4/ })
    .last()
    .waitFor()
})

test("a right is given for one run alone, and the next run asks again", async () => {
  const { page } = story.me
  const source = `<NexusPanel title="Waiter">
  <Data><State name="served" type="number" default="0"/></Data>
  <Logic>
    <Capability type="time" reason="Waits a moment"/>
    <Handler name="serve">
      await nexus.sleep("1s")
      $state.served += 1
    </Handler>
  </Logic>
  <View><Metric label="Served" value="{$state.served}"/></View>
</NexusPanel>`
  await call("POST", "/panels", { workspace, source, frame: { x: 520, y: -420, w: 320, h: 240 } })
  await panel(page, "Waiter").waitFor()
  for (const words of ["Go to Waiter", "Run a handler of Waiter"]) await run(page, words)
  const form = page.getByRole("form", { name: "Run serve" })
  await form.getByRole("button", { name: "Run", exact: true }).click()
  const asked = page.getByRole("region", { name: "It asks for a permission" })
  await asked.getByRole("button", { name: "Only this time" }).click()
  await panel(page, "Waiter").getByText("1", { exact: true }).waitFor()
  await form.getByRole("button", { name: "Run again" }).click()
  await asked.getByText("Its reason: Waits a moment").waitFor()
})

test("what was typed when the tab was closed is found again: a whole thing in the text, half a thing in its field", async () => {
  const before = await source()
  const openField = async () => {
    const window = await secondWindow(story.me)
    const { page } = window
    page.setDefaultTimeout(10_000)
    page.on("dialog", (asked) => asked.accept())
    await page.goto(`${story.nexus.url}/#/w/${workspace}`)
    await panel(page, "Stall").waitFor()
    await run(page, "Go to Stall")
    await panel(page, "Stall").getByRole("button", { name: "Edit in place" }).click()
    const beside = page.getByRole("complementary", { name: "Inspector: Stall" })
    await beside
      .getByRole("treeitem", { name: /^Button/ })
      .first()
      .click()
    const properties = beside.getByRole("region", { name: "Properties" })
    return { ...window, properties, label: properties.getByLabel("label", { exact: true }) }
  }

  const first = await openField()
  await first.label.fill("Sell one more")
  const closed = first.page.waitForEvent("close")
  await first.page.close({ runBeforeUnload: true })
  await closed
  const second = await openField()
  await expect.poll(() => second.label.inputValue()).toBe("Sell one more")
  await expect.poll(source).toBe(before.replace("Sell an apple", "Sell one more"))

  await second.label.fill("Sell {$state.frui")
  // As when the machine goes down: the page hears nothing of it.
  await second.page.close()
  const third = await openField()
  expect(await third.label.inputValue()).toBe("Sell {$state.frui")
  await third.properties.getByText("You began this, and it is not in the text.").waitFor()
  await picture(third.page, "direct-begun")
  await third.label.press("Enter")
  await third.properties.getByRole("alert").waitFor()
  await third.properties.getByRole("button", { name: "Back to what is written" }).click()
  expect(await third.label.inputValue()).toBe("Sell one more")
  expect(await source()).toBe(before.replace("Sell an apple", "Sell one more"))
  expect([first, second, third].flatMap(({ problems }) => problems)).toEqual([])
  await third.page.close()
})

test("what is being typed stays with its component and the field keeps the keys while others change the text", async () => {
  const { page } = story.me
  await run(page, "Go to Stall")
  if ((await layer().count()) > 0) await run(page, "Stop editing Stall in place")
  await run(page, "Edit Stall in place")
  await inspector()
    .getByRole("treeitem", { name: /^Button/ })
    .first()
    .click()
  await property("label").fill("Sell {$state.")
  await inspector().getByRole("alert").waitFor()
  const before = await source()
  const theirs = before.replace("<View>\n", '<View>\n    <Button label="Theirs"/>\n')
  await call("PUT", `/panels/${id}?workspace=${workspace}`, { source: theirs })
  await stall().getByRole("button", { name: "Theirs" }).waitFor()
  expect(await property("label").inputValue()).toBe("Sell {$state.")
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA")
  await page.keyboard.type("open}")
  await expect.poll(source).toBe(theirs.replace("Sell one more", "Sell {$state.open}"))
})

test("nothing was written to the console", () => {
  expect(story.me.problems).toEqual([])
})

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+K")
  await page.getByPlaceholder("What do you want to do?").fill(command)
  await page.getByRole("option", { name: command }).click()
}

async function middleOf(text: string): Promise<[number, number]> {
  const box = await stall().getByText(text, { exact: true }).boundingBox()
  if (!box) throw new Error(`${text} is not on the screen`)
  return [box.x + Math.min(box.width / 2, 30), box.y + box.height / 2]
}
