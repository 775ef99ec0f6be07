import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
]
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" })

/** "3 minutes ago"; a date once it is more than a week back. */
export function ago(atMs: number, nowMs: number): string {
  const passed = atMs - nowMs
  if (Math.abs(passed) < 5000) return say("just now")
  if (Math.abs(passed) > 7 * 86_400_000) return new Date(atMs).toLocaleDateString(LANGUAGE, { dateStyle: "medium" })
  for (const [unit, ms] of UNITS) {
    if (Math.abs(passed) >= ms) return relative.format(Math.round(passed / ms), unit)
  }
  return say("just now")
}

/** An instant to the second, in the viewer's zone: "Nov 20, 16:04:09". */
export function instant(atMs: number): string {
  return new Date(atMs).toLocaleString(LANGUAGE, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  })
}
