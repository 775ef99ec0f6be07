import { monitorEventLoopDelay } from "node:perf_hooks"
import type { VitalSign } from "@nexus/protocol"

/** What is counted elsewhere and belongs to a moment. */
export interface Counted {
  readonly sockets: number
  readonly recordLagMs: number
}

/**
 * The last minutes of this process, looked at every few seconds whether anybody asks or not: whoever comes because
 * something was slow wants to see the minutes before they came. Bounded, and gone with the process.
 */
export interface Vitals {
  /** Oldest first; the last one is of now. */
  signs(): readonly VitalSign[]
  close(): void
}

const EVERY_MS = 5000
const KEPT = 60

export function createVitals(clock: () => number, counted: () => Counted): Vitals {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  let kept: readonly VitalSign[] = []
  let cpu = process.cpuUsage()
  let since = performance.now()
  const look = (): VitalSign => {
    const wallMs = Math.max(1, performance.now() - since)
    const { user, system } = process.cpuUsage(cpu)
    return {
      at: clock(),
      residentBytes: process.memoryUsage.rss(),
      // What it measures is how far apart its own ticks are; what is more than that is delay.
      loopDelayMs: Math.max(0, (delay.percentile(99) || 0) / 1e6 - 10),
      busy: (user + system) / 1000 / wallMs,
      ...counted(),
    }
  }
  const timer = setInterval(() => {
    kept = [...kept, look()].slice(-KEPT)
    delay.reset()
    cpu = process.cpuUsage()
    since = performance.now()
  }, EVERY_MS)
  timer.unref()
  return {
    signs: () => [...kept, look()],
    close: () => {
      clearInterval(timer)
      delay.disable()
    },
  }
}
