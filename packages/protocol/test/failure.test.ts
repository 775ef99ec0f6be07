import { Failure, type FailureCode, NexusError, reject, sentenceOf, statusOf } from "@nexus/protocol"
import { describe, expect, it } from "vitest"

const all: { [Code in FailureCode]: Extract<Failure, { code: Code }> } = {
  unauthenticated: { code: "unauthenticated", detail: "The token has expired." },
  forbidden: { code: "forbidden", detail: "Viewers cannot write.", role: "viewer", needed: "editor" },
  "not-found": { code: "not-found", what: "panel", id: "p9" },
  "invalid-input": { code: "invalid-input", detail: "expected a number", path: "frame.x" },
  "too-large": { code: "too-large", what: "frame", limit: 10, actual: 12, unit: "bytes" },
  "rate-limited": { code: "rate-limited", retryAfterMs: 1500 },
  conflict: { code: "conflict", detail: "That address is taken." },
  "operation-conflict": { code: "operation-conflict", operation: "state_set", target: "p.count", detail: "it changed" },
  "panel-invalid": { code: "panel-invalid", panel: "p", errors: 2, first: "no View", line: 3, column: 4 },
  "handler-unknown": { code: "handler-unknown", panel: "p", handler: "ad", known: ["add"] },
  "handler-failed": { code: "handler-failed", handler: "add", message: "Say what to buy", line: 12 },
  "handler-timeout": { code: "handler-timeout", handler: "loop", limitMs: 5000 },
  "handler-memory": { code: "handler-memory", handler: "grow", limitBytes: 134217728 },
  "capability-denied": { code: "capability-denied", capability: "http:https://x/*", detail: "nobody granted it" },
  "sandbox-crashed": { code: "sandbox-crashed", detail: "signal 9" },
  "lease-lost": { code: "lease-lost", workspace: "w" },
  "version-mismatch": { code: "version-mismatch", expected: "protocol 1", actual: "protocol 2" },
  unavailable: { code: "unavailable", what: "The journal", detail: "disk full" },
  "quota-exceeded": { code: "quota-exceeded", what: "tokens", limit: 10, used: 10 },
}

describe("every failure", () => {
  it.each(Object.values(all))(
    "$code parses, has one sentence with its values and an HTTP status of refusal",
    (failure) => {
      expect(Failure.parse(failure)).toEqual(failure)
      const sentence = sentenceOf(failure)
      expect(sentence).toMatch(/^\S.+[.:a-z ]$/s)
      expect(sentence).not.toMatch(/undefined|\[object/)
      expect(statusOf(failure)).toBeGreaterThanOrEqual(400)
    },
  )

  it("is known by its code: there is no other", () => {
    expect(Failure.safeParse({ code: "mystery" }).success).toBe(false)
    expect(Object.keys(all).length).toBe(Failure.options.length)
  })

  it("travels in an error with its sentence, or back as a rejection", () => {
    const error = new NexusError(all["not-found"])
    expect(error.message).toBe('There is no panel "p9"; it may have been removed.')
    expect(reject(error.failure)).toEqual({ ok: false, failure: all["not-found"] })
  })

  it("names the place in the source where it has one", () => {
    expect(sentenceOf(all["panel-invalid"])).toContain("line 3, column 4")
    expect(sentenceOf(all["handler-failed"])).toContain("at line 12:")
  })
})
