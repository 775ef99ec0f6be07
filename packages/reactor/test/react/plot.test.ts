import { describe, expect, it } from "vitest"
import { distanceTicks, placeTicks, textWidth, timeText, valueScale, valueTicks } from "../../src/react/chart/axes.ts"
import { axisPlot } from "../../src/react/chart/axis-plot.ts"
import { type ChartData, cellDataOf, chartDataOf } from "../../src/react/chart/chart-data.ts"
import { heatPlot } from "../../src/react/chart/heat-plot.ts"
import { piePlot, slicesOf } from "../../src/react/chart/pie-plot.ts"
import { nearestStop, type PlotOptions, stopAfterKey } from "../../src/react/chart/plot.ts"
import { generator } from "../world/server.ts"

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1)
const DAY = 86_400_000

const optionsOf = (data: ChartData, more: Partial<PlotOptions> = {}): PlotOptions => ({
  data,
  type: "line",
  width: 480,
  height: 200,
  stacked: false,
  pattern: "",
  hidden: new Set(),
  ...more,
})

/** Data of any shape: words, numbers or days across, gaps, negative and huge values, equal ones. */
function dataFrom(seed: number): ChartData {
  const random = generator(seed)
  const count = 1 + random(60)
  const size = [1, 1000, 1e9, 1e-3][random(4)] ?? 1
  const names = ["one", "two", "three", "four"].slice(0, 1 + random(4))
  const across = random(3)
  const rows = Array.from({ length: count }, (_, index) => ({
    x: [`word ${index}`, random(500) - 100, new Date(1.7e12 + index * DAY * (1 + random(40))).toISOString()][across],
    ...Object.fromEntries(names.map((name) => [name, random(8) === 0 ? null : (random(2001) - 1000) * size])),
  }))
  return chartDataOf(rows, "x", names)
}

describe("ticks", () => {
  it("of values are evenly spaced round numbers inside the scale that hold every value between them", () => {
    for (const seed of SEEDS) {
      const random = generator(seed)
      const [a, b] = [random(2_000_001) - 1_000_000, random(2_000_001) - 1_000_000].map(
        (value) => value / 10 ** random(5),
      )
      const [low, high] = [Math.min(a ?? 0, b ?? 0), Math.max(a ?? 0, b ?? 0) + 1]
      const scale = valueScale([low, high], [200, 8])
      const ticks = valueTicks(scale, "")
      expect(ticks.length, `seed ${seed}`).toBeGreaterThanOrEqual(2)
      expect(ticks.length, `seed ${seed}`).toBeLessThanOrEqual(12)
      const [bottom = 0, top = 0] = scale.domain()
      expect(bottom <= low && high <= top, `seed ${seed}`).toBe(true)
      const steps = ticks.slice(1).map(({ at }, index) => (ticks[index]?.at ?? 0) - at)
      for (const step of steps) expect(step, `seed ${seed}`).toBeCloseTo(steps[0] ?? 0, 6)
      for (const { at } of ticks) expect(at >= 8 - 1e-6 && at <= 200 + 1e-6, `seed ${seed}`).toBe(true)
      expect(new Set(ticks.map(({ text }) => text)).size, `seed ${seed}: ${ticks.map(({ text }) => text)}`).toBe(
        ticks.length,
      )
    }
  })

  it("along the horizontal axis never touch each other", () => {
    for (const seed of SEEDS.slice(0, 120)) {
      const data = dataFrom(seed)
      for (const width of [120, 320, 900]) {
        const plot = axisPlot(optionsOf(data, { width, type: seed % 2 ? "bar" : "line" }))
        const ticks = plot.frame?.across ?? []
        for (const [index, { at, text }] of ticks.entries()) {
          const next = ticks[index + 1]
          if (next)
            expect(at + textWidth([text]) / 2, `seed ${seed}`).toBeLessThanOrEqual(next.at - textWidth([next.text]) / 2)
        }
      }
    }
  })

  it("of days read as fine as they stand apart", () => {
    const from = Date.UTC(2025, 10, 1)
    const textsOf = (days: number) => distanceTicks([from, from + days * DAY], [0, 500], true).map(({ text }) => text)
    expect(textsOf(1)).toContain("12:00")
    expect(textsOf(10)).toContain("4 Nov")
    expect(textsOf(200)).toEqual(expect.arrayContaining(["Dec", "2026", "Mar"]))
    expect(textsOf(3000)).toContain("2030")
    expect(timeText(Date.UTC(2026, 0, 1, 0, 0, 30), 1000)).toBe("00:00:30")
  })

  it("shorten long words and thin many", () => {
    const data = chartDataOf(
      Array.from({ length: 100 }, (_, index) => ({ x: `a very long name ${index}`, y: 1 })),
      "x",
      "y",
    )
    const ticks = placeTicks(data, (index) => index * 5)
    expect(ticks.length).toBeLessThan(8)
    expect(ticks[0]?.text).toBe("a very long n…")
  })
})

