// @vitest-environment happy-dom
import type { Json, JsonObject } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { createPreviewPanel } from "../../src/react/index.ts"
import { TablePart } from "../../src/react/table/part.ts"
import { panelOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"

// The document has no layout: a row is as high as a row, a box as a table, and what scrolls in it as ten thousand rows.
const HEIGHTS = { offsetHeight: 37, clientHeight: 480, scrollHeight: 370_000 }
for (const [name, value] of Object.entries(HEIGHTS)) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value })
}

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

async function table(attributes: string, rows: Json, data = "") {
  const view = `<Table label="People" rows="{$state.rows}" ${attributes}/>`
  const live = createPreviewPanel(panelOf({ data: `<State name="rows" type="list"/>${data}`, view }), { rows })
  const screen = await show(live)
  screens.push(screen)
  await screen.rest(() => TablePart.load())
  const cells = (column: number) =>
    [...screen.element.querySelectorAll(`tbody tr[data-index] td:nth-child(${column})`)].map((cell) => cell.textContent)
  const heading = (name: string) =>
    [...screen.element.querySelectorAll<HTMLElement>("th")].find((th) => th.textContent?.startsWith(name))
  const sortBy = (name: string) => screen.rest(() => heading(name)?.querySelector("button")?.click())
  const count = () => screen.find(".nx-table-foot [role=status]").textContent
  return { live, screen, cells, heading, sortBy, count }
}

const PEOPLE: JsonObject[] = [
  { id: "a", name: "Émile", age: 40, town: "Leipzig" },
  { id: "b", name: "ann", age: null, town: "Halle" },
  { id: "c", name: "Bo", age: 7, town: "Leipzig" },
  { id: "d", name: "Zoë 10", age: 40, town: "Dresden" },
  { id: "e", name: "Zoë 9", age: 12, town: "Halle" },
]

const many = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: `n${id}`, even: id % 2 === 0 }))

