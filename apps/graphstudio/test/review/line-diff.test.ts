import { describe, expect, it } from "vitest"
import { diffLines, foldDiff } from "../../src/review/line-diff.ts"

function texts(before: string, after: string) {
  const lines = diffLines(before, after)
  return {
    before: lines
      .filter(({ kind }) => kind !== "added")
      .map(({ text }) => text)
      .join("\n"),
    after: lines
      .filter(({ kind }) => kind !== "removed")
      .map(({ text }) => text)
      .join("\n"),
    changed: lines.filter(({ kind }) => kind !== "same").length,
  }
}

describe("a difference by lines", () => {
  it("one changed line is one removed and one added", () => {
    expect(diffLines("a\nb\nc", "a\nx\nc")).toEqual([
      { kind: "same", text: "a" },
      { kind: "removed", text: "b" },
      { kind: "added", text: "x" },
      { kind: "same", text: "c" },
    ])
  })

  it("both texts can be read back from 300 random differences", () => {
    const seed = 20_261_120
    let random = seed
    const next = (below: number) => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
      return random % below
    }
    const text = () => Array.from({ length: next(12) + 1 }, () => "abcd"[next(4)]).join("\n")
    for (let round = 0; round < 300; round += 1) {
      const [before, after] = [text(), text()]
      const read = texts(before, after)
      expect(read.before, `seed ${seed} round ${round}`).toBe(before)
      expect(read.after, `seed ${seed} round ${round}`).toBe(after)
    }
  })

  it("equal texts differ nowhere", () => {
    expect(texts("a\nb", "a\nb").changed).toBe(0)
  })

  it("what is far from a difference is folded away and counted", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`)
    const rows = foldDiff(diffLines(lines.join("\n"), lines.with(20, "changed").join("\n")))
    expect(rows[0]).toEqual({ kind: "skipped", lines: 17 })
    expect(rows.at(-1)).toEqual({ kind: "skipped", lines: 16 })
    expect(rows).toHaveLength(1 + 3 + 2 + 3 + 1)
  })
})