describe("a plot", () => {
  it("stands inside its frame with finite numbers, whatever the data and the width", () => {
    for (const seed of SEEDS.slice(0, 90)) {
      const data = dataFrom(seed)
      for (const type of ["line", "area", "bar", "scatter", "pie", "heatmap"]) {
        const options = optionsOf(data, { type, stacked: seed % 3 === 0, width: [80, 320, 1200][seed % 3] ?? 480 })
        const plot = type === "pie" ? piePlot(options) : type === "heatmap" ? heatPlot(options) : axisPlot(options)
        expect(JSON.stringify([plot.marks, plot.stops]), `seed ${seed} ${type}`).not.toMatch(/NaN|Infinity|null/)
        const outside = plot.stops.filter(
          ({ x, y }) => x < -1e-6 || y < -1e-6 || x > plot.width + 1e-6 || y > plot.height + 1e-6,
        )
        expect(outside, `seed ${seed} ${type}`).toEqual([])
        expect(
          plot.marks.filter((mark) => mark.kind === "bar" && mark.height < 0),
          `seed ${seed}`,
        ).toEqual([])
      }
    }
  })

  it("has bars that do not overlap, side by side or stacked", () => {
    for (const seed of SEEDS.slice(0, 60)) {
      for (const stacked of [false, true]) {
        const plot = axisPlot(optionsOf(dataFrom(seed), { type: "bar", stacked, width: 2000 }))
        const bars = plot.marks.filter((mark) => mark.kind === "bar").filter(({ height }) => height > 1)
        const overlaps = bars.flatMap((a, index) =>
          bars.slice(index + 1).filter((b) => {
            const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
            const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
            return across > 0.01 && down > 0.01
          }),
        )
        expect(overlaps, `seed ${seed}`).toEqual([])
      }
    }
  })

  it("begins bars and areas at zero, and lines where the values are", () => {
    const data = chartDataOf([100, 110, 120], "", "")
    const lowest = (type: string) => axisPlot(optionsOf(data, { type })).frame?.up[0]?.text
    expect([lowest("bar"), lowest("area"), lowest("line")]).toEqual(["0", "0", "100"])
  })

  it("without one of its series leaves the colours of the others and fits its axis to them", () => {
    const data = chartDataOf(
      [
        { a: 1, b: 1000 },
        { a: 2, b: 900 },
      ],
      "",
      "a,b",
    )
    const plot = axisPlot(optionsOf(data, { hidden: new Set(["a"]) }))
    expect(new Set(plot.marks.map((mark) => ("series" in mark ? mark.series : -1)))).toEqual(new Set([1]))
    expect(axisPlot(optionsOf(data, { hidden: new Set(["b"]) })).frame?.up.at(-1)?.text).toBe("2")
  })

  it("of a pie keeps the whole: its shares make one, however many slices there are", () => {
    for (const seed of SEEDS) {
      const random = generator(seed)
      const rows = Array.from({ length: 1 + random(30) }, (_, index) => ({ what: `w${index}`, sum: random(1000) }))
      const slices = slicesOf(chartDataOf(rows, "what", "sum"))
      expect(slices.length, `seed ${seed}`).toBeLessThanOrEqual(8)
      expect(
        slices.reduce((sum, { value }) => sum + value, 0),
        `seed ${seed}`,
      ).toBe(rows.reduce((sum, row) => sum + row.sum, 0))
    }
  })

  it("of a heatmap has one cell a value, shaded by its size, in rows and columns", () => {
    const data = cellDataOf(
      [
        { d: "Mon", h: 8, n: 5 },
        { d: "Mon", h: 9, n: 0 },
        { d: "Tue", h: 8, n: 10 },
      ],
      "h",
      "d",
      "n",
    )
    const plot = heatPlot(optionsOf(data))
    expect(plot.marks.map((mark) => (mark.kind === "cell" ? [mark.share, mark.text] : mark.kind))).toEqual([
      [0.5, "5"],
      [0, "0"],
      [1, "10"],
    ])
    expect(plot.stops.map(({ title, rows: [row] }) => [title, row?.text])).toEqual([
      ["Mon · 8", "5"],
      ["Mon · 9", "0"],
      ["Tue · 8", "10"],
      ["Tue · 9", "–"],
    ])
    expect(stopAfterKey(plot, 0, "ArrowDown")).toBe(2)
    expect(stopAfterKey(plot, 2, "ArrowUp")).toBe(0)
    expect(stopAfterKey(plot, 2, "ArrowDown")).toBe(2)
  })

  it("names a day as people write it, and a word as it is", () => {
    const titles = (rows: readonly object[]) =>
      axisPlot(optionsOf(chartDataOf(rows, "at", "n"))).stops.map(({ title }) => title)
    expect(
      titles([
        { at: "2026-03-02", n: 1 },
        { at: "2026-03-03T08:30:00Z", n: 2 },
      ]),
    ).toEqual(["2 Mar 2026", "3 Mar 2026 08:30"])
    expect(titles([{ at: "Mon", n: 1 }])).toEqual(["Mon"])
  })

  it("leads every key and every point to one of its stops, and the pointer to the nearest", () => {
    for (const seed of SEEDS) {
      const random = generator(seed)
      const plot = axisPlot(optionsOf(dataFrom(seed), { type: seed % 2 ? "scatter" : "bar" }))
      let at = -1
      for (const key of ["ArrowRight", "End", "ArrowLeft", "ArrowDown", "Home", "ArrowUp", "ArrowLeft"]) {
        at = stopAfterKey(plot, at, key) ?? at
        expect(plot.stops[at] !== undefined || plot.stops.length === 0, `seed ${seed} ${key}`).toBe(true)
      }
      const frame = plot.frame
      if (!frame || plot.stops.length === 0) continue
      const x = frame.left + random(Math.ceil(frame.right - frame.left))
      const nearest = plot.stops[nearestStop(plot, x, 50, true)]
      const distance = Math.min(...plot.stops.map((stop) => Math.abs(stop.x - x)))
      expect(Math.abs((nearest?.x ?? -1e9) - x), `seed ${seed}`).toBe(distance)
    }
    expect(nearestStop(axisPlot(optionsOf(chartDataOf([1, 2], "", ""))), -60, 10, true)).toBe(-1)
  })
})