describe("Table", () => {
  it("sorts by a press on a heading: rising, falling, as it was; and says so", async () => {
    const { cells, heading, sortBy } = await table('columns="name,age"', PEOPLE)
    expect(heading("Age")?.hasAttribute("aria-sort")).toBe(false)
    await sortBy("Age")
    expect(cells(1)).toEqual(["Bo", "Zoë 9", "Émile", "Zoë 10", "ann"])
    expect(heading("Age")?.getAttribute("aria-sort")).toBe("ascending")
    await sortBy("Age")
    expect(cells(1)).toEqual(["Émile", "Zoë 10", "Zoë 9", "Bo", "ann"])
    expect(heading("Age")?.getAttribute("aria-sort")).toBe("descending")
    await sortBy("Age")
    expect(cells(1)).toEqual(["Émile", "ann", "Bo", "Zoë 10", "Zoë 9"])
    expect(heading("Age")?.hasAttribute("aria-sort")).toBe(false)
  })

  it("is sorted as `sort` says until a heading is pressed", async () => {
    const { cells, sortBy } = await table('columns="name,age" sort="-name"', PEOPLE)
    expect(cells(1)).toEqual(["Zoë 10", "Zoë 9", "Émile", "Bo", "ann"])
    await sortBy("Name")
    expect(cells(1)).toEqual(["Émile", "ann", "Bo", "Zoë 10", "Zoë 9"])
  })

  it("has no buttons in its heading where it may not be sorted, wholly or in one column", async () => {
    const none = await table('columns="name" sortable="false"', PEOPLE)
    expect(none.screen.element.querySelectorAll("th button")).toHaveLength(0)
    const one = await table("columns=\"{['name', { key: 'age', sort: false }]}\"", PEOPLE)
    expect(one.heading("Name")?.querySelector("button")).not.toBeNull()
    expect(one.heading("Age")?.querySelector("button")).toBeNull()
  })

  it("keeps the rows that hold every word, as they read on screen, and tells how many", async () => {
    const { screen, cells, count } = await table('columns="name,town" filter="true"', PEOPLE)
    expect(count()).toBe("5 rows")
    await screen.type("input[type=search]", "LEIP é")
    expect(cells(1)).toEqual(["Émile"])
    expect(count()).toBe("1 of 5 rows")
    await screen.type("input[type=search]", "nobody")
    expect(cells(1)).toEqual([])
    expect(screen.text()).toContain("No row has these words")
    await screen.type("input[type=search]", "")
    expect(cells(1)).toHaveLength(5)
  })

  it("says what to say when there is nothing", async () => {
    const { screen } = await table('columns="name" empty="Nobody came"', [])
    expect(screen.text()).toContain("Nobody came")
  })

  it("shows one page at a time and starts again at the first when the rows change", async () => {
    const { screen, cells, count, sortBy } = await table('columns="name" page="2"', PEOPLE)
    const press = (name: string) =>
      screen.rest(() => [...screen.element.querySelectorAll("button")].find((b) => b.textContent === name)?.click())
    expect([cells(1), count()]).toEqual([["Émile", "ann"], "1–2 of 5 rows"])
    await press("Next")
    await press("Next")
    expect([cells(1), count()]).toEqual([["Zoë 9"], "5–5 of 5 rows"])
    await press("Next")
    expect(cells(1)).toEqual(["Zoë 9"])
    expect(screen.find("tbody tr").getAttribute("aria-rowindex")).toBe("6")
    await sortBy("Name")
    expect(cells(1)).toEqual(["ann", "Bo"])
  })

  it("shows more by a button where a limit is given", async () => {
    const { screen, cells } = await table('columns="name" limit="2"', PEOPLE)
    expect(cells(1)).toHaveLength(2)
    await screen.click(".nx-more")
    expect(cells(1)).toHaveLength(4)
    expect(screen.text()).toContain("Show 1 more of 5")
  })

  it("paints of ten thousand rows those in sight, and says which they are of how many", async () => {
    const { screen, cells, count } = await table('columns="name"', many(10_000))
    expect(cells(1).length).toBeGreaterThan(10)
    expect(cells(1).length).toBeLessThan(60)
    expect(cells(1)[0]).toBe("n0")
    expect(screen.find("table").getAttribute("aria-rowcount")).toBe("10001")
    expect(count()).toBe("10,000 rows")
    const box = screen.find(".nx-table-scroll")
    await screen.rest(() => {
      box.scrollTop = 37 * 5000
      box.dispatchEvent(new Event("scroll"))
    })
    expect(cells(1)).toContain("n5005")
    const indexes = [...screen.element.querySelectorAll("tbody tr[data-index]")].map((row) =>
      Number(row.getAttribute("aria-rowindex")),
    )
    expect(indexes).toContain(5007)
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
  })

  it("sorts and filters all ten thousand rows, not those in sight", async () => {
    const { screen, cells, count, sortBy } = await table('columns="name,even" filter="true"', many(10_000))
    await sortBy("Name")
    await sortBy("Name")
    expect(cells(1)[0]).toBe("n9999")
    await screen.type("input[type=search]", "n123 yes")
    expect(count()).toBe("5 of 10,000 rows")
    expect(cells(1)).toEqual(["n1238", "n1236", "n1234", "n1232", "n1230"])
  })

  it("walks the rows by arrow keys with one of them in the order of Tab, and chooses by Enter", async () => {
    const { live, screen } = await table(
      'columns="name" onSelect="$state.picked = $event.id"',
      PEOPLE,
      '<State name="picked" type="string"/>',
    )
    const tabbable = () => [...screen.element.querySelectorAll("tbody tr[tabindex='0']")].map((row) => row.textContent)
    expect(screen.find("table").getAttribute("role")).toBe("grid")
    expect(tabbable()).toEqual(["Émile"])
    await screen.press("tbody tr[tabindex='0']", "ArrowDown")
    await screen.press("tbody tr[tabindex='0']", "ArrowDown")
    expect(tabbable()).toEqual(["Bo"])
    expect(document.activeElement?.textContent).toBe("Bo")
    await screen.press("tbody tr[tabindex='0']", "Enter")
    expect(live.state.picked).toBe("c")
    expect(screen.find("tr[aria-selected=true]").textContent).toBe("Bo")
    await screen.press("tbody tr[tabindex='0']", "End")
    expect(tabbable()).toEqual(["Zoë 9"])
    await screen.press("tbody tr[tabindex='0']", "Home")
    expect(tabbable()).toEqual(["Émile"])
  })

  it("takes the focus to a row far out of sight", async () => {
    const { screen } = await table('columns="name" onSelect="$state.rows = []"', many(5000))
    await screen.press("tbody tr[tabindex='0']", "End")
    await screen.rest(() => screen.find(".nx-table-scroll").dispatchEvent(new Event("scroll")))
    expect(screen.find("tbody tr[tabindex='0']").textContent).toBe("n4999")
    expect(document.activeElement?.textContent).toBe("n4999")
  })

  it("marks the row that `selected` names, whatever was pressed", async () => {
    const { screen } = await table('columns="name" selected="d" onSelect="$state.rows = $state.rows"', PEOPLE)
    expect(screen.find("tr[aria-selected=true]").textContent).toBe("Zoë 10")
    await screen.rest(() => screen.element.querySelector<HTMLElement>("tbody tr")?.click())
    expect(screen.find("tr[aria-selected=true]").textContent).toBe("Zoë 10")
  })

  it("writes numbers by their column's format, and names of things without parted thousands", async () => {
    const { cells } = await table("columns=\"{['id', 'year', { key: 'sum', format: '€0,0.00' }, 'ok']}\"", [
      { id: 4711, year: 2026, sum: 1234.5, ok: true },
    ])
    expect([1, 2, 3, 4].flatMap(cells)).toEqual(["4711", "2026", "€1,234.50", "Yes"])
  })
})
