import { expect, it } from "vitest"
import { byteLength, jsonDepthExceeds } from "../../src/vm/marshal.ts"

it("the byte length of a text is that of its UTF-8", () => {
  for (const text of ["", "abc", "ü", "€", "😀", "a😀ü€\0"]) expect(byteLength(text)).toBe(Buffer.byteLength(text))
})

it("the depth of a JSON text counts brackets outside strings", () => {
  expect(jsonDepthExceeds("[[[1]]]", 2)).toBe(true)
  expect(jsonDepthExceeds("[[[1]]]", 3)).toBe(false)
  expect(jsonDepthExceeds('["[[[[[","\\"[[[[", {}]', 2)).toBe(false)
  expect(jsonDepthExceeds("[1],[2],[3]".repeat(10), 1)).toBe(false)
})
