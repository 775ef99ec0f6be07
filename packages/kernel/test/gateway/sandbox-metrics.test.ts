import { createSandbox } from "@nexus/wasm-bridge"
import { expect, onTestFinished, test } from "vitest"
import { sandboxMetricsText } from "../../src/gateway/sandbox-metrics.ts"

const LIMITS = {
  cpuMs: 100,
  memoryBytes: 2 ** 26,
  stackBytes: 2 ** 18,
  hostCalls: 9,
  effectBytes: 999,
  resultBytes: 99,
}
const INPUT = { state: {}, args: {}, computed: {}, imports: {}, nowMs: 1, seed: 1 }

test("the pool's use, queue, run times, images and kills are told", async () => {
  const sandbox = await createSandbox({ processes: { least: 1, most: 3 } })
  onTestFinished(() => sandbox.close())
  const run = (id: string, source: string) =>
    sandbox.run({ id, panel: "p", tenant: "t", handler: "h", line: 1, source, input: INPUT, limits: LIMITS })
  await run("a", "return 1")
  await run("b", "return 1")
  await run("c", "for (;;) {}")
  await run("d", "return 'a'.repeat(2e6).indexOf('a'.repeat(1e6) + 'c')")
  const lines = sandboxMetricsText(sandbox.metrics())
  for (const line of [
    "nexus_sandbox_processes_most 3",
    "nexus_sandbox_queued 0",
    "nexus_sandbox_turns_total 4",
    'nexus_sandbox_failures_total{code="handler-timeout"} 2',
    'nexus_sandbox_kills_total{by="interrupted"} 1',
    'nexus_sandbox_images_total{looked_up="found"} 1',
    'nexus_sandbox_run_seconds_bucket{le="+Inf"} 3',
    "nexus_sandbox_queue_seconds_count 4",
    "# TYPE nexus_sandbox_run_seconds histogram",
  ])
    expect(lines).toContain(line)
  // Whether the watchdog or the kernel is first with a process that has just started, neither promises.
  const { terminated, killed } = sandbox.metrics().kills
  expect(lines).toContain(`nexus_sandbox_kills_total{by="killed"} ${killed}`)
  expect(terminated + killed).toBe(1)
})
