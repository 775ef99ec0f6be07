import { scaleBand } from "d3-scale"
import { format } from "../../expression/format.ts"
import { placeTicks, placeTitle, shortened, textWidth, valueText } from "./axes.ts"
import type { ChartData } from "./chart-data.ts"
import type { Frame, Mark, Plot, PlotOptions, Stop } from "./plot.ts"

const TOP = 4
const BOTTOM = 24
const RIGHT = 4

/** Cells in rows, one row for each series, shaded by their value, which also stands in them where there is room. */
export function heatPlot({ data, width, height, pattern, hidden }: PlotOptions): Plot {
  const rows = data.series.filter(({ name }) => !hidden.has(name))
  const names = rows.map(({ name }) => shortened(name))
  const left = Math.min(width / 2, 12 + textWidth(names))
  const across = scaleBand(data.labels.keys(), [left, width - RIGHT]).paddingInner(0.06)
  const down = scaleBand(rows.keys(), [TOP, height - BOTTOM]).paddingInner(0.08)
  const [cellWidth, cellHeight] = [across.bandwidth(), down.bandwidth()]
  const [low, high] = heatRange(data, hidden)
  const marks: Mark[] = []
  const stops: Stop[] = []
  rows.forEach(({ name, values }, row) => {
    data.labels.forEach((_, column) => {
      const value = values[column]
      const box = { x: across(column) ?? left, y: down(row) ?? TOP, width: cellWidth, height: cellHeight }
      const middle = { x: box.x + cellWidth / 2, y: box.y + cellHeight / 2 }
      const words = value === undefined ? "–" : format(value, pattern === "" ? undefined : pattern)
      if (value !== undefined) {
        const short = valueText(value, pattern)
        const fits = cellHeight >= 16 && textWidth([short]) + 4 <= cellWidth
        const share = high === low ? 1 : (value - low) / (high - low)
        marks.push({ kind: "cell", ...box, share, text: fits ? short : "" })
      }
      stops.push({
        ...middle,
        title: `${name} · ${placeTitle(data, column)}`,
        rows: [{ series: undefined, name: "", text: words }],
        box,
      })
    })
  })
  const frame: Frame = {
    left,
    right: width - RIGHT,
    top: TOP,
    bottom: height - BOTTOM,
    across: placeTicks(data, (index) => (across(index) ?? left) + cellWidth / 2),
    up: rows.map((_, row) => ({ at: (down(row) ?? TOP) + cellHeight / 2, text: names[row] ?? "" })),
    grid: "none",
    zero: undefined,
  }
  return { width, height, frame, marks, stops, perRow: Math.max(1, data.labels.length) }
}

/** The smallest and the largest value of what is shown. */
export function heatRange(data: ChartData, hidden: ReadonlySet<string>): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { name, values } of data.series) {
    if (hidden.has(name)) continue
    for (const value of values) if (value !== undefined) [low, high] = [Math.min(low, value), Math.max(high, value)]
  }
  return Number.isFinite(low) ? [low, high] : [0, 0]
}
