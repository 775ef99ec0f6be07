import { createSandbox } from "@nexus/wasm-bridge"
import type { Contender, Goal } from "./measure.ts"
import { inThread, orderRequest } from "./sandbox-handler.ts"

/**
 * The run of S1 from the kernel through process and worker and back, 16 callers at once on one sandbox process; the
 * figure is the time of one run, and at most 0.2 ms of it is 5,000 runs a second on the core that runs them.
 */
const CALLERS = 16
const EACH = 8

async function throughProcess(): Promise<Contender> {
  const sandbox = await createSandbox({ processes: 1 })
  let runs = 0
  const caller = async () => {
    for (let index = 0; index < EACH; index += 1) {
      runs += 1
      const outcome = await sandbox.run(orderRequest(`run_${runs}`))
      if (outcome.status !== "finished") throw new Error(JSON.stringify(outcome))
    }
  }
  const run = async () => {
    const start = performance.now()
    await Promise.all(Array.from({ length: CALLERS }, caller))
    return (performance.now() - start) / (CALLERS * EACH)
  }
  return { run, close: () => sandbox.close(), warmups: 15, samples: 30 }
}

async function oneByOne(): Promise<Contender> {
  const sandbox = await createSandbox({ processes: 1 })
  let runs = 0
  const run = async () => {
    runs += 1
    const outcome = await sandbox.run(orderRequest(`run_${runs}`))
    if (outcome.status !== "finished") throw new Error(JSON.stringify(outcome))
  }
  return { run, close: () => sandbox.close(), warmups: 500, samples: 500 }
}

export const goal: Goal = {
  id: "S2",
  what: "the same through kernel → process → worker and back",
  contenders: {
    "16 callers": throughProcess,
    "one caller": oneByOne,
    "in the thread": () => ({ run: inThread(), warmups: 1500, samples: 1500 }),
  },
  claims: [
    { ours: "16 callers", peer: "in the thread", timesSlower: 2 },
    { ours: "16 callers", atMostMs: 0.2 },
    { ours: "one caller", atMostMs: 1 },
  ],
}
