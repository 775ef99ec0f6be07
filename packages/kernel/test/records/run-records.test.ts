import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { runsAreRecorded } from "../../acceptance/run-records.ts"
import { createMemoryRunRecords } from "../../src/records/memory-run-records.ts"
import { openRunRecorder } from "../../src/records/open-run-recorder.ts"
import { DEFAULT_RECORD_LIMITS } from "../../src/records/run-records.ts"
import { createSqliteRunRecords, openRunRecords } from "../../src/records/sqlite-run-records.ts"
import { temporaryDirectory } from "../worlds.ts"

runsAreRecorded("memory", async (limits) => createMemoryRunRecords(limits))

runsAreRecorded("SQLite", async (limits) => {
  const records = await createSqliteRunRecords(join(await temporaryDirectory(), "runs.sqlite"), limits)
  onTestFinished(() => records.close())
  return records
})

test("a file that is no database costs the kernel nothing but records that last", async () => {
  const path = join(await temporaryDirectory(), "runs.sqlite")
  await writeFile(path, "no database at all, and long enough to be taken for one".repeat(100))
  const notes: string[] = []
  const limits = { ...DEFAULT_RECORD_LIMITS, queue: 10 }
  const recorder = await openRunRecorder(path, limits, Date.now, (message) => notes.push(message))
  expect(notes).toEqual([expect.stringContaining("move the file away")])
  expect(await recorder.list("w", { limit: 1 })).toEqual({ runs: [], more: false })
  await recorder.close()
  expect(() => openRunRecords(path)).toThrow("cannot be read")
  await rm(path)
  expect(() => openRunRecords(path)).toThrow("no file of recorded runs")
})
