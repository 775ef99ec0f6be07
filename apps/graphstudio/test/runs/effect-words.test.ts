import { describe, expect, it } from "vitest"
import { callInWords, effectInWords, replyInWords } from "../../src/runs/effect-words.ts"

describe("what a turn did, in words", () => {
  it("names the place in the state and the value", () => {
    expect(effectInWords({ kind: "state_set", path: ["items", { key: "milk" }, "done"], value: true })).toBe(
      "sets items.#milk.done to true",
    )
    expect(effectInWords({ kind: "state_unset", path: ["draft"] })).toBe("clears draft")
  })

  it("says of a list what came and what went", () => {
    const splice = { kind: "state_splice" as const, path: ["items"], index: 0 }
    expect(effectInWords({ ...splice, remove: [], insert: ["tea"] })).toBe('adds "tea" to items')
    expect(effectInWords({ ...splice, remove: [{ key: 1 }, { key: 2 }], insert: [] })).toBe(
      "removes 2 items from items",
    )
    expect(effectInWords({ ...splice, remove: [{ key: 1 }], insert: ["tea"] })).toBe(
      'puts "tea" in the place of 1 item in items',
    )
  })

  it("writes a call as the handler does, and its answer or its error below", () => {
    const call = { id: 1, capability: "http", method: "fetch", args: ["https://x.org", { method: "POST" }] }
    expect(callInWords(call)).toBe('http.fetch("https://x.org", {"method":"POST"})')
    expect(replyInWords({ id: 1, value: { ok: true } })).toEqual({ text: '{"ok":true}', failed: false })
    expect(replyInWords({ id: 1, value: null })).toEqual({ text: "done", failed: false })
    expect(replyInWords({ id: 1, error: { code: "unavailable", message: "It is gone." } })).toEqual({
      text: "It is gone.",
      failed: true,
    })
    expect(replyInWords(undefined)).toEqual({ text: "no answer yet", failed: false })
  })
})
