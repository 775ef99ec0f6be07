import { expect, test } from "vitest"
import { Failure, Problem, sentenceOf, statusOf, toProblem } from "../../src/index.ts"

test("a failure becomes a problem that keeps its fields and says its sentence", () => {
  const failure: Failure = { code: "too-large", what: "request body", limit: 10, actual: 11, unit: "bytes" }
  expect(toProblem(failure)).toEqual({
    type: "urn:nexus:failure:too-large",
    title: "Too large",
    status: 413,
    detail: sentenceOf(failure),
    code: "too-large",
    what: "request body",
    limit: 10,
    actual: 11,
    unit: "bytes",
  })
})

test("every failure has a status from 400 on and passes the problem schema", () => {
  const samples: Record<Failure["code"], object> = {
    unauthenticated: { detail: "d" },
    forbidden: { detail: "d" },
    "not-found": { what: "panel", id: "p" },
    "invalid-input": { detail: "d" },
    "too-large": { what: "frame", limit: 1, unit: "bytes" },
    "rate-limited": { retryAfterMs: 1 },
    conflict: { detail: "d" },
    "operation-conflict": { operation: "state_set", target: "p", detail: "d" },
    "panel-invalid": { panel: "p", errors: 1, first: "f" },
    "handler-unknown": { panel: "p", handler: "h", known: [] },
    "handler-failed": { handler: "h", message: "m" },
    "handler-timeout": { handler: "h", limitMs: 1 },
    "handler-memory": { handler: "h", limitBytes: 1 },
    "capability-denied": { capability: "http", detail: "d" },
    "sandbox-crashed": { detail: "d" },
    "lease-lost": { workspace: "w" },
    "version-mismatch": { expected: "1", actual: "2" },
    unavailable: { what: "w", detail: "d" },
    "quota-exceeded": { what: "w", limit: 1, used: 2 },
  }
  for (const [code, fields] of Object.entries(samples)) {
    const failure = Failure.parse({ code, ...fields })
    expect(statusOf(failure)).toBeGreaterThanOrEqual(400)
    expect(Problem.parse(toProblem(failure))).toMatchObject({ code, detail: sentenceOf(failure) })
  }
})
