// @vitest-environment happy-dom
import type { Json } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { ChartPart } from "../../src/react/chart/part.ts"
import { createPreviewPanel } from "../../src/react/index.ts"
import { panelOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

async function chart(attributes: string, rows: Json) {
  const view = `<Chart label="Visits" data="{$state.rows}" ${attributes}/>`
  const screen = await show(createPreviewPanel(panelOf({ data: '<State name="rows" type="list"/>', view }), { rows }))
  screens.push(screen)
  await screen.rest(() => ChartPart.load())
  const said = () => screen.find("[role=status]").textContent
  const press = (key: string) => screen.press(".nx-plot", key)
  const toggle = (name: string) =>
    screen.rest(() =>
      [...screen.element.querySelectorAll<HTMLElement>(".nx-legend button")]
        .find((b) => b.textContent === name)
        ?.click(),
    )
  return { screen, said, press, toggle }
}

const DAYS = [
  { day: "Mon", web: 3, app: 1 },
  { day: "Tue", web: 5, app: null },
  { day: "Wed", web: 4, app: 2 },
]

describe("Chart", () => {
  it.each(["line", "area", "bar"])("says the values of each place as the arrow keys walk a %s", async (type) => {
    const { screen, said, press } = await chart(`type="${type}" x="day"`, DAYS)
    expect(said()).toBe("")
    await press("ArrowRight")
    expect(said()).toBe("Mon: web 3, app 1")
    await press("ArrowRight")
    expect(said()).toBe("Tue: web 5")
    await press("End")
    expect(said()).toBe("Wed: web 4, app 2")
    expect(screen.find(".nx-tooltip").textContent).toContain("Wed")
    await press("Escape")
    expect(said()).toBe("")
    expect(screen.element.querySelector(".nx-tooltip")).toBeNull()
  })

  it("walks the dots of a scatter from left to right", async () => {
    const { said, press } = await chart('type="scatter" x="at" y="n"', [
      { at: 9, n: 1 },
      { at: 2, n: 5 },
    ])
    await press("ArrowRight")
    expect(said()).toBe("2: n 5")
    await press("ArrowRight")
    expect(said()).toBe("9: n 1")
  })

  it("walks the cells of a heatmap in four directions", async () => {
    const { said, press } = await chart('type="heatmap" x="day" y="web,app"', DAYS)
    await press("Home")
    await press("ArrowDown")
    await press("ArrowRight")
    expect(said()).toBe("app · Tue: –")
  })

  it("says the share of each slice of a pie", async () => {
    const { screen, said, press } = await chart('type="pie" x="day" y="web" format="€0"', DAYS)
    await press("ArrowRight")
    expect(said()).toBe("Mon: €3 · 25%")
    expect(screen.element.querySelector(".nx-plot-text[data-large]")?.textContent).toBe("€12")
  })

  it("switches a series off and on by its name, and never the last one", async () => {
    const { screen, said, press, toggle } = await chart('x="day"', DAYS)
    const pressed = () =>
      [...screen.element.querySelectorAll(".nx-legend button")].map((button) => button.getAttribute("aria-pressed"))
    await toggle("web")
    expect(pressed()).toEqual(["false", "true"])
    await press("Home")
    expect(said()).toBe("Mon: app 1")
    await toggle("app")
    expect(pressed()).toEqual(["false", "true"])
    await toggle("web")
    expect(pressed()).toEqual(["true", "true"])
  })

  it("shows the values under the pointer, and none when it leaves", async () => {
    const { screen } = await chart('x="day"', DAYS)
    const plot = screen.find(".nx-plot")
    const point = (type: string, clientX: number) =>
      screen.rest(() => plot.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX, clientY: 50 })))
    await point("pointermove", 250)
    expect(screen.find(".nx-tooltip").textContent).toContain("Tue")
    await point("pointermove", 470)
    expect(screen.find(".nx-tooltip").textContent).toContain("Wed")
    await point("pointerout", 600)
    expect(screen.element.querySelector(".nx-tooltip")).toBeNull()
  })

  it("tells series apart by more than colour: dashes and symbols on lines, patterns in grounds", async () => {
    const lines = await chart('x="day"', DAYS)
    const dashes = [...lines.screen.element.querySelectorAll(".nx-drawing > .nx-line")].map((line) =>
      line.getAttribute("stroke-dasharray"),
    )
    expect(new Set(dashes).size).toBe(2)
    const bars = await chart('type="bar" x="day"', DAYS)
    const fills = [...bars.screen.element.querySelectorAll(".nx-bar")].map((bar) => bar.getAttribute("fill"))
    expect(new Set(fills).size).toBe(2)
    for (const fill of fills) {
      const id = fill?.slice(5, -1) ?? ""
      expect(bars.screen.element.querySelector(`[id="${id}"]`)?.tagName.toLowerCase()).toBe("pattern")
    }
  })

  it("holds the same numbers as a table, also for cells in a list", async () => {
    const { screen } = await chart('type="heatmap" x="h" y="d" value="n"', [
      { d: "Mon", h: 8, n: 5 },
      { d: "Tue", h: 9, n: 7 },
    ])
    const rows = [...screen.element.querySelectorAll("table.nx-hidden tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    )
    expect(rows).toEqual([
      ["h", "Mon", "Tue"],
      ["8", "5", "–"],
      ["9", "–", "7"],
    ])
  })
})
