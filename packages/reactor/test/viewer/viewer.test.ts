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

const protocol = new URL("../../../protocol/src/", import.meta.url)
const IMPORTS = /^(import|export)\s([^;]*?)\sfrom\s"([^"]+)"/gms

/** The values, types aside, that an import's or export's words name. */
function namesIn(words: string): string[] {
  if (words.startsWith("type ")) return []
  const inner = /\{([^}]*)\}/s.exec(words)?.[1] ?? ""
  return inner
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
}

/** Packages that a bundler keeps with these values of the protocol: it has no side effects, so re-exports fall away. */
function packagesBehind(names: readonly string[]): Set<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const take = (url: URL, name: string) => {
    if (seen.has(`${url} ${name}`)) return
    seen.add(`${url} ${name}`)
    const statements = [...readFileSync(url, "utf8").matchAll(IMPORTS)]
    const passed = statements.find(([, verb, words = ""]) => verb === "export" && namesIn(words).includes(name))
    if (passed) return take(new URL(passed[3] ?? "", url), name)
    for (const [, verb, words = "", from = ""] of statements) {
      if (verb === "export" || words.startsWith("type ")) continue
      if (!from.startsWith(".")) packages.add(from)
      else for (const inner of namesIn(words)) take(new URL(from, url), inner.replace(/ as .*/, ""))
    }
  }
  for (const name of names) take(new URL("index.ts", protocol), name)
  return packages
}

/** The values that these modules of the reactor import from the protocol. */
function askedOfProtocol(modules: Iterable<string>): string[] {
  return [...modules].flatMap((name) => {
    if (!name.endsWith(".ts")) return []
    const statements = [...readFileSync(new URL(name, src), "utf8").matchAll(IMPORTS)]
    return statements.filter(([, , , from]) => from === "@nexus/protocol").flatMap(([, , words = ""]) => namesIn(words))
  })
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

  it("has a core without schemas and MessagePack, its part of the protocol included", () => {
    const reached = reachedFrom("viewer/index.ts")
    const asked = askedOfProtocol(reached)
    expect(asked).toEqual(expect.arrayContaining(["apply", "NexusError", "isJson", "packageComponents"]))
    expect([...reached, ...packagesBehind(asked)].filter((name) => /^(zod|msgpackr)/.test(name))).toEqual([])
    expect([...packagesBehind(["PanelData"])]).toEqual(["zod"])
    expect([...packagesBehind(["encodeMessage"])]).toContain("msgpackr")
  })
})
