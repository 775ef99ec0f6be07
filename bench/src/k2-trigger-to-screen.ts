import { addPanel, startKernel } from "./kernel-process.ts"
import type { Contender, Goal } from "./measure.ts"

/**
 * From one client's click to the moment another client's mirror holds the new value: socket, sandbox, journal, fsync,
 * broadcast, apply. Kernel and sandbox have processes of their own; both clients share this one.
 */
async function trigger(): Promise<Contender> {
  const kernel = await startKernel()
  const [clicker, watcher] = [await kernel.open(), await kernel.open()]
  await addPanel(clicker, "p")
  let seen: (() => void) | undefined
  watcher.onTouched((touched) => {
    if (touched.some(({ id }) => id === "p")) seen?.()
  })
  return {
    run: async () => {
      const start = performance.now()
      const screen = new Promise<number>((resolve) => {
        seen = () => resolve(performance.now() - start)
      })
      const finished = clicker.trigger("p", "add", {})
      const latency = await screen
      await finished
      return latency
    },
    close: () => kernel.close(),
    warmups: 300,
    samples: 600,
  }
}

export const goal: Goal = {
  id: "K2",
  what: "trigger to another client's mirror, over loopback",
  rounds: 3,
  contenders: { trigger },
  claims: [
    { ours: "trigger", atMostMs: 3 },
    { ours: "trigger", figure: "p99", atMostMs: 25 },
  ],
}
