import { expect, test } from "vitest"
import { createTokenCounter } from "../../src/context/tokens.ts"

const counter = createTokenCounter()

test("tokens are those of o200k_base", () => {
  expect(counter.count("")).toBe(0)
  expect(counter.count("hello world")).toBe(2)
  expect(counter.count('<Button label="Add"/>')).toBe(5)
})

test("text that looks like a control token is counted as text", () => {
  expect(counter.count("<|endoftext|>")).toBeGreaterThan(1)
})

test("an endless word is counted without quadratic work", () => {
  expect(counter.count("a".repeat(200_000))).toBeGreaterThan(10_000)
})
