import { type ScaleLinear, scaleLinear, scaleUtc } from "d3-scale"
import { format } from "../../expression/format.ts"
import type { ChartData } from "./chart-data.ts"

/** A mark on an axis: where it stands in pixels, and how it reads. */
export interface Tick {
  readonly at: number
  readonly text: string
}

export type Range = readonly [from: number, to: number]

const DAY_MS = 86_400_000
const CHARACTER_WIDTH = 7
const LONGEST_LABEL = 14

/** The scale of values from the bottom to the top, ending on round numbers. */
export function valueScale([low, high]: Range, [bottom, top]: Range): ScaleLinear<number, number> {
  return scaleLinear([low, high], [bottom, top]).nice(tickCount(bottom - top))
}

/** Round numbers along a scale of values, one for about 44 pixels. */
export function valueTicks(scale: ScaleLinear<number, number>, pattern: string): readonly Tick[] {
  const [bottom = 0, top = 0] = scale.range()
  return scale.ticks(tickCount(bottom - top)).map((value) => ({ at: scale(value), text: valueText(value, pattern) }))
}

/** How a value reads beside an axis: by `pattern`, else short. */
export function valueText(value: number, pattern: string): string {
  return pattern === "" ? shortNumber(value) : format(value, pattern)
}

/** The space that the longest of these takes, in pixels: nothing measures text on a server. */
export function textWidth(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length)) * CHARACTER_WIDTH
}

export function shortened(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label
}

/** Round numbers or times along a horizontal axis that has distances. */
export function distanceTicks(domain: Range, range: Range, time: boolean): readonly Tick[] {
  const count = Math.max(2, Math.floor((range[1] - range[0]) / (time ? 84 : 72)))
  if (!time) {
    const scale = scaleLinear(domain, range)
    return spread(scale.ticks(count).map((value) => ({ at: scale(value), text: shortNumber(value) })))
  }
  const scale = scaleUtc(domain, range)
  const ticks = scale.ticks(count).map(Number)
  const step = smallestStep(ticks)
  return spread(ticks.map((at) => ({ at: scale(at), text: timeText(at, step) })))
}

/** The labels of places that have no distance, every second or third of them where all do not fit. */
export function placeTicks(data: ChartData, place: (index: number) => number): readonly Tick[] {
  const step = data.time && data.positions ? smallestStep(data.positions) : 0
  return spread(
    data.labels.map((label, index) => {
      const time = data.time ? data.positions?.[index] : undefined
      return { at: place(index), text: time === undefined ? shortened(label) : timeText(time, step) }
    }),
  )
}

/** Every n-th tick, with the smallest n for which no two texts touch. */
function spread(ticks: readonly Tick[]): readonly Tick[] {
  const fits = (every: number) => {
    let end = Number.NEGATIVE_INFINITY
    for (let index = 0; index < ticks.length; index += every) {
      const tick = ticks[index]
      if (!tick) break
      const half = textWidth([tick.text]) / 2 + 4
      if (tick.at - half < end) return false
      end = tick.at + half
    }
    return true
  }
  let every = 1
  while (every < ticks.length && !fits(every)) every += 1
  return ticks.filter((_, index) => index % every === 0)
}

/** A time as finely as the step between neighbours asks for. */
export function timeText(ms: number, step: number): string {
  const date = new Date(ms)
  if (step >= 350 * DAY_MS) return format(ms, "YYYY")
  if (step >= 27 * DAY_MS) return format(ms, date.getUTCMonth() === 0 ? "YYYY" : "MMM")
  if (step >= DAY_MS || ms % DAY_MS === 0) return format(ms, "D MMM")
  return format(ms, step < 60_000 ? "HH:mm:ss" : "HH:mm")
}

/** How a place reads by itself: a whole day, or a time of it. */
export function placeTitle({ labels, positions, time }: ChartData, index: number): string {
  const ms = positions?.[index]
  if (!time || ms === undefined) return labels[index] ?? ""
  return format(ms, ms % DAY_MS === 0 ? "D MMM YYYY" : "D MMM YYYY HH:mm")
}

function smallestStep(times: readonly number[]): number {
  const sorted = [...new Set(times)].sort((a, b) => a - b)
  const steps = sorted.slice(1).map((time, index) => time - (sorted[index] ?? time))
  return steps.length > 0 ? Math.min(...steps) : DAY_MS
}

function tickCount(length: number): number {
  return Math.max(2, Math.min(8, Math.round(length / 44)))
}

function shortNumber(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${format(value / 1e9, "0.##")}B`
  if (size >= 1e6) return `${format(value / 1e6, "0.##")}M`
  if (size >= 1e4) return `${format(value / 1e3, "0.##")}k`
  return size < 0.001 && size > 0 ? value.toExponential(0) : format(value, undefined)
}
