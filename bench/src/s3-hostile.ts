import { createSandbox } from "@nexus/wasm-bridge"
import { hostileHandlers } from "../../packages/wasm-bridge/acceptance/hostile-handlers.ts"
import { runRequest, TIGHT } from "../../packages/wasm-bridge/acceptance/run-request.ts"
import type { Contender, Goal } from "./measure.ts"
import { orderRequest } from "./sandbox-handler.ts"

/**
 * Every hostile handler of the contract suite, one after the other, and a neighbour who calls S1's handler all the while.
 * `stopped` is by how much the slowest of them outlived its budget, from when a process had it. The neighbour is measured alone and beside them, in
 * a pool as large as `nexus serve` starts.
 */
const NEIGHBOUR_RUNS = 1500

async function stopped(): Promise<Contender> {
  const sandbox = await createSandbox()
  const run = async () => {
    let slowest = 0
    for (const { source } of hostileHandlers) {
      const request = runRequest(source, { limits: TIGHT })
      while (sandbox.metrics().processes < 2) await new Promise((resolve) => setTimeout(resolve, 10))
      const start = performance.now()
      const outcome = await sandbox.run(request)
      if (outcome.status === "waiting") sandbox.discard(request.id)
      slowest = Math.max(slowest, performance.now() - start - TIGHT.cpuMs)
    }
    return Math.round(slowest)
  }
  return { run, close: () => sandbox.close(), warmups: 0, samples: 1 }
}

async function neighbour(beside: boolean): Promise<Contender> {
  const sandbox = await createSandbox()
  let over = false
  const attack = async () => {
    for (let index = 0; !over; index += 1) {
      const handler = hostileHandlers[index % hostileHandlers.length]
      const request = runRequest(handler?.source ?? "", { tenant: "attacker", limits: TIGHT })
      const outcome = await sandbox.run(request)
      if (outcome.status === "waiting") sandbox.discard(request.id)
    }
  }
  const attacking = beside ? attack() : Promise.resolve()
  let runs = 0
  const run = async () => {
    const start = performance.now()
    runs += 1
    const outcome = await sandbox.run(orderRequest(`neighbour_${runs}`))
    const ms = performance.now() - start
    if (outcome.status !== "finished") throw new Error(JSON.stringify(outcome))
    await new Promise((resolve) => setTimeout(resolve, 5))
    return ms
  }
  const close = async () => {
    over = true
    await attacking
    await sandbox.close()
  }
  return { run, close, warmups: 300, samples: NEIGHBOUR_RUNS }
}

export const goal: Goal = {
  id: "S3",
  what: `${hostileHandlers.length} hostile handlers: past their budget of ${TIGHT.cpuMs} ms, and a neighbour beside them`,
  contenders: {
    stopped,
    alone: () => neighbour(false),
    beside: () => neighbour(true),
  },
  claims: [
    { ours: "stopped", atMost: 250, unit: "ms" },
    { ours: "beside", peer: "alone", figure: "p99", timesSlower: 2 },
  ],
  rounds: 2,
}
