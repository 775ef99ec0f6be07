import { type ScaleLinear, scaleBand, scaleLinear, scalePoint } from "d3-scale"
import { area, curveLinear, curveMonotoneX, line } from "d3-shape"
import { format } from "../../expression/format.ts"
import {
  distanceTicks,
  placeTicks,
  placeTitle,
  type Range,
  type Tick,
  textWidth,
  valueScale,
  valueTicks,
} from "./axes.ts"
import type { ChartData } from "./chart-data.ts"
import type { Frame, Mark, Plot, PlotOptions, Stop } from "./plot.ts"

const TOP = 8
const BOTTOM = 24
const RIGHT = 12
const MOST_DOTS = 40

/** One series with where each of its values begins and ends: at zero, or on top of what it is stacked on. */
interface Layer {
  readonly series: number
  readonly name: string
  readonly values: readonly (number | undefined)[]
  readonly spans: readonly (Range | undefined)[]
}

/** Lines, areas, bars and dots over two axes. */
export function axisPlot(options: PlotOptions): Plot {
  const { data, type, width, height, pattern } = options
  const layers = layersOf(options)
  const y = valueScale(domainOf(layers, type), [height - BOTTOM, TOP])
  const up = valueTicks(y, pattern)
  const left = Math.min(width / 2, 12 + textWidth(up.map(({ text }) => text)))
  const right = width - RIGHT
  const field = acrossOf(data, type, [left, right])
  const zero = inside(y, 0) ? y(0) : undefined
  const grid = type === "scatter" ? "both" : "up"
  const frame: Frame = { left, right, top: TOP, bottom: height - BOTTOM, across: field.ticks, up, grid, zero }
  const marks =
    field.bandwidth === undefined
      ? layers.flatMap((layer) => strokes(layer, type, field.place, y))
      : bars(layers, options, field.place, field.bandwidth, y)
  const parts = { layers, y, frame, ...field }
  const stops = type === "scatter" ? dotStops(options, parts) : placeStops(options, parts)
  return { width, height, frame, marks, stops, perRow: undefined }
}

function layersOf({ data, type, stacked, hidden }: PlotOptions): readonly Layer[] {
  const stacks = stacked && (type === "bar" || type === "area")
  const above = data.labels.map(() => 0)
  const below = data.labels.map(() => 0)
  return data.series.flatMap(({ name, values }, series) => {
    if (hidden.has(name)) return []
    const spans = values.map((value, index): Range | undefined => {
      if (value === undefined) return undefined
      if (!stacks) return [0, value]
      const heap = value < 0 ? below : above
      const from = heap[index] ?? 0
      heap[index] = from + value
      return [from, from + value]
    })
    return [{ series, name, values, spans }]
  })
}

function domainOf(layers: readonly Layer[], type: string): Range {
  let low = type === "bar" || type === "area" ? 0 : Number.POSITIVE_INFINITY
  let high = type === "bar" || type === "area" ? 0 : Number.NEGATIVE_INFINITY
  for (const { spans } of layers) {
    for (const span of spans) {
      if (!span) continue
      low = Math.min(low, span[1])
      high = Math.max(high, span[1])
    }
  }
  if (!Number.isFinite(low)) return [0, 1]
  return low === high ? [Math.min(low, 0), Math.max(high, low === 0 ? 1 : 0)] : [low, high]
}

interface Across {
  /** Where the middle of a place stands. */
  readonly place: (index: number) => number
  readonly ticks: readonly Tick[]
  readonly bandwidth: number | undefined
}

function acrossOf(data: ChartData, type: string, range: Range): Across {
  if (type === "bar") {
    const band = scaleBand(data.labels.keys(), range).paddingInner(0.25).paddingOuter(0.15)
    const place = (index: number) => (band(index) ?? range[0]) + band.bandwidth() / 2
    return { place, ticks: placeTicks(data, place), bandwidth: band.bandwidth() }
  }
  const inner: Range = [range[0] + 8, range[1] - 8]
  const { positions } = data
  if (!positions) {
    const points = scalePoint(data.labels.keys(), inner)
    const place = (index: number) => points(index) ?? inner[0]
    return { place, ticks: placeTicks(data, place), bandwidth: undefined }
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const position of positions) [low, high] = [Math.min(low, position), Math.max(high, position)]
  const scale = low === high ? () => (inner[0] + inner[1]) / 2 : scaleLinear([low, high], inner)
  const place = (index: number) => scale(positions[index] ?? low)
  const ticks = low === high ? placeTicks(data, place).slice(0, 1) : distanceTicks([low, high], inner, data.time)
  return { place, ticks, bandwidth: undefined }
}

