import { scaleBand, scaleLinear, scalePoint, scaleUtc } from "d3-scale"
import { area, curveMonotoneX, line } from "d3-shape"
import type { ReactNode } from "react"
import { format } from "../expression/format.ts"
import type { ChartData, Series } from "./chart-data.ts"

export interface ChartDrawingProps {
  readonly data: ChartData
  /** `line`, `area`, `bar` or `scatter`. */
  readonly type: string
  readonly width: number
  readonly height: number
}

const TOP = 8
const BOTTOM = 24
const RIGHT = 8

/** Axes and marks as SVG, from numbers alone: the server draws the same picture as the browser. */
export function ChartDrawing({ data, type, width, height }: ChartDrawingProps): ReactNode {
  const [low, high] = domainOf(data.series, type)
  const y = scaleLinear([low, high], [height - BOTTOM, TOP]).nice(4)
  const ticks = y.ticks(4)
  const left = 12 + Math.max(...ticks.map((tick) => shortNumber(tick).length)) * 7
  const across: readonly [number, number] = [left, width - RIGHT]
  const band = type === "bar" ? scaleBand(data.labels.keys(), across).padding(0.25) : undefined
  const place = band ? (index: number) => (band(index) ?? left) + band.bandwidth() / 2 : placer(data, across)
  const every = Math.max(1, Math.ceil(data.labels.length / Math.max(2, Math.floor((width - left) / 72))))
  return (
    <svg
      className="nx-drawing"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`${data.series.map(({ name }) => name).join(", ")}: the table after this drawing has the numbers`}
    >
      {ticks.map((tick) => (
        <g key={tick} className="nx-tick" transform={`translate(0 ${y(tick)})`}>
          <line x1={left} x2={width - RIGHT} data-zero={tick === 0 || undefined} />
          <text x={left - 8} dy="0.32em" textAnchor="end">
            {shortNumber(tick)}
          </text>
        </g>
      ))}
      {data.labels.map((label, index) =>
        index % every === 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place has no identity but its position
          <g key={index} className="nx-tick" transform={`translate(${place(index)} ${height - 8})`}>
            <text textAnchor="middle">{label.length > 12 ? `${label.slice(0, 11)}…` : label}</text>
          </g>
        ) : null,
      )}
      {data.series.map((series, index) => (
        <g key={series.name} className="nx-series" style={{ color: `var(--_chart-${(index % 8) + 1})` }}>
          {band
            ? bars(series, data, index, {
                x: (at) => band(at) ?? left,
                y,
                width: band.bandwidth() / data.series.length,
              })
            : marks(series, data, type, { x: place, y })}
        </g>
      ))}
    </svg>
  )
}

interface Scales {
  readonly x: (index: number) => number
  readonly y: (value: number) => number
}

function bars(
  series: Series,
  data: ChartData,
  position: number,
  scales: Scales & { readonly width: number },
): ReactNode {
  return series.values.map((value, index) => {
    if (value === undefined) return null
    const from = scales.y(Math.max(0, value))
    const to = scales.y(Math.min(0, value))
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a place has no identity but its position
        key={index}
        x={scales.x(index) + position * scales.width}
        y={from}
        width={Math.max(1, scales.width - 1)}
        height={Math.max(0, to - from)}
        rx={2}
      >
        <title>{`${data.labels[index]} · ${series.name} ${format(value, undefined)}`}</title>
      </rect>
    )
  })
}

function marks(series: Series, data: ChartData, type: string, { x, y }: Scales): ReactNode {
  const points = [...series.values.keys()]
  const valueAt = (index: number) => series.values[index] ?? 0
  const has = (index: number) => series.values[index] !== undefined
  const path = line<number>(x, (index) => y(valueAt(index)))
    .defined(has)
    .curve(curveMonotoneX)
  const ground = area<number>(x, y(0), (index) => y(valueAt(index)))
    .defined(has)
    .curve(curveMonotoneX)
  const dots = type === "scatter" || points.length <= 40
  return (
    <>
      {type === "area" && <path className="nx-area" d={ground(points) ?? ""} />}
      {type !== "scatter" && <path className="nx-line" d={path(points) ?? ""} />}
      {dots &&
        points.filter(has).map((index) => (
          <circle key={index} cx={x(index)} cy={y(valueAt(index))} r={type === "scatter" ? 4 : 2.5}>
            <title>{`${data.labels[index]} · ${series.name} ${format(valueAt(index), undefined)}`}</title>
          </circle>
        ))}
    </>
  )
}

function placer(data: ChartData, range: readonly [number, number]): (index: number) => number {
  const { positions } = data
  const inner: [number, number] = [range[0] + 8, range[1] - 12]
  if (!positions) {
    const points = scalePoint(data.labels.keys(), inner)
    return (index) => points(index) ?? inner[0]
  }
  const domain: [number, number] = [Math.min(...positions), Math.max(...positions)]
  const scale = data.time ? scaleUtc(domain, inner) : scaleLinear(domain, inner)
  return (index) => scale(positions[index] ?? domain[0])
}

function domainOf(series: readonly Series[], type: string): [number, number] {
  const values = series.flatMap(({ values: all }) => all.filter((value) => value !== undefined))
  const zero = type === "bar" || type === "area" ? [0] : []
  const low = Math.min(...values, ...zero)
  const high = Math.max(...values, ...zero)
  if (!Number.isFinite(low)) return [0, 1]
  return low === high ? [Math.min(low, 0), Math.max(high, low === 0 ? 1 : 0)] : [low, high]
}

function shortNumber(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${format(value / 1e9, "0.#")}B`
  if (size >= 1e6) return `${format(value / 1e6, "0.#")}M`
  if (size >= 1e4) return `${format(value / 1e3, "0.#")}k`
  return format(value, undefined)
}
