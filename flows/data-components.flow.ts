import { expect, test } from "vitest"
import { expectPanel, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/*
 * Components whose behaviour needs layout: rows that come as one scrolls, a drawing that follows its width, a graph that
 * scrolls to its node. All under the page's own policy, with nothing on its console.
 */

const SOURCE = `<NexusPanel title="Measured">
  <Data>
    <State name="steps" type="list" default='[{"id":"a","label":"Start"},{"id":"b","label":"Middle"},{"id":"c","label":"End"}]'/>
    <State name="leads" type="list" default='[{"from":"a","to":"b","label":"then"},{"from":"b","to":"c"}]'/>
    <State name="chosen" type="string" default="nothing"/>
    <Computed name="rows" value="{'x'.repeat(10000).split('').map((x, i) => ({ id: i, name: \`Row \${i}\`, size: i * 37 % 1000 }))}"/>
  </Data>
  <View>
    <Layout strategy="stack">
      <Text content="Chosen: {$state.chosen}"/>
      <Table label="Rows" rows="{$computed.rows}" height="240" filter="true" onSelect="$state.chosen = $event.name"/>
      <Chart label="Sizes" type="area" data="{$computed.rows.slice(0, 12)}" x="name" y="size"/>
      <Graph label="Way" direction="right" nodes="{$state.steps}" edges="{$state.leads}" onSelect="$state.chosen = $event.label"/>
      <Markdown content="**Bold** and [a link](https://example.org)"/>
      <Code language="js" content="const a = 1"/>
    </Layout>
  </View>
</NexusPanel>`

const story = tellStory()
const measured = () => panel(story.me.page, "Measured")
const rowsOnScreen = () => measured().locator("tbody tr[data-index]")

test("each part arrives when it is first shown, and the page's policy has nothing against it", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: "New panel" }).click()
  await page.locator(".cm-content").click()
  await page.keyboard.press("ControlOrMeta+A")
  await page.keyboard.insertText(SOURCE)
  await page.getByRole("dialog").getByRole("gridcell", { name: "Row 0", exact: true }).waitFor()
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click()
  await expectPanel(page, "Measured")
  await measured().getByRole("gridcell", { name: "Row 0", exact: true }).waitFor()
  await measured().locator(".nx-area").waitFor({ state: "attached" })
  await measured().locator(".nx-node").first().waitFor({ state: "attached" })
  await measured().locator(".tok-keyword").waitFor({ state: "attached" })
  await measured().getByRole("link", { name: "a link" }).waitFor({ state: "attached" })
  await picture(page, "data-components")
})

test("a table of ten thousand rows holds on screen what is in sight, wherever it is scrolled", async () => {
  expect(await rowsOnScreen().count()).toBeLessThan(60)
  const box = measured().locator(".nx-table-scroll")
  await box.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2
  })
  await measured().getByText("Row 5000", { exact: true }).waitFor()
  expect(await rowsOnScreen().count()).toBeLessThan(60)
  await box.evaluate((element) => {
    element.scrollTop = element.scrollHeight
  })
  await measured().getByText("Row 9999", { exact: true }).waitFor()
})

test("the wheel over a table scrolls the table and leaves the canvas where it is", async () => {
  const { page } = story.me
  const box = measured().locator(".nx-table-scroll")
  await box.evaluate((element) => {
    element.scrollTop = 0
  })
  const before = await measured().boundingBox()
  await box.hover()
  await page.mouse.wheel(0, 300)
  await expect.poll(() => box.evaluate((element) => element.scrollTop)).toBeGreaterThan(100)
  expect(await measured().boundingBox()).toEqual(before)
})

test("its keys reach the last row, choose it, and the row stands in sight below the heading", async () => {
  const { page } = story.me
  await measured().getByRole("columnheader", { name: "Size" }).getByRole("button").click()
  await rowsOnScreen().first().focus()
  for (const key of ["Home", "End", "ArrowUp", "ArrowDown", "Enter"]) await page.keyboard.press(key)
  await measured()
    .getByText(/Chosen: Row \d+/)
    .waitFor()
  const inSight = await page.evaluate(() => {
    const row = document.activeElement?.getBoundingClientRect()
    const box = document.activeElement?.closest(".nx-table-scroll")?.getBoundingClientRect()
    const head = document.activeElement?.closest("table")?.querySelector("th")?.getBoundingClientRect()
    return row && box && head ? row.top >= head.bottom - 1 && row.bottom <= box.bottom + 1 : false
  })
  expect(inSight).toBe(true)
  await page.keyboard.press("Home")
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"))).toBe("2")
})

test("a filter leaves the rows that hold its words and says how many", async () => {
  await measured().getByLabel("Filter Rows").fill("row 7777")
  await measured().getByText("1 of 10,000 rows").waitFor()
  await measured().getByLabel("Filter Rows").fill("")
  await measured().getByText("10,000 rows", { exact: true }).waitFor()
})

test("a chart is as wide as its place and says its values to the keyboard", async () => {
  const { page } = story.me
  const plot = measured().locator(".nx-plot")
  const widths = await plot.evaluate((element) => {
    const svg = element.querySelector("svg")
    return [Number(svg?.getAttribute("viewBox")?.split(" ")[2]), (element as HTMLElement).clientWidth]
  })
  expect(widths[0]).toBe(widths[1])
  await plot.focus()
  await page.keyboard.press("End")
  expect(await plot.getByRole("status").textContent()).toBe("Row 11: size 407")
  await page.keyboard.press("Escape")
})

test("a node of a graph is chosen by keyboard", async () => {
  const { page } = story.me
  await measured().locator(".nx-node[tabindex='0']").focus()
  await page.keyboard.press("ArrowRight")
  await page.keyboard.press("Enter")
  await measured().getByText("Chosen: Middle").waitFor()
})

test("none of this left a word on the console", () => {
  expect(story.me.problems).toEqual([])
})
