import { Graph } from "@nexus/protocol"
import { expect, test } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { Snapshots } from "../../src/workspace/snapshots.ts"

/** A workspace whose snapshots take `takesMs` of its own time, each until it is let through. */
function world({ takesMs }: { readonly takesMs: number }) {
  const at = { now: 0, seq: 0 }
  const written: number[] = []
  const waiting: (() => void)[] = []
  const logged: string[] = []
  const failing = { is: false }
  const journal = {
    ...createMemoryJournal(),
    saveSnapshot: async ({ seq }: { readonly seq: number }) => {
      written.push(seq)
      await new Promise<void>((resolve) => waiting.push(resolve))
      at.now += takesMs
      if (failing.is) throw new Error("the disk is full")
    },
  }
  const source = { workspace: "w", graph: new Graph(), seq: () => at.seq, epoch: () => 1, now: () => at.now }
  const snapshots = new Snapshots(journal, source, 0, (message) => logged.push(message))
  const change = (times: number) => {
    for (let n = 0; n < times; n += 1) {
      at.seq += 1
      snapshots.onChange()
    }
  }
  /** Lets the snapshot that is being written end. */
  const end = async () => {
    const ended = snapshots.save()
    for (const go of waiting.splice(0)) go()
    await ended
  }
  return { at, written, logged, failing, change, end }
}

test("a snapshot follows every 500 changes, however fast they come, while it costs nothing", async () => {
  const { written, change, end } = world({ takesMs: 0 })
  change(499)
  expect(written).toEqual([])
  for (let n = 0; n < 3; n += 1) {
    change(n === 0 ? 1 : 500)
    await end()
  }
  expect(written).toEqual([500, 1000, 1500])
})

test("one is written at a time, and what comes meanwhile is in the next", async () => {
  const { written, change, end } = world({ takesMs: 0 })
  change(1700)
  expect(written).toEqual([500])
  await end()
  change(1)
  expect(written).toEqual([500, 1701])
  await end()
})

test("after one that took long there is a rest of four times as long", async () => {
  const { at, written, change, end } = world({ takesMs: 100 })
  change(500)
  await end()
  expect(at.now).toBe(100)
  at.now += 399
  change(600)
  expect(written).toEqual([500])
  at.now += 1
  change(1)
  expect(written).toEqual([500, 1101])
  await end()
})

test("one that failed is said in the log, rests as well, and is made up for by the next change", async () => {
  const { at, written, logged, failing, change, end } = world({ takesMs: 100 })
  failing.is = true
  change(500)
  await end()
  expect(logged).toEqual(["no snapshot was written"])
  failing.is = false
  change(1)
  expect(written).toEqual([500])
  at.now += 400
  change(1)
  expect(written).toEqual([500, 502])
  await end()
})
