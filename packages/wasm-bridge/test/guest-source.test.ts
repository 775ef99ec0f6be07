import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const folder = new URL("../src/guest/", import.meta.url)

describe("the prelude", () => {
  it("asks nothing of a prototype that a handler may have changed", () => {
    for (const name of readdirSync(folder)) {
      const source = readFileSync(new URL(name, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
      expect(source, `${name} has a template`).not.toMatch(/`[^`]*\$\{/)
      expect(source, `${name} iterates`).not.toMatch(/\bfor \(const \w+ of\b|(?:const|let) \[/)
      expect(source, `${name} calls a method`).not.toMatch(/\.(?:push|map|join|slice|then|test|call|apply)\(/)
    }
  })
})
