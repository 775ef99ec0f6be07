/** Everybody keeps one colour of the chart palette, the same on every screen. */
export function personColour(id: string): string {
  let hash = 7
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return `var(--nx-chart-${(hash % 8) + 1})`
}
