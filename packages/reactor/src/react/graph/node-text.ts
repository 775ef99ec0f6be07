const LONGEST_LINE = 22
const MOST_LINES = 2
const CHARACTER_WIDTH = 7.4
const PADDING = 24

/** A label in at most two lines, with the box that holds it; in numbers alone, as nothing measures text on a server. */
export function nodeText(label: string): {
  readonly lines: readonly string[]
  readonly width: number
  readonly height: number
} {
  const lines = linesOf(label.trim())
  const width = Math.max(56, Math.ceil(Math.max(...lines.map(cells)) * CHARACTER_WIDTH) + PADDING)
  return { lines, width, height: 14 + lines.length * 18 }
}

/** The width of a text in cells of a Latin letter: what is written in squares takes two. */
export function cells(text: string): number {
  let sum = 0
  for (const character of text) sum += (character.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1
  return sum
}

function linesOf(label: string): readonly string[] {
  const lines: string[] = []
  let line = ""
  for (const word of label.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`
    if (cells(longer) <= LONGEST_LINE || line === "") {
      line = longer
      continue
    }
    lines.push(line)
    line = word
  }
  lines.push(line)
  const kept = lines.slice(0, MOST_LINES)
  if (lines.length > MOST_LINES) kept[MOST_LINES - 1] = `${kept[MOST_LINES - 1]}…`
  return kept.map(cut)
}

function cut(line: string): string {
  if (cells(line) <= LONGEST_LINE) return line
  const kept: string[] = []
  let taken = 0
  for (const character of line) {
    taken += cells(character)
    if (taken > LONGEST_LINE - 1) break
    kept.push(character)
  }
  return `${kept.join("")}…`
}
