import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const css = readFileSync(new URL("../../src/ui/tokens.css", import.meta.url), "utf8")

/** The tokens of a look: those of the root, and over them those of more contrast. */
function tokensOf(contrast: "usual" | "more"): Map<string, string> {
  const tokens = new Map<string, string>()
  const blocks = [":root {", ...(contrast === "more" ? [':root[data-contrast="more"] {'] : [])]
  for (const head of blocks) {
    const start = css.indexOf(head)
    const block = css.slice(start, css.indexOf("\n}", start))
    for (const [, name = "", value = ""] of block.matchAll(/(--nx-[\w-]+):\s*([^;]+);/g)) tokens.set(name, value)
  }
  return tokens
}

function lightness(tokens: ReadonlyMap<string, string>, name: string, dark: boolean): number {
  const value = tokens.get(name) ?? ""
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
  if (other) return lightness(tokens, other, dark)
  const hexes = [...value.matchAll(/#(\w\w)(\w\w)(\w\w)/g)][dark ? 1 : 0]
  if (hexes) return weighed(hexes.slice(1).map((byte) => linear(Number.parseInt(byte, 16) / 255)))
  const both = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)|oklch\(([\d.]+) 0 0\)/g)]
  const [, l = "", c = "0", h = "0", grey = ""] = both[dark ? 1 : 0] ?? []
  return luminance(Number(l || grey), Number(c), Number(h))
}

/** Relative luminance of WCAG 2 for a colour in OKLCH, by Ottosson's matrices. */
function luminance(l: number, chroma: number, hue: number): number {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const cone = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ]
  const mix = (...weights: number[]) => weights.reduce((sum, weight, index) => sum + weight * (cone[index] ?? 0), 0)
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const red = clamp(mix(4.0767416621, -3.3077115913, 0.2309699292))
  const green = clamp(mix(-1.2684380046, 2.6097574011, -0.3413193965))
  const blue = clamp(mix(-0.0041960863, -0.7034186147, 1.707614701))
  return weighed([red, green, blue])
}

/** A channel of sRGB as light. */
function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}

function weighed([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const GROUNDS = ["bg", "surface", "raised", "sunken", "hover"]
/** The colours of charts are also those of people, under the letters of their name, and of code. */
const CHARTS = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `chart-${number}`)
const MEANINGS = ["accent", "good", "careful", "wrong", "info"]
/** What text stands on what. */
const PAIRS = [
  ...["ink", "ink-soft", "ink-faint"].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...MEANINGS.flatMap((text) => ["surface", "raised", `${text}-soft`].map((ground) => [text, ground] as const)),
  ...MEANINGS.flatMap((meaning) => [["ink", `${meaning}-soft`] as const]),
  ...CHARTS.flatMap((text) => ["surface", "raised", "sunken"].map((ground) => [text, ground] as const)),
  ["on-accent", "accent"] as const,
  ["surface", "wrong"] as const,
]

function tooFaint(contrast: "usual" | "more", least: number): string[] {
  const tokens = tokensOf(contrast)
  return [false, true].flatMap((dark) =>
    PAIRS.flatMap(([text, ground]) => {
      const [one, two] = [text, ground].map((name) => lightness(tokens, `--nx-${name}`, dark))
      const ratio = (Math.max(one ?? 0, two ?? 0) + 0.05) / (Math.min(one ?? 0, two ?? 0) + 0.05)
      return ratio >= least ? [] : [`${text} on ${ground}, ${dark ? "dark" : "light"}: ${ratio.toFixed(2)}`]
    }),
  )
}

describe("the colours of the studio", () => {
  it("black on white is 21 to 1, so the sums are right", () => {
    expect((luminance(1, 0, 0) + 0.05) / (luminance(0, 0, 0) + 0.05)).toBeCloseTo(21, 1)
  })

  it("every text reaches AA, 4.5 to 1, on everything it stands on, in light and in dark", () => {
    expect(tooFaint("usual", 4.5)).toEqual([])
  })

  it("with more contrast every text reaches AAA, 7 to 1", () => {
    expect(tooFaint("more", 7)).toEqual([])
  })
})
