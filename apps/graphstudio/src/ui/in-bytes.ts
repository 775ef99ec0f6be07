import { LANGUAGE } from "../words/language.ts"

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const

/** `1.5 MB`: in the largest unit of which there is one, by thousands of 1024. */
export function inBytes(amount: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(amount, 1)) / 10))
  const unit = UNITS[step] ?? "byte"
  const style = { style: "unit", unit, unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(LANGUAGE, style).format(amount / 1024 ** step)
}
