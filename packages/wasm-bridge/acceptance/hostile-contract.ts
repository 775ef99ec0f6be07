import { describe, expect, it } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { hostileHandlers } from "./hostile-handlers.ts"
import { describeOutcome, runRequest, TIGHT } from "./run-request.ts"

export function hostileHandlersAreStopped(sandbox: () => Sandbox, stackBytes: number): void {
  describe("stops a handler that means harm, and its neighbours go on", () => {
    for (const { name, source, ends } of hostileHandlers) {
      it(name, async () => {
        const [outcome, neighbour] = await Promise.all([
          sandbox().run(runRequest(source, { limits: TIGHT })),
          sandbox().run(runRequest("return $args.a + 1", { tenant: "neighbour" })),
        ])
        const end = outcome.status === "failed" ? outcome.failure.code : outcome.status
        expect(ends, describeOutcome(outcome)).toContain(end)
        expect(neighbour, describeOutcome(neighbour)).toMatchObject({ status: "finished", value: 2 })
      })
    }
  })

  describe("a failure", () => {
    it("carries a message and a stack short enough to show", async () => {
      const outcome = await sandbox().run(runRequest("throw new Error('x'.repeat(1e6))"))
      const failure = outcome.status === "failed" ? outcome.failure : undefined
      expect(failure?.code === "handler-failed" && failure.message.length).toBeLessThan(3000)
    })

    it("comes with what the turn asked for until then, to be logged and never applied", async () => {
      const source = "$log.info('before')\n$state.count = 5\nthrow new Error('stop')"
      const outcome = await sandbox().run(runRequest(source))
      expect(outcome).toMatchObject({
        status: "failed",
        effects: [
          { kind: "log", message: "before" },
          { kind: "state_set", value: 5 },
        ],
      })
    })

    it("of an interrupted turn still brings the logs", async () => {
      const outcome = await sandbox().run(runRequest("$log.info('before')\nfor(;;){}", { limits: TIGHT }))
      expect(outcome).toMatchObject({
        failure: { code: "handler-timeout", limitMs: 100 },
        effects: [{ message: "before" }],
      })
    })

    it("points at the NXML line and column of the handler's text", async () => {
      const thrown = await sandbox().run(runRequest("\nconst a = 1\n  null.x", { line: 10 }))
      expect(thrown).toMatchObject({ failure: { code: "handler-failed", line: 12, column: 3 } })
      const first = await sandbox().run(runRequest("null.x", { line: 10 }))
      expect(first).toMatchObject({ failure: { line: 10, column: 1 } })
      const called = await sandbox().run(
        runRequest("function f() {\n  throw new RangeError('far')\n}\n\nf()", { line: 3 }),
      )
      expect(called).toMatchObject({
        failure: {
          line: 4,
          message: "RangeError: far",
          stack: expect.stringMatching(/^at f \(act:4:\d+\)\nat handler \(act:7:\d+\)$/),
        },
      })
    })

    it("of a syntax error points at its NXML line", async () => {
      const outcome = await sandbox().run(runRequest("const a = 1\nlet 5 = 3", { line: 20 }))
      expect(outcome).toMatchObject({ failure: { code: "handler-failed", line: 21 } })
    })

    it("of too little memory names the limit and where the handler stood", async () => {
      const limits = { ...TIGHT, cpuMs: 5000 }
      const outcome = await sandbox().run(runRequest("const a = []\nfor (;;) a.push([...Array(1e4)])", { limits }))
      expect(outcome).toMatchObject({ failure: { code: "handler-memory", limitBytes: TIGHT.memoryBytes, line: 2 } })
    })

    it("of a full stack names its size and where the handler stood", async () => {
      const outcome = await sandbox().run(runRequest("\nconst f = () => f() + 1\nf()", { line: 5 }))
      const message = `RangeError: Maximum call stack size exceeded of ${stackBytes / 1024} KB`
      expect(outcome).toMatchObject({ failure: { code: "handler-failed", message, line: 6 } })
    })

    it("of a loop names the last call before it", async () => {
      const outcome = await sandbox().run(
        runRequest("let n = 0\nn = Math.abs(n)\nfor (;;)\n  n += 1", { limits: TIGHT, line: 7 }),
      )
      expect(outcome, describeOutcome(outcome)).toMatchObject({ failure: { code: "handler-timeout", line: 8 } })
    })

    it("of too many host calls, and of too much asked for, names the figure and the line", async () => {
      const calls = await sandbox().run(runRequest("\nfor (;;) nexus.sleep(1)", { line: 3 }))
      expect(calls).toMatchObject({ failure: { code: "quota-exceeded", limit: 100, used: 101, line: 4, column: 16 } })
      const effects = await sandbox().run(
        runRequest("\n\nfor (;;) try { $emit('x', 'y'.repeat(1000)) } catch { break }"),
      )
      expect(effects).toMatchObject({ failure: { code: "too-large", what: "effects", limit: 1_048_576, line: 3 } })
      const calling = await sandbox().run(runRequest("for (;;) nexus.kv.set('s', 'k', 'x'.repeat(1e5))", { line: 9 }))
      expect(calling).toMatchObject({ failure: { code: "too-large", limit: 1_048_576, line: 9 } })
    })
  })
}
