import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from "d3-shape"

/*
 * A series is told by more than its colour: a line by its dashes and the symbols on it, a ground by its pattern. The
 * first of each is plain, so a chart with one series is quiet.
 */
const COLOURS = 8
const DASHES: readonly (string | undefined)[] = [
  undefined,
  "7 3",
  "2 3",
  "9 3 2 3",
  "4 2",
  "1 2",
  "12 4",
  "6 2 2 2 2 2",
]
const SYMBOLS: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolWye,
  symbolStar,
]

export function colourOf(series: number): string {
  return `var(--_chart-${(series % COLOURS) + 1})`
}

export function dashOf(series: number): string | undefined {
  return DASHES[series % DASHES.length]
}

/** The outline of a series' symbol around the origin. */
export function symbolOf(series: number, small: boolean): string {
  return symbol(SYMBOLS[series % SYMBOLS.length], small ? 24 : 52)() ?? ""
}

/** The lines of a pattern in a square of 8 pixels; nothing for a plain ground. */
export const PATTERNS: readonly string[] = [
  "",
  "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6",
  "M0 2 H8 M0 6 H8",
  "M2 2 h1 M6 6 h1 M2 6 h0.01 M6 2 h0.01",
  "M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2",
  "M2 0 V8 M6 0 V8",
  "M0 4 H8 M4 0 V8",
  "M1 1 h2 v2 h-2 Z M5 5 h2 v2 h-2 Z",
]
