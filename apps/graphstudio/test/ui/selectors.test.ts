import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"

/*
 * A rule about "whatever stands after something" makes the browser look anew at all that stand beside each node that comes
 * or goes, wherever that is on the page: with two hundred panels it was most of a frame.
 */
const root = join(import.meta.dirname, "../../../..")
const sheets = globSync("{apps/graphstudio,packages/reactor}/src/**/*.css", { cwd: root })
const BESIDE_ANYTHING = /[+~]\s*\*/

test.each(sheets)("%s has no rule for whatever stands after something", (sheet) => {
  const lines = readFileSync(join(root, sheet), "utf8").split("\n")
  expect(lines.filter((line) => BESIDE_ANYTHING.test(line))).toEqual([])
})

test("such a rule would be found", () => {
  expect(sheets.length).toBeGreaterThan(5)
  expect(
    [".a > * + * {", ".a ~ * .b {", ".a + .b {", ".a > :not(:first-child) {"].map((rule) => BESIDE_ANYTHING.test(rule)),
  ).toEqual([true, true, false, false])
})
