import { describe, expect, it } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { mixedRuns, RUNS_A_ROUND, seenAtFirst } from "./mixed-runs.ts"
import { runRequest } from "./run-request.ts"

/** `npm run fuzz -- pristine` does the same over 100,000 runs and more. */
export function runsStartPristine(sandbox: () => Sandbox, mixed: number): void {
  describe("a handler starts from a pristine sandbox: nothing of one run can be seen by the next", () => {
    it(`over ${mixed} mixed runs of three tenants`, async () => {
      const expected = await seenAtFirst(sandbox())
      for (let seed = 1; seed <= mixed / RUNS_A_ROUND; seed += 1) await mixedRuns(sandbox(), seed, expected)
    })

    it("and a run that went on after waiting leaves nothing either", async () => {
      const request = runRequest("globalThis.mark = 1\nawait nexus.sleep(1)\nreturn globalThis.mark")
      expect((await sandbox().run(request)).status).toBe("waiting")
      expect(await sandbox().run(runRequest("return typeof mark"))).toMatchObject({ value: "undefined" })
      const outcome = await sandbox().resume({
        id: request.id,
        replies: [{ id: 1, value: null }],
        input: request.input,
      })
      expect(outcome).toMatchObject({ value: 1 })
      expect(await sandbox().run(runRequest("return typeof mark"))).toMatchObject({ value: "undefined" })
    })
  })
}
