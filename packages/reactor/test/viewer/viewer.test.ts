import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const src = new URL("../../src/", import.meta.url)

/** Every module that is loaded with this one, types aside: own files by path, packages by name. */
function reachedFrom(entry: string): Set<string> {
  const reached = new Set<string>()
  const visit = (url: URL) => {
    const name = url.href.slice(src.href.length)
    if (reached.has(name)) return
    reached.add(name)
    const text = readFileSync(url, "utf8")
    for (const [, words = "", from = ""] of text.matchAll(/^(?:import|export)\s([^;]*?)\sfrom\s"([^"]+)"/gms)) {
      const types = words.startsWith("type ") || /^\{(\s*type [^,}]+,?)+\s*\}$/.test(words)
      if (types) continue
      if (from.startsWith(".")) visit(new URL(from, url))
      else reached.add(from)
    }
  }
  visit(new URL(entry, src))
  return reached
}

const PARSER =
  /^nxml\/|^language\/|expression\/(parse|scanner|analyse|binding|statements)\.ts|^chevrotain|^acorn|^eslint-scope/

describe("a viewer", () => {
  it("loads no parser, neither in its core nor with all components", () => {
    for (const entry of ["viewer/index.ts", "react/index.ts", "client/index.ts"]) {
      const parser = [...reachedFrom(entry)].filter((name) => PARSER.test(name))
      expect(parser, entry).toEqual([])
    }
    expect([...reachedFrom("index.ts")].filter((name) => PARSER.test(name)).length).toBeGreaterThan(5)
  })

  it("has a core without React", () => {
    const reached = [...reachedFrom("viewer/index.ts")]
    expect(reached.filter((name) => name.startsWith("react"))).toEqual([])
    expect(reached).toContain("compiled/decode.ts")
    expect(reached).toContain("layout/rows.ts")
    expect(reached).toContain("store/live-panel.ts")
  })
})
