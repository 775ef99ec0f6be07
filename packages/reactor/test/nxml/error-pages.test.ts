import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { ERROR_CODES, parsePanel, renderErrorPage } from "../../src/index.ts"
import { ERROR_PAGES } from "../../src/nxml/error-pages.ts"

const folder = new URL("../../../../docs/errors/", import.meta.url)

test("every code has its page, and no page is of another", () => {
  expect(readdirSync(folder).sort()).toEqual(ERROR_CODES.map((code) => `${code}.md`).sort())
})

test.each(ERROR_CODES)("the page of %s is up to date (node scripts/error-pages.ts)", (code) => {
  expect(readFileSync(new URL(`${code}.md`, folder), "utf8")).toBe(renderErrorPage(code))
})

test.each(ERROR_CODES)("the bad example of %s gives that code and no other, the good one gives none", (code) => {
  const { bad, good } = ERROR_PAGES[code]
  expect([...new Set(parsePanel(bad).diagnostics.map((diagnostic) => diagnostic.code))]).toEqual([code])
  expect(parsePanel(good).diagnostics).toEqual([])
})
