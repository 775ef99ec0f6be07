import { describe, expect, test } from "vitest"
import { CATEGORIES, GALLERY } from "../../src/gallery/entries.ts"
import { findEntries } from "../../src/gallery/find-entries.ts"
import { nextInGrid } from "../../src/gallery/next-in-grid.ts"
import { gallerySource } from "../../src/home/gallery-sources.ts"

const titles = (text: string, category?: string) => findEntries(GALLERY, text, category).map(({ title }) => title)

describe("the gallery", () => {
  test("has a name on screen for each category, and nothing in another one", () => {
    expect(CATEGORIES.map(({ name }) => name)).toEqual([...new Set(GALLERY.map(({ category }) => category))])
  })

  test("has a source for each entry", async () => {
    for (const { folder, title } of GALLERY) expect(await gallerySource(folder)).toContain(`title="${title}"`)
  })

  test("finds a panel by the beginnings of its words, whatever their order and case", () => {
    expect(titles("TIMER foc")).toEqual(["Focus timer"])
    expect(titles("pomodoro")).toEqual(["Focus timer"])
    expect(titles("a/b")).toEqual(["A/B calculator"])
    expect(titles("imer")).toEqual([])
  })

  test("puts those first whose title has the word", () => {
    expect(titles("csv")[0]).toBe("CSV explorer")
    expect(titles("csv").length).toBeGreaterThan(2)
  })

  test("looks in one category alone where one is chosen", () => {
    expect(titles("", "Operations")).toEqual(["On-call handover", "Service health", "API explorer"])
    expect(titles("kanban", "Operations")).toEqual([])
  })
})

describe("arrows in the grid", () => {
  test.each([
    [-1, "ArrowDown", 0],
    [0, "ArrowRight", 1],
    [0, "ArrowDown", 3],
    [7, "ArrowDown", 7],
    [6, "ArrowDown", 7],
    [0, "ArrowUp", 0],
    [4, "ArrowUp", 1],
    [5, "End", 7],
    [5, "Home", 0],
    [5, "a", undefined],
  ])("from %i with %s to %s", (from, key, to) => expect(nextInGrid(from, key, 8, 3)).toBe(to))
})
