import { readdirSync, readFileSync } from "node:fs"
import { mixedRuns, RUNS_A_ROUND, seenAtFirst } from "../acceptance/mixed-runs.ts"
import { createSandbox, type Sandbox } from "../src/index.ts"

/**
 * Rounds of 40 mixed runs over one sandbox that is never started again: no run may see another, and the memory of all
 * its processes together must not grow with their number.
 */
let started: Promise<{ sandbox: Sandbox; expected: ReadonlyMap<string, unknown> }> | undefined
const rss: number[] = []
let rounds = 0

const WARM_UP = 50

async function start() {
  const sandbox = await createSandbox({ processes: 2 })
  return { sandbox, expected: await seenAtFirst(sandbox) }
}

export const fuzz = {
  async round(seed: number): Promise<void> {
    started ??= start()
    const { sandbox, expected } = await started
    await mixedRuns(sandbox, seed, expected)
    rounds += 1
    if (rounds % WARM_UP === 0) rss.push(familyMegabytes())
  },

  /** What was seen besides. */
  async ended(): Promise<string> {
    const metrics = await started?.then(({ sandbox }) => sandbox.metrics())
    await started?.then(({ sandbox }) => sandbox.close())
    const [first = 0] = rss
    const middle = rss[Math.floor(rss.length / 2)] ?? 0
    const kills = JSON.stringify(metrics?.kills)
    return `${rounds * RUNS_A_ROUND} runs; memory of all processes ${first} MB after ${WARM_UP} rounds, ${middle} MB half way, ${rss.at(-1)} MB at the end, ${Math.max(...rss)} MB at most; ${metrics?.restarts} restarts, kills ${kills}`
  },
}

/** Resident memory of this process and those it started. */
function familyMegabytes(): number {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
  const sizes = pids.map((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8")
      const mine = Number(pid) === process.pid || /^PPid:\s+(\d+)$/m.exec(status)?.[1] === String(process.pid)
      return mine ? Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) : 0
    } catch {
      return 0
    }
  })
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024)
}
