import { describe, expect, it } from "vitest"
import { rebaseEdits, textDifference } from "../../src/text/index.ts"
import { applyEdits } from "../../src/text/text-edit.ts"
import { generator } from "../world/server.ts"

const LINES = ["<View>", '  <Text content="Hello"/>', "  <Rows>", "</View>", "", '  <Text content="Bye"/>']

function randomText(random: (below: number) => number): string {
  return Array.from({ length: random(9) }, () => LINES[random(LINES.length)]).join("\n")
}

/** The text with a few words changed, put in or taken out. */
function changed(text: string, random: (below: number) => number): string {
  let result = text
  for (let edit = random(4); edit > 0; edit -= 1) {
    const at = random(result.length + 1)
    const word = ["", "x", "\n", 'content="', "  <New/>\n"][random(5)] ?? ""
    result = result.slice(0, at) + word + result.slice(at + random(6))
  }
  return result
}

describe("the difference of two texts", () => {
  it("turns the one into the other, in order and without overlap, for 2,000 pairs", () => {
    for (let seed = 1; seed <= 2000; seed += 1) {
      const random = generator(seed)
      const before = randomText(random)
      const after = random(2) ? changed(before, random) : randomText(random)
      const edits = textDifference(before, after)
      expect(applyEdits(before, edits), `seed ${seed}`).toBe(after)
      let end = 0
      for (const { offset, length } of edits) {
        expect(offset, `seed ${seed}`).toBeGreaterThanOrEqual(end)
        end = offset + length
      }
    }
  })

  it("leaves alone what is the same: two words far apart are two edits", () => {
    const before = '<Text content="one"/>\n<Rows/>\n<Text content="two"/>'
    expect(textDifference(before, before.replace("one", "1").replace("two", "2"))).toEqual([
      { offset: 15, length: 3, text: "1" },
      { offset: 45, length: 3, text: "2" },
    ])
  })

  it("of texts that have nothing in common is one edit, and soon found", () => {
    const lines = (word: string) => Array.from({ length: 5000 }, (_, at) => `${word} ${at * 7}`).join("\n")
    expect(applyEdits(lines("a"), textDifference(lines("a"), lines("b")))).toBe(lines("b"))
  })
})

describe("edits of one text made over others of it", () => {
  const over = (base: string, mine: string, theirs: string) =>
    applyEdits(mine, rebaseEdits(textDifference(base, theirs), textDifference(base, mine)))

  it("both arrive when they are apart", () => {
    expect(over("one two three", "1 two three", "one two 3")).toBe("1 two 3")
  })

  it("both words stand where both replaced one", () => {
    expect(over("a word b", "a mine b", "a theirs b")).toBe("a minetheirs b")
  })

  it("what both did alike is there once", () => {
    expect(over("a word b", "a same b", "a same b")).toBe("a same b")
  })

  it("what one took out stays out, and what the other put in there stands in its place", () => {
    expect(over("one\ntwo\nthree\n", "one\nthree\n", "one\ntwo\nand\nthree\n")).toBe("one\nand\nthree\n")
  })

  it("without edits of one's own they are what they were, for 500 texts", () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const random = generator(seed)
      const base = randomText(random)
      const theirs = changed(base, random)
      expect(over(base, base, theirs), `seed ${seed}`).toBe(theirs)
      expect(over(base, theirs, theirs), `seed ${seed}`).toBe(theirs)
    }
  })

  it("nothing that either typed is lost, for 500 texts", () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const random = generator(seed)
      const base = randomText(random)
      const put = (text: string, mark: string) => {
        const at = random(text.length + 1)
        return text.slice(0, at) + mark + text.slice(at)
      }
      const result = over(base, put(changed(base, random), "MINE"), put(changed(base, random), "THEIRS"))
      expect(result, `seed ${seed}`).toContain("THEIRS")
      expect(result.replace("THEIRS", ""), `seed ${seed}`).toContain("MINE")
    }
  })
})
