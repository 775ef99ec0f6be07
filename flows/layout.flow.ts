import { type Arrangement, type Box, boxStyle, lineStyle, placeBoxes } from "@nexus/reactor/viewer"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { leaveBrowser, newPerson, openBrowser } from "./browser.ts"

/** Steps that look random and are the same each time. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Case {
  readonly boxes: readonly Box[]
  readonly arrangement: Arrangement
}

function randomCase(random: (below: number) => number): Case {
  const boxes = Array.from({ length: 1 + random(14) }, () => {
    const min = random(9) === 0 ? 4096 : 40 + random(220)
    const ideal = min + random(300)
    return { min, ideal, max: ideal + random(500) }
  })
  const strategy = ["auto", "row", "grid", "stack"][random(4)] ?? "auto"
  return { boxes, arrangement: { strategy, gap: random(20), columns: 1 + random(5) } }
}

function htmlOf({ boxes, arrangement }: Case): string {
  const css = (style: object) =>
    Object.entries(style)
      .map(
        ([name, value]) =>
          `${name.replace(/[A-Z]/g, (char) => `-${char.toLowerCase()}`)}:${value}${name === "gap" ? "px" : ""}`,
      )
      .join(";")
  const cells = boxes.map((box, index) => {
    const style = css(boxStyle(box, arrangement.strategy))
    return `<div class="nx-cell" style="${style}"><div style="height:${20 + (index % 3) * 9}px"></div></div>`
  })
  return `<div class="nx-layout" data-strategy="${arrangement.strategy}" style="${css(lineStyle(boxes, arrangement))}">${cells.join("")}</div>`
}

/** Left edge from the start of the line, top and width of each cell. */
function measured(page: Page): Promise<{ start: number; top: number; bottom: number; width: number }[][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".nx-layout")].map((layout) => {
      const outer = layout.getBoundingClientRect()
      const rtl = getComputedStyle(layout).direction === "rtl"
      return [...layout.children].map((cell) => {
        const { left, right, top, bottom, width } = cell.getBoundingClientRect()
        return { start: rtl ? outer.right - right : left - outer.left, top, bottom, width }
      })
    }),
  )
}

describe("the layout in a browser", () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => leaveBrowser(browser))

  it("is what the numbers say, at any width, in both directions of text", async () => {
    const random = generator(11)
    const cases = Array.from({ length: 120 }, () => randomCase(random))
    const { page } = await newPerson(browser)
    const styles = `.nx-layout{display:flex;flex-wrap:wrap;align-items:flex-start;min-width:0}
      .nx-layout[data-strategy=stack]{flex-flow:column nowrap;align-items:stretch}
      .nx-layout[data-strategy=grid]{display:grid;align-items:start} .nx-cell{min-width:0} body{margin:0}`
    await page.setContent(`<style>${styles}</style><main>${cases.map(htmlOf).join("")}</main>`)
    let compared = 0
    for (const [index, width] of [368, 688, 1011, 240, 555].entries()) {
      await page.evaluate(
        ([px, dir]) => {
          const main = document.querySelector("main")
          if (!main) return
          main.style.width = `${px}px`
          main.dir = String(dir)
        },
        [width, index % 2 ? "rtl" : "ltr"] as const,
      )
      for (const [at, cells] of (await measured(page)).entries()) {
        const given = cases[at]
        if (!given) continue
        const { rows } = placeBoxes(given.boxes, width, given.arrangement)
        const name = `case ${at} at ${width}: ${JSON.stringify(given)}`
        let floor = Number.NEGATIVE_INFINITY
        for (const row of rows) {
          let lowest = floor
          for (const { index: box, x, width: own } of row) {
            const cell = cells[box]
            if (!cell) throw new Error(name)
            expect(Math.abs(cell.width - own), name).toBeLessThan(1.1)
            expect(Math.abs(cell.start - x), name).toBeLessThan(1.1 * row.length)
            expect(cell.start + cell.width, name).toBeLessThan(width + 0.1)
            expect(cell.top, name).toBeGreaterThanOrEqual(floor)
            lowest = Math.max(lowest, cell.bottom)
            compared += 1
          }
          floor = lowest
        }
      }
    }
    expect(compared).toBeGreaterThan(3_000)
  })
})
