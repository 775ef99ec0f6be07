import { UsageError } from "./io.ts"

/** A whole number above 0, or a UsageError that names the option. */
export function countOption(text: string, option: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`${option} takes a number above 0, not "${text}"`)
  return value
}
