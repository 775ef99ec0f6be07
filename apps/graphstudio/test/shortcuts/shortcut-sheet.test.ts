import { expect, test } from "vitest"
import { SHEET, searchSheet, sheetWith } from "../../src/shortcuts/shortcut-sheet.ts"

const linesIn = (groups: ReturnType<typeof sheetWith>) => groups.flatMap(({ rows }) => rows.map(({ label }) => label))

test("a command that the sheet tells of by its key is told once", () => {
  const lines = linesIn(sheetWith([{ label: "Gallery of panels", group: "Panels", shortcut: "N" }]))
  expect(lines).toEqual(linesIn(SHEET))
})

test("another command stands in its group, or under the rest where it has none", () => {
  const groups = sheetWith([
    { label: "Print", group: "Canvas" },
    { label: "Sign out", group: "Settings" },
  ])
  expect(groups.find(({ group }) => group === "Canvas")?.rows.at(-1)?.label).toBe("Print")
  expect(groups.at(-1)).toMatchObject({ title: "More", rows: [{ label: "Sign out" }] })
})

test("what leads to one of the many panels has no line, however many there are", () => {
  const commands = Array.from({ length: 200 }, (_, index) => ({ label: `Go to ${index}`, group: "Canvas" }) as const)
  expect(linesIn(sheetWith(commands.map((command) => ({ ...command, ofOne: true }))))).toEqual(linesIn(SHEET))
})

test("every word that is looked for stands in the line or over it", () => {
  expect(linesIn(searchSheet(SHEET, "canvas zoom"))).toContain("Zoom in")
  expect(linesIn(searchSheet(SHEET, "canvas gallery"))).toEqual([])
})
