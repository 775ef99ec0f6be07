import { expect, test } from "vitest"
import { workspacesMetricsText } from "../../src/gateway/workspaces-metrics.ts"
import { kernelWith } from "../worlds.ts"

test("open workspaces, their bytes, openings and closings are told", async () => {
  const { workspaces } = await kernelWith({ memoryBytes: 1_000_000 })
  await workspaces.release("w")
  await workspaces.open("w")
  const text = workspacesMetricsText(workspaces.metrics())
  expect(text).toContain("nexus_workspaces_open 1")
  expect(text).toContain("nexus_workspaces_bytes_most 1000000")
  expect(text).toContain("nexus_workspaces_too_large 0")
  expect(text).toContain("nexus_workspaces_openings_total 2")
  expect(text).toContain('nexus_workspaces_closed_total{why="gone"} 1')
  expect(text).toContain('nexus_workspaces_closed_total{why="memory"} 0')
  expect(Number(text.find((line) => line.startsWith("nexus_workspaces_bytes "))?.split(" ")[1])).toBeGreaterThan(200)
})
