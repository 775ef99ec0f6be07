import { describe, expect, it, onTestFinished } from "vitest"
import type { Journal } from "../src/storage/journal.ts"
import type { WaitingRun } from "../src/workspace/waiting/waiting-run.ts"
import { createWaitingStore, hasWaitingRuns } from "../src/workspace/waiting/waiting-store.ts"

/** What the store of waiting runs promises on a journal. `reopen` ends the journal and opens it again. */
export function waitingRunsAreKept(
  name: string,
  create: () => Promise<{ journal: Journal; reopen: () => Promise<Journal> }>,
): void {
  const notes: string[] = []
  const storeOf = (journal: Journal, workspace = "w") =>
    createWaitingStore(journal.values, workspace, (message) => notes.push(message))

  describe(`the store of waiting runs on ${name}`, () => {
    it("gives back what was saved last, after the journal was opened anew", async () => {
      const { journal, reopen } = await create()
      await storeOf(journal).save(waitingRun("run_1"))
      await storeOf(journal).save({ ...waitingRun("run_1"), turn: 4 })
      await storeOf(journal).save(waitingRun("run_2"))
      const again = await reopen()
      onTestFinished(() => again.close())
      expect(await storeOf(again).list()).toEqual([{ ...waitingRun("run_1"), turn: 4 }, waitingRun("run_2")])
    })

    it("forgets what was removed, and keeps workspaces apart", async () => {
      const { journal } = await create()
      onTestFinished(() => journal.close())
      await storeOf(journal).save(waitingRun("run_1"))
      await storeOf(journal, "other").save(waitingRun("run_2"))
      expect(await hasWaitingRuns(journal.values, "w")).toBe(true)
      await storeOf(journal).remove("run_1")
      await storeOf(journal).remove("run_1")
      expect(await storeOf(journal).list()).toEqual([])
      expect(await hasWaitingRuns(journal.values, "w")).toBe(false)
      expect(await storeOf(journal, "other").list()).toHaveLength(1)
    })

    it("passes over what it cannot read, and says so", async () => {
      const { journal } = await create()
      onTestFinished(() => journal.close())
      await storeOf(journal).save(waitingRun("run_1"))
      await journal.values.set("w", "waiting-runs", "run_0", '{"run":"run_0"}')
      expect(await storeOf(journal).list()).toEqual([waitingRun("run_1")])
      expect(notes).toContain("a waiting run cannot be read")
    })
  })
}

function waitingRun(run: string): WaitingRun {
  return {
    run,
    turn: 0,
    request: { panel: "p", handler: "wait", trigger: "event", args: { deep: [1, null] }, ref: "ref_1" },
    seed: 7,
    source: "0".repeat(64),
    since: 1000,
    calls: [{ id: 1, capability: "time", method: "sleep", args: [5] }],
    due: [[1, 1005]],
    replies: [],
    seq: 3,
    written: [],
    usage: { wallMs: 1, cpuMs: 1, memoryBytes: 1, hostCalls: 1 },
    memory: "AAEC",
    secrets: [{ name: "key", value: "k1" }],
  }
}
