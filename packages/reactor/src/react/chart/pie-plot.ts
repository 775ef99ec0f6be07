import { arc, pie } from "d3-shape"
import { format } from "../../expression/format.ts"
import type { ChartData } from "./chart-data.ts"
import type { Mark, Plot, PlotOptions, Stop } from "./plot.ts"

/** A part of the whole; `series` decides its colour and pattern. */
export interface Slice {
  readonly name: string
  readonly value: number
  readonly series: number
}

const MOST_SLICES = 8
const LABELLED_FROM = 0.04
const AIR = 26

/** The slices of the first series in the order of the data; the smallest are put together where there are more than colours. */
export function slicesOf(data: ChartData): readonly Slice[] {
  const [series] = data.series
  const all = data.labels.map((name, index) => ({ name, value: Math.max(0, series?.values[index] ?? 0) }))
  if (all.length <= MOST_SLICES) return all.map((slice, index) => ({ ...slice, series: index }))
  const large = new Set([...all].sort((a, b) => b.value - a.value).slice(0, MOST_SLICES - 1))
  const rest = all.filter((slice) => !large.has(slice))
  const other = { name: `${rest.length} others`, value: rest.reduce((sum, { value }) => sum + value, 0) }
  return [...all.filter((slice) => large.has(slice)), other].map((slice, index) => ({ ...slice, series: index }))
}

/** A ring of slices with the share of each beside it and the whole in the middle. */
export function piePlot({ data, width, height, pattern, hidden }: PlotOptions): Plot {
  const slices = slicesOf(data).filter(({ name }) => !hidden.has(name))
  const total = slices.reduce((sum, { value }) => sum + value, 0)
  const radius = Math.max(24, Math.min(width - 2 * AIR - 24, height - 2 * AIR) / 2)
  const [x, y] = [width / 2, height / 2]
  const ring = arc<{ startAngle: number; endAngle: number }>()
    .innerRadius(radius * 0.6)
    .outerRadius(radius)
    .cornerRadius(2)
  const beside = arc<{ startAngle: number; endAngle: number }>()
    .innerRadius(radius + 14)
    .outerRadius(radius + 14)
  const angles = pie<Slice>()
    .value(({ value }) => value)
    .sort(null)
    .padAngle(slices.length > 1 ? 0.012 : 0)(slices)
  const marks: Mark[] = []
  const stops: Stop[] = []
  for (const angle of total > 0 ? angles : []) {
    const { name, value, series } = angle.data
    const share = value / total
    const [middleX, middleY] = ring.centroid(angle)
    const [labelX, labelY] = beside.centroid(angle)
    const words = format(share, share < 0.1 ? "0.#%" : "0%")
    marks.push({ kind: "slice", series, path: ring(angle) ?? "", stop: stops.length })
    if (share >= LABELLED_FROM) marks.push({ kind: "text", x: x + labelX, y: y + labelY, text: words })
    const text = `${format(value, pattern === "" ? undefined : pattern)} · ${words}`
    stops.push({ x: x + middleX, y: y + middleY, title: name, rows: [{ series, name, text }] })
  }
  marks.push({ kind: "text", x, y, text: format(total, pattern === "" ? undefined : pattern), large: true })
  return { width, height, frame: undefined, marks, stops, perRow: undefined }
}
