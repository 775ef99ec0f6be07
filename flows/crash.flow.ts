import { expect, it } from "vitest"
import { crashLoop } from "./crash-loop.ts"

it("what was acknowledged survives `kill -9`: nothing is lost, doubled or out of order", async () => {
  const report = await crashLoop({ rounds: 3 })
  expect(report).toMatchObject({ rounds: 3, lost: 0, duplicated: 0, gaps: 0 })
  expect(report.acknowledged).toBeGreaterThan(0)
})
