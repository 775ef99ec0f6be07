import type { TextEdit } from "./text-edit.ts"

/** Above this many differing pieces the exact way is not looked for: one edit from the first to the last of them. */
const MOST_STEPS = 400
const LINES = /[^\n]*\n|[^\n]+/g
const WORDS = /\w+|\s+|[^\w\s]/g

/**
 * Small edits that turn `before` into `after`, in order, none touching another: first by lines, then by words within the
 * lines that differ. They need not be the fewest; they have to leave alone what is the same, because cursors stand in it.
 */
export function textDifference(before: string, after: string): TextEdit[] {
  return differenceBy(LINES, before, after, 0).flatMap(({ offset, length, text }) =>
    differenceBy(WORDS, before.slice(offset, offset + length), text, offset),
  )
}

function differenceBy(pieces: RegExp, before: string, after: string, at: number): TextEdit[] {
  if (before === after) return []
  const [a, b] = [before.match(pieces) ?? [], after.match(pieces) ?? []]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const from = at + lengthOf(a.slice(0, start))
  return hunks(a.slice(start, a.length - end), b.slice(start, b.length - end), from)
}

/** Myers' greedy way: the furthest reach on every diagonal, kept for each step, then walked back. */
function hunks(a: readonly string[], b: readonly string[], at: number): TextEdit[] {
  const reached: Map<number, number>[] = []
  let furthest = new Map([[1, 0]])
  const most = Math.min(MOST_STEPS, a.length + b.length)
  for (let steps = 0; steps <= most; steps += 1) {
    reached.push(furthest)
    const next = new Map(furthest)
    for (let k = -steps; k <= steps; k += 2) {
      let x = goesDown(furthest, k, steps) ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return joined(walkBack(a, b, reached), a, b, at)
    }
    furthest = next
  }
  return [{ offset: at, length: lengthOf(a), text: b.join("") }]
}

function goesDown(furthest: ReadonlyMap<number, number>, k: number, steps: number): boolean {
  return k === -steps || (k !== steps && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1))
}

/** Pairs of pieces that stay, from the end to the beginning. */
function walkBack(a: readonly string[], b: readonly string[], reached: readonly Map<number, number>[]) {
  const kept: { x: number; y: number }[] = []
  let [x, y] = [a.length, b.length]
  for (let steps = reached.length - 1; steps >= 0; steps -= 1) {
    const furthest = reached[steps] ?? new Map<number, number>()
    const k = x - y
    const before = goesDown(furthest, k, steps) ? k + 1 : k - 1
    const fromX = furthest.get(before) ?? 0
    const fromY = fromX - before
    while (x > fromX && y > fromY) kept.push({ x: --x, y: --y })
    if (steps > 0) [x, y] = [fromX, fromY]
  }
  return kept.reverse()
}

/** What lies between pieces that stay, as edits that count in characters. */
function joined(
  kept: readonly { readonly x: number; readonly y: number }[],
  a: readonly string[],
  b: readonly string[],
  at: number,
): TextEdit[] {
  const edits: TextEdit[] = []
  let [x, y, offset] = [0, 0, at]
  for (const stays of [...kept, { x: a.length, y: b.length }]) {
    const length = lengthOf(a.slice(x, stays.x))
    const text = b.slice(y, stays.y).join("")
    if (length > 0 || text !== "") edits.push({ offset, length, text })
    offset += length + (a[stays.x]?.length ?? 0)
    x = stays.x + 1
    y = stays.y + 1
  }
  return edits
}

function lengthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0)
}
