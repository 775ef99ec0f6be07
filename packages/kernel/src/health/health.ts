import { statfs } from "node:fs/promises"
import { totalmem } from "node:os"
import type { CheckedPart, HealthAnswer, SandboxesAnswer } from "@nexus/protocol"
import type { SandboxMetrics } from "@nexus/wasm-bridge"
import type { Starts } from "./starts.ts"
import type { Vitals } from "./vitals.ts"

/** How this kernel is, for whoever runs it: read when asked, nothing of it is kept. */
export interface Health {
  read(): Promise<HealthAnswer>
  sandboxes(): SandboxesAnswer
  starts: Starts["list"]
}

export interface HealthParts extends Pick<HealthAnswer, "version" | "startedAt"> {
  readonly vitals: Vitals
  readonly starts: Pick<Starts, "list">
  readonly checks: () => Promise<readonly CheckedPart[]>
  readonly dataDir: string
  readonly record: () => HealthAnswer["record"]
  readonly runRecords: () => HealthAnswer["runRecords"]
  readonly workspaces: () => HealthAnswer["workspaces"]
  readonly sandbox: () => SandboxMetrics
}

export function createHealth(parts: HealthParts): Health {
  const { version, startedAt, vitals, starts, checks, dataDir, record, runRecords, workspaces, sandbox } = parts
  return {
    async read() {
      const [checked, disk] = await Promise.all([checks(), statfs(dataDir)])
      const { queued, dropped, lagMs } = record()
      const { open, bytes, mostBytes } = workspaces()
      return {
        version,
        startedAt,
        parts: [...checked],
        signs: [...vitals.signs()],
        memory: { used: process.memoryUsage.rss(), total: totalmem() },
        disk: { used: (disk.blocks - disk.bavail) * disk.bsize, total: disk.blocks * disk.bsize },
        record: { queued, dropped, lagMs },
        runRecords: { ...runRecords() },
        workspaces: { open, bytes, mostBytes },
      }
    },
    sandboxes() {
      const { workers, most, queued, waiting, turns, restarts, kills, failures, runMs, queueMs } = sandbox()
      return {
        processes: workers.map(({ ready, running }) => ({
          ready,
          running: running.map(({ tenant, panel, handler, forMs }) => ({ workspace: tenant, panel, handler, forMs })),
        })),
        ...{ most, queued, waiting, turns, restarts, kills, failures: { ...failures } },
        ran: { count: runMs.count, sumMs: runMs.sumMs },
        stood: { count: queueMs.count, sumMs: queueMs.sumMs },
      }
    },
    starts: starts.list,
  }
}
