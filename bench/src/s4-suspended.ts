import { createSandbox } from "@nexus/wasm-bridge"
import type { Contender, Goal } from "./measure.ts"
import { HANDLER, orderRequest } from "./sandbox-handler.ts"

/** A run that waits at its end, with all it made still held: what it is kept in, and how soon another process has it. */
const KEY = new Uint8Array(32).fill(7)
const SOURCE = HANDLER.replace("return summary", 'await nexus.sleep("3d")\nreturn { ...summary, lines, regions }')

async function waiting(use: (bytes: Uint8Array, elsewhere: Resume) => number | Promise<number>): Promise<Contender> {
  const here = await createSandbox({ processes: 1 })
  const there = await createSandbox({ processes: 1 })
  let runs = 0
  const run = async () => {
    runs += 1
    const request = { ...orderRequest(`run_${runs}`), source: SOURCE }
    const first = await here.run(request)
    if (first.status !== "waiting") throw new Error(JSON.stringify(first))
    const taken = await here.suspend(request.id, KEY)
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure))
    return use(taken.bytes, async () => {
      const { id, input } = request
      const outcome = await there.resume(
        { id, replies: [{ id: 1, value: null }], input },
        { bytes: taken.bytes, key: KEY },
      )
      if (outcome.status !== "finished") throw new Error(JSON.stringify(outcome))
    })
  }
  return { run, close: () => Promise.all([here.close(), there.close()]), warmups: 10, samples: 30 }
}

type Resume = () => Promise<void>

export const goal: Goal = {
  id: "S4",
  what: "a suspended run: what is kept of it, and its resuming in another process",
  contenders: {
    kept: () => waiting((bytes) => bytes.length / 1024),
    resumed: () =>
      waiting(async (_bytes, resume) => {
        const start = performance.now()
        await resume()
        return performance.now() - start
      }),
  },
  claims: [
    { ours: "kept", atMost: 30, unit: "KB" },
    { ours: "resumed", atMostMs: 5 },
  ],
  rounds: 3,
}
