import { expect, test } from "vitest"
import { type Failure, fromProblem, sentenceOf, toProblem } from "../../src/index.ts"

const failures: Failure[] = [
  { code: "unauthenticated", detail: "The token has expired." },
  { code: "forbidden", detail: "Viewers look.", role: "viewer", needed: "editor" },
  { code: "forbidden", detail: "This panel is locked." },
  { code: "not-found", what: "panel", id: "p_1" },
  { code: "invalid-input", detail: "too short", path: "message" },
  { code: "operation-conflict", operation: "panel_source", target: "p_1", detail: "it has changed" },
  { code: "panel-invalid", panel: "p_1", errors: 2, first: "<Buton> is unknown", line: 3, column: 5 },
  { code: "capability-denied", capability: "http:https://x/*", detail: "nobody granted it." },
  { code: "sandbox-crashed", detail: "exit 1" },
  { code: "unavailable", what: "The model", detail: "It is not available: no, really." },
]

test("a failure comes out of its problem as it went in", () => {
  for (const failure of failures) {
    const problem: unknown = JSON.parse(JSON.stringify(toProblem(failure)))
    expect(fromProblem(problem)).toEqual(failure)
  }
})

test("a problem's detail is the whole sentence", () => {
  for (const failure of failures) expect(toProblem(failure).detail).toBe(sentenceOf(failure))
})

test("what is not a problem of ours gives nothing", () => {
  for (const other of [undefined, null, "no", { status: 500 }, { code: "teapot", detail: "x" }]) {
    expect(fromProblem(other)).toBeUndefined()
  }
})
