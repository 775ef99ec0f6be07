import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { parsePanel } from "../../src/index.ts"

interface Finding {
  readonly code: string
  readonly line: number
}
interface Case {
  readonly name: string
  readonly source: string
  readonly errors: readonly Finding[]
  readonly warnings: readonly Finding[]
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL("../conformance/nxml.json", import.meta.url), "utf8"))

function findings(source: string, severity: "error" | "warning"): Finding[] {
  return parsePanel(source)
    .diagnostics.filter((diagnostic) => diagnostic.severity === severity)
    .map(({ code, range }) => ({ code, line: range.line }))
}

test.each(cases)("conformance: $name", ({ source, errors, warnings }) => {
  expect(findings(source, "error")).toEqual(errors)
  expect(findings(source, "warning")).toEqual(expect.arrayContaining([...warnings]))
})
