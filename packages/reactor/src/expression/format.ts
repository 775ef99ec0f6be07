import { numberOf, textOf } from "./values.ts"

/**
 * Words for numbers and times. Everything is English and UTC, written here instead of taken from Intl, so that a server,
 * a browser and a test show the same characters.
 */
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
]

/**
 * A number by a pattern of zeros (`0`, `0.00`, `0,0`, `0%`, `€0.00`, `0.0 km`), a time (milliseconds or ISO text) by a
 * pattern of `YYYY MM DD HH mm ss MMM ddd`. Without a pattern: a number with thousands parted, else text.
 */
export function format(value: unknown, pattern: unknown): string {
  if (value === null || value === undefined) return ""
  const shape = pattern === undefined ? "" : textOf(pattern)
  if (/YY|MM|DD|HH|mm|ss|ddd/.test(shape)) return formatTime(value, shape)
  if (shape === "" && typeof value !== "number") return textOf(value)
  return formatNumber(numberOf(value), shape || "0,0.###")
}

function formatNumber(value: number, shape: string): string {
  if (!Number.isFinite(value)) return ""
  const match = /0(?:,0+)?(?:\.([0#]+))?/.exec(shape)
  if (match === null) return shape
  const percent = shape.includes("%")
  const decimals = (match[1] ?? "").slice(0, 20)
  const fixed = Math.abs(percent ? value * 100 : value).toFixed(decimals.length)
  const [whole = "0", fraction = ""] = fixed.split(".")
  const kept = trimZeros(fraction, decimals.indexOf("#"))
  const grouped = match[0].includes(",") ? whole.replace(/\B(?=(?:\d{3})+$)/g, ",") : whole
  const digits = kept === "" ? grouped : `${grouped}.${kept}`
  const sign = value < 0 && /[1-9]/.test(digits) ? "-" : ""
  return sign + shape.slice(0, match.index) + digits + shape.slice(match.index + match[0].length)
}

/** Drops zeros at the end, down to `from` digits; `from` < 0 keeps all. */
function trimZeros(fraction: string, from: number): string {
  if (from < 0) return fraction
  let end = fraction.length
  while (end > from && fraction.charAt(end - 1) === "0") end--
  return fraction.slice(0, end)
}

function formatTime(value: unknown, shape: string): string {
  const ms = timeOf(value)
  if (Number.isNaN(ms)) return ""
  const date = new Date(ms)
  return shape.replace(/YYYY|YY|MMMM|MMM|MM|DD|D|dddd|ddd|HH|mm|ss/g, (token) => timePart(date, token))
}

function timePart(date: Date, token: string): string {
  switch (token) {
    case "YYYY":
      return String(date.getUTCFullYear())
    case "YY":
      return twoDigits(date.getUTCFullYear() % 100)
    case "MMMM":
      return MONTHS[date.getUTCMonth()] ?? ""
    case "MMM":
      return (MONTHS[date.getUTCMonth()] ?? "").slice(0, 3)
    case "MM":
      return twoDigits(date.getUTCMonth() + 1)
    case "DD":
      return twoDigits(date.getUTCDate())
    case "D":
      return String(date.getUTCDate())
    case "dddd":
      return DAYS[date.getUTCDay()] ?? ""
    case "ddd":
      return (DAYS[date.getUTCDay()] ?? "").slice(0, 3)
    case "HH":
      return twoDigits(date.getUTCHours())
    case "mm":
      return twoDigits(date.getUTCMinutes())
    default:
      return twoDigits(date.getUTCSeconds())
  }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0")
}

function timeOf(value: unknown): number {
  const ms = typeof value === "number" ? value : Date.parse(textOf(value))
  return Math.abs(ms) <= 8.64e15 ? ms : Number.NaN
}

/** `1 item`, `3 items`; `many` where adding an s is wrong. */
export function plural(count: number, one: string, many?: string): string {
  return `${format(count, undefined)} ${Math.abs(count) === 1 ? one : (many ?? `${one}s`)}`
}

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
]

/** `5 minutes ago`, `in 2 days`, `now`; `now` defaults to the clock of the machine that shows it. */
export function relativeTime(time: unknown, now: unknown): string {
  const difference = timeOf(time) - (now === undefined ? Date.now() : timeOf(now))
  if (Number.isNaN(difference)) return ""
  const size = Math.abs(difference)
  for (const [name, ms] of UNITS) {
    if (size < ms) continue
    const words = plural(Math.floor(size / ms), name)
    return difference < 0 ? `${words} ago` : `in ${words}`
  }
  return "now"
}
