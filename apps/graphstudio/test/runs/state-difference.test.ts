import { describe, expect, it } from "vitest"
import { stateDifferences } from "../../src/runs/state-difference.ts"

describe("the difference of two states", () => {
  it("is nothing for states that say the same", () => {
    expect(stateDifferences({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([])
    expect(stateDifferences({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toEqual([])
  })

  it("goes as deep as they differ, and no deeper", () => {
    const before = { user: { name: "Ada", langs: { en: true } }, count: 1 }
    const after = { user: { name: "Ada", langs: { en: false } }, count: 2 }
    expect(stateDifferences(before, after)).toEqual([
      { path: "user.langs.en", before: true, after: false },
      { path: "count", before: 1, after: 2 },
    ])
  })

  it("tells what came and what went", () => {
    expect(stateDifferences({ old: 1 }, { new: null })).toEqual([
      { path: "old", before: 1, after: undefined },
      { path: "new", before: undefined, after: null },
    ])
  })

  it("knows items by their key wherever they stand", () => {
    const milk = { id: "milk", done: false }
    const bread = { id: "bread", done: false }
    const differences = stateDifferences({ items: [milk, bread] }, { items: [bread, { ...milk, done: true }] })
    expect(differences).toEqual([{ path: "items.#milk.done", before: false, after: true }])
  })

  it("says that items only changed places", () => {
    const items = [{ id: 1 }, { id: 2 }]
    const turned = [{ id: 2 }, { id: 1 }]
    expect(stateDifferences({ items }, { items: turned })).toEqual([{ path: "items", before: items, after: turned }])
  })

  it("tells items without a key apart by their place", () => {
    expect(stateDifferences({ log: ["a"] }, { log: ["a", "b"] })).toEqual([
      { path: "log.[1]", before: undefined, after: "b" },
    ])
  })

  it("a value that became another kind of value is one difference", () => {
    expect(stateDifferences({ a: { b: 1 } }, { a: [1] })).toEqual([{ path: "a", before: { b: 1 }, after: [1] }])
  })

  it("stops at two hundred", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, index]))
    expect(stateDifferences({}, many)).toHaveLength(200)
  })
})
