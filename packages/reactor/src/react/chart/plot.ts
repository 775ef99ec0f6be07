import type { Tick } from "./axes.ts"
import type { ChartData } from "./chart-data.ts"

/** What is drawn, without a colour: a value that a test can read and React turns into SVG. */
export interface Plot {
  readonly width: number
  readonly height: number
  readonly frame: Frame | undefined
  readonly marks: readonly Mark[]
  /** Where the pointer and the arrow keys stop, in reading order. */
  readonly stops: readonly Stop[]
  /** How many stops stand in a row, where they stand in rows. */
  readonly perRow: number | undefined
}

/** The field between the axes, in pixels. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly across: readonly Tick[]
  readonly up: readonly Tick[]
  /** Which ticks have a line across the field. */
  readonly grid: "none" | "up" | "both"
  /** The height of zero, where it is in sight. */
  readonly zero: number | undefined
}

/** `series` is the position that decides colour, pattern, dash and symbol. */
export type Mark =
  | { readonly kind: "line" | "area" | "slice"; readonly series: number; readonly path: string; readonly stop?: number }
  | { readonly kind: "dot"; readonly series: number; readonly x: number; readonly y: number; readonly small: boolean }
  | {
      readonly kind: "bar"
      readonly series: number
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
    }
  | {
      readonly kind: "cell"
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      /** From 0 for the smallest value to 1 for the largest. */
      readonly share: number
      readonly text: string
    }
  | { readonly kind: "text"; readonly x: number; readonly y: number; readonly text: string; readonly large?: true }

export interface Stop {
  readonly x: number
  readonly y: number
  readonly title: string
  readonly rows: readonly StopRow[]
  /** What is lit while the pointer is here: a band of the field, a cell. */
  readonly box?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export interface StopRow {
  readonly series: number | undefined
  readonly name: string
  readonly text: string
  readonly y?: number
}

export interface PlotOptions {
  readonly data: ChartData
  readonly type: string
  readonly width: number
  readonly height: number
  readonly stacked: boolean
  /** Pattern of the `format` helper for values. */
  readonly pattern: string
  /** Names of series, or of slices, that are switched off. */
  readonly hidden: ReadonlySet<string>
}

/** The stop nearest to a point; along the axis alone where every place has one. */
export function nearestStop({ stops, perRow, frame }: Plot, x: number, y: number, alongAxis: boolean): number {
  const [first] = stops
  const stretch = perRow && first?.box ? first.box.width / Math.max(1, first.box.height) : 1
  let best = -1
  let least = Number.POSITIVE_INFINITY
  if (frame && (x < frame.left - 16 || x > frame.right + 16)) return -1
  stops.forEach((stop, index) => {
    const distance = alongAxis ? Math.abs(stop.x - x) : Math.hypot(stop.x - x, (stop.y - y) * stretch)
    if (distance >= least) return
    best = index
    least = distance
  })
  return best
}

/** Where a key leads from a stop; nothing for keys that mean nothing here. */
export function stopAfterKey({ stops, perRow }: Plot, at: number, key: string): number | undefined {
  const last = stops.length - 1
  const within = (index: number) => Math.max(0, Math.min(index, last))
  switch (key) {
    case "ArrowRight":
      return within(at + 1)
    case "ArrowLeft":
      return at < 0 ? last : within(at - 1)
    case "ArrowDown":
      return perRow === undefined ? within(at + 1) : at + perRow <= last ? at + perRow : at
    case "ArrowUp":
      return perRow === undefined ? within(at - 1) : at - perRow >= 0 ? at - perRow : at
    case "Home":
      return 0
    case "End":
      return last
    default:
      return undefined
  }
}
