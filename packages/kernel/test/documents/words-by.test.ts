import { expect, test } from "vitest"
import * as Y from "yjs"
import { WordsBy } from "../../src/documents/words-by.ts"

const AUTHORS = ["ada", "ben", "cyd"]

/** A seeded stream of numbers from 0 to below 1. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test("words of all authors are the text, words of none what is saved, whoever typed where and took out what", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = randomOf(seed)
    const text = new Y.Doc().getText("source")
    text.insert(0, "saved")
    const words = new WordsBy("saved", "saved", undefined)
    let author = ""
    text.observe(({ delta }) => words.note(delta, author))
    for (let turn = 0; turn < 30; turn += 1) {
      author = AUTHORS[Math.floor(random() * AUTHORS.length)] ?? ""
      const place = Math.floor(random() * (text.length + 1))
      if (random() < 0.4) text.delete(place, Math.min(text.length - place, Math.floor(random() * 4)))
      else text.insert(place, author.slice(0, 1 + Math.floor(random() * 3)))
    }
    const saving = words.cut()
    const full = text.toString()
    expect([seed, words.textOf(new Set(), saving)]).toEqual([seed, "saved"])
    expect([seed, words.textOf(new Set(AUTHORS), saving)]).toEqual([seed, full])
    author = "ada"
    text.insert(0, "late")
    expect([seed, words.textOf(new Set(AUTHORS), saving)]).toEqual([seed, full])
    const first = words.textOf(new Set(["ben"]), saving)
    words.saved(new Set(["ben"]), saving)
    expect([seed, words.textOf(new Set(), saving)]).toEqual([seed, first])
    words.saved(new Set(AUTHORS), saving)
    expect([seed, words.textOf(new Set(), words.cut())]).toEqual([seed, full])
    expect([seed, words.textOf(new Set(["ada"]), words.cut())]).toEqual([seed, `late${full}`])
  }
})

test("each author's words stand alone: what another put in or took out is not in them", () => {
  const words = new WordsBy("one two", "one two", undefined)
  words.note([{ retain: 3 }, { insert: " and" }], "ada")
  words.note([{ retain: 4 }, { delete: 3 }, { insert: "or" }], "ben")
  const saving = words.cut()
  expect(words.textOf(new Set(["ada"]), saving)).toBe("one and two")
  expect(words.textOf(new Set(["ben"]), saving)).toBe("oneor two")
  expect(words.textOf(new Set(["ada", "ben"]), saving)).toBe("one or two")
})
