import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Operation } from "@nexus/protocol"
import { addPanel, startKernel } from "./kernel-process.ts"
import type { Contender, Goal } from "./measure.ts"

/**
 * How long a person's change takes from the socket to "accepted", on disk for good, while 1,000 a second are offered
 * whether the ones before are answered or not; against one fsync of a page on the same disk. And how many operations
 * pass when they come in batches: the time of twenty.
 */
const OFFERED_PER_SECOND = 1000
const SECONDS = 4
const WARM_UP_SECONDS = 2
const BATCH = 100
const BATCHES = 400
const BATCHES_IN_FLIGHT = 16

const set = (name: string, value: number): Operation => ({
  kind: "state_set",
  panel: "p",
  path: ["cells", name],
  value,
})

/** Latencies that were measured while the contender was made, handed out one by one. */
function measured(figures: readonly number[]): Contender {
  let next = 0
  return { run: () => figures[next++], warmups: 0, samples: figures.length }
}

async function offered(): Promise<Contender> {
  const kernel = await startKernel()
  await addPanel(await kernel.open(), "p")
  const client = await kernel.submitter()
  const latencies: number[] = []
  const waiting: Promise<unknown>[] = []
  const start = performance.now()
  const measureFrom = start + WARM_UP_SECONDS * 1000
  const total = (WARM_UP_SECONDS + SECONDS) * OFFERED_PER_SECOND
  for (let sent = 0; sent < total; ) {
    // A late tick sends what is due; the clock of each runs from when it was due, so that waiting is not left out.
    for (; sent < total && start + sent * (1000 / OFFERED_PER_SECOND) <= performance.now(); sent += 1) {
      const due = start + sent * (1000 / OFFERED_PER_SECOND)
      const accepted = client.submit([set(`c${sent % 50}`, sent)]).then(() => {
        if (due >= measureFrom) latencies.push(performance.now() - due)
      })
      waiting.push(accepted)
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(waiting)
  await kernel.close()
  return measured(latencies)
}

async function batches(): Promise<Contender> {
  const kernel = await startKernel()
  await addPanel(await kernel.open(), "p")
  const client = await kernel.submitter()
  const operations = (batch: number) => Array.from({ length: BATCH }, (_, index) => set(`c${index}`, batch))
  let sent = 0
  const lane = async (): Promise<void> => {
    while (sent < BATCHES) await client.submit(operations(sent++))
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: BATCHES_IN_FLIGHT }, lane))
  const timeOfTwenty = ((performance.now() - start) / (BATCHES * BATCH)) * 20
  await kernel.close()
  return measured([timeOfTwenty])
}

function oneFsync(): Contender {
  const directory = mkdtempSync(join(tmpdir(), "nexus-bench-"))
  const file = openSync(join(directory, "page"), "w")
  const page = Buffer.alloc(4096, 1)
  let written = 0
  return {
    run: () => {
      writeSync(file, page, 0, page.length, (written++ % 1000) * page.length)
      fsyncSync(file)
    },
    close: () => {
      closeSync(file)
      rmSync(directory, { recursive: true })
    },
    warmups: 100,
    samples: 500,
  }
}

export const goal: Goal = {
  id: "K1",
  what: "acknowledged change, 1,000/s offered; operations in batches",
  rounds: 3,
  contenders: { change: offered, "20 operations": batches, "one fsync": oneFsync },
  claims: [
    { ours: "change", peer: "one fsync", timesSlower: 10 },
    { ours: "change", figure: "p99", atMostMs: 25 },
    { ours: "20 operations", atMostMs: 1 },
  ],
}
