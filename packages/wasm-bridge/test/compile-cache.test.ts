import { expect, it } from "vitest"
import { CompileCache } from "../src/compile-cache.ts"

it("the cache drops what was used least recently once it is over its weight", () => {
  const cache = new CompileCache<number>(10)
  cache.set("a", 1, 4)
  cache.set("b", 2, 4)
  expect(cache.get("a")).toBe(1)
  cache.set("c", 3, 4)
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3])
})

it("the cache keeps one entry however heavy, and counts a replaced one once", () => {
  const cache = new CompileCache<number>(10)
  cache.set("a", 1, 100)
  expect(cache.get("a")).toBe(1)
  cache.set("a", 2, 5)
  cache.set("b", 3, 5)
  expect([cache.get("a"), cache.get("b"), cache.size]).toEqual([2, 3, 2])
})
