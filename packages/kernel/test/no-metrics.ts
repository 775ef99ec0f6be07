import type { SandboxMetrics } from "@nexus/wasm-bridge"

const never = { count: 0, sumMs: 0, upTo: [] }

/** What a sandbox says that never ran anything. */
export const noMetrics: SandboxMetrics = {
  processes: 0,
  most: 0,
  busy: 0,
  running: 0,
  queued: 0,
  waiting: 0,
  workers: [],
  turns: 0,
  failures: {},
  restarts: 0,
  kills: { interrupted: 0, terminated: 0, killed: 0 },
  images: { found: 0, made: 0 },
  runMs: never,
  queueMs: never,
}