function strokes(layer: Layer, type: string, place: Across["place"], y: ScaleLinear<number, number>): readonly Mark[] {
  const { series, spans } = layer
  const indexes = [...spans.keys()]
  const has = (index: number) => spans[index] !== undefined
  const end = (index: number) => y(spans[index]?.[1] ?? 0)
  const dots = (small: boolean): Mark[] =>
    indexes.filter(has).map((index) => ({ kind: "dot", series, x: place(index), y: end(index), small }))
  if (type === "scatter") return dots(false)
  const curve = indexes.length > 400 ? curveLinear : curveMonotoneX
  const path = line<number>(place, end).defined(has).curve(curve)(indexes) ?? ""
  const low = y.domain()[0] ?? 0
  const from = (index: number) => y(Math.max(spans[index]?.[0] ?? 0, low))
  const marks: Mark[] = []
  if (type === "area") {
    marks.push({ kind: "area", series, path: area<number>(place, from, end).defined(has).curve(curve)(indexes) ?? "" })
  }
  marks.push({ kind: "line", series, path })
  return indexes.length <= MOST_DOTS ? [...marks, ...dots(true)] : marks
}

function bars(
  layers: readonly Layer[],
  { stacked }: PlotOptions,
  place: Across["place"],
  bandwidth: number,
  y: ScaleLinear<number, number>,
): readonly Mark[] {
  const beside = stacked ? 1 : Math.max(1, layers.length)
  const each = Math.min(bandwidth / beside, 56)
  return layers.flatMap(({ series, spans }, position) =>
    spans.flatMap((span, index): Mark[] => {
      if (!span) return []
      const from = y(Math.max(...span))
      const to = y(Math.min(...span))
      const x = place(index) - (each * beside) / 2 + (stacked ? 0 : position * each)
      const width = Math.max(1, each - (beside > 1 ? 1 : 0))
      return [{ kind: "bar", series, x, y: from, width, height: Math.max(0, to - from - (stacked ? 1 : 0)) }]
    }),
  )
}

interface Parts extends Across {
  readonly layers: readonly Layer[]
  readonly y: ScaleLinear<number, number>
  readonly frame: Frame
}

/** One stop at each place, with the values of all series. */
function placeStops({ data, pattern }: PlotOptions, { layers, y, frame, place, bandwidth }: Parts): readonly Stop[] {
  return data.labels.map((_, index) => {
    const x = place(index)
    const rows = layers.flatMap(({ series, name, values, spans }) => {
      const value = values[index]
      const span = spans[index]
      return value === undefined || !span ? [] : [{ series, name, text: shownValue(value, pattern), y: y(span[1]) }]
    })
    const top = Math.min(frame.bottom, ...rows.map((row) => row.y))
    const box = bandwidth && {
      x: x - bandwidth / 2 - 4,
      y: frame.top,
      width: bandwidth + 8,
      height: frame.bottom - frame.top,
    }
    return { x, y: top, title: placeTitle(data, index), rows, ...(box ? { box } : {}) }
  })
}

/** One stop at each dot, from left to right. */
function dotStops({ data, pattern }: PlotOptions, { layers, y, place }: Parts): readonly Stop[] {
  const stops = layers.flatMap(({ series, name, values }) =>
    values.flatMap((value, index): Stop[] => {
      if (value === undefined) return []
      const at = y(value)
      const row = { series, name, text: shownValue(value, pattern), y: at }
      return [{ x: place(index), y: at, title: placeTitle(data, index), rows: [row] }]
    }),
  )
  return stops.sort((a, b) => a.x - b.x || a.y - b.y)
}

function shownValue(value: number, pattern: string): string {
  return format(value, pattern === "" ? undefined : pattern)
}

function inside(scale: ScaleLinear<number, number>, value: number): boolean {
  const [low = 0, high = 0] = scale.domain()
  return low <= value && value <= high
}
