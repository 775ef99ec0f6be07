import { expect, test } from "vitest"
import { fullDisk } from "./full-disk.ts"

test("A full disk and failing syncs make workspaces read-only: nothing is acknowledged falsely, reading goes on, and writing comes back by itself.", async () => {
  const report = await fullDisk({ rounds: 2, seed: 1 })
  expect(report).toMatchObject({ rounds: 2, falselyAcknowledged: 0, unreadable: 0, lost: 0, duplicated: 0 })
  expect(report.refused).toBeGreaterThan(0)
})
