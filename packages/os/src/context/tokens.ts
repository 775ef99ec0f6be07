import { createRequire } from "node:module"
import type { Tiktoken } from "tiktoken/lite"

/**
 * Counts tokens as o200k_base does. The encoder's tables are read from the package at the first count (some 0.3 s), so
 * a server calls `count("")` before it takes questions. Text is counted in slices: the encoder is quadratic in one
 * unbroken word, and a slice more costs at most a token or two, always to the safe side. The
 * newest counts are kept, because the instructions and most panels are the same from one question to the next.
 */
export interface TokenCounter {
  count(text: string): number
}

const SLICE = 2_000
const KEPT = 200

export function createTokenCounter(): TokenCounter {
  let encoder: Tiktoken | undefined
  const kept = new Map<string, number>()
  return {
    count(text) {
      const known = kept.get(text)
      if (known !== undefined) return known
      encoder ??= loadEncoder()
      let tokens = 0
      for (let start = 0; start < text.length; start += SLICE) {
        tokens += encoder.encode_ordinary(text.slice(start, start + SLICE)).length
      }
      kept.set(text, tokens)
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
      return tokens
    },
  }
}

function loadEncoder(): Tiktoken {
  const require = createRequire(import.meta.url)
  const lite: typeof import("tiktoken/lite") = require("tiktoken/lite")
  const data: {
    bpe_ranks: string
    special_tokens: Record<string, number>
    pat_str: string
  } = require("tiktoken/encoders/o200k_base.json")
  return new lite.Tiktoken(data.bpe_ranks, data.special_tokens, data.pat_str)
}
