const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `5m`, `1h` in milliseconds; undefined for anything else, and for nothing or more than a year. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text.trim())
  if (match === null) return undefined
  const ms = Number(match[1]) * (UNITS[match[2] ?? ""] ?? 0)
  return ms > 0 && ms <= 366 * 86_400_000 ? ms : undefined
}

const FIELDS: readonly (readonly [least: number, most: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
]

/** Is it five cron fields of numbers, lists, ranges and steps within their bounds? */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/)
  return fields.length === 5 && fields.every((field, index) => isCronField(field, FIELDS[index] ?? [0, 0]))
}

function isCronField(field: string, [least, most]: readonly [number, number]): boolean {
  return field.split(",").every((part) => {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part)
    if (match === null || match[3] === "0") return false
    return [match[1], match[2]].every(
      (bound) => bound === undefined || (Number(bound) >= least && Number(bound) <= most),
    )
  })
}
