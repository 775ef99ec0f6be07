import type { Json } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createPreviewPanel } from "../../src/react/index.ts"
import { watch } from "../../src/store/signal.ts"
import { readWithStale } from "../../src/store/stale.ts"
import { panelOf } from "../world/panel.ts"

/** A clock on which every evaluation takes as long as the test says. */
function clockOf() {
  let at = 0
  const clock = {
    tookMs: 1,
    now: () => {
      at += clock.tookMs
      return at
    },
  }
  return clock
}

function world(data: string, state: { [name: string]: Json }) {
  const clock = clockOf()
  const panel = panelOf({ data, view: '<Text content="x"/>' })
  const live = createPreviewPanel(panel, state, { now: clock.now })
  const computed = live.root.scope.$computed as { readonly [name: string]: unknown }
  const set = (name: string, value: Json) => live.write(`$state.${name}`, live.root, value, "g")
  const runsOf = (name: string) => live.costs().find((cost) => cost.name === name)?.runs ?? 0
  return { live, clock, computed, set, runsOf }
}

const SUM =
  '<State name="a" type="number"/><State name="b" type="number"/><Computed name="sum" value="{$state.a + 1}"/>'

describe("a Computed", () => {
  it("is worked out when it is first read, then once for each change of what it reads", async () => {
    const { computed, set, runsOf } = world(SUM, { a: 1, b: 1 })
    expect(runsOf("sum")).toBe(0)
    expect([computed.sum, computed.sum, computed.sum]).toEqual([2, 2, 2])
    expect(runsOf("sum")).toBe(1)
    await set("b", 7)
    expect(computed.sum).toBe(2)
    expect(runsOf("sum")).toBe(1)
    await set("a", 4)
    await set("a", 5)
    expect(runsOf("sum")).toBe(1)
    expect(computed.sum).toBe(6)
    expect(runsOf("sum")).toBe(2)
  })

  it("books its own time and steps, without those of the values it reads", () => {
    const { live, clock, computed } = world(
      '<State name="list" type="list"/><Computed name="inner" value="{$state.list.map(i => i * 2)}"/><Computed name="outer" value="{$computed.inner.length}"/>',
      { list: [1, 2, 3, 4, 5] },
    )
    clock.tookMs = 8
    expect(computed.outer).toBe(5)
    const [inner, outer] = live.costs()
    expect(inner).toMatchObject({ name: "inner", runs: 1, lastMs: 8, meanMs: 8, manual: false, stale: false })
    expect(inner?.lastSteps).toBeGreaterThanOrEqual(5)
    expect(outer).toMatchObject({ name: "outer", lastMs: 16, lastSteps: 0 })
  })

  it("tells the readers of its costs when the task is over, with a running figure", async () => {
    const { live, clock, computed, set } = world(SUM, { a: 1 })
    const heard: number[] = []
    const stop = watch(live.costs, (costs) => heard.push(costs[0]?.meanMs ?? -1))
    clock.tookMs = 4
    void computed.sum
    expect(heard).toEqual([])
    await Promise.resolve()
    clock.tookMs = 8
    await set("a", 2)
    void computed.sum
    await Promise.resolve()
    expect(heard).toEqual([4, 5])
    stop()
  })
})

describe("a Computed over its budget", () => {
  async function tooDear() {
    const made = world(SUM, { a: 0 })
    made.clock.tookMs = 51
    for (const a of [1, 2, 3]) {
      await made.set("a", a)
      void made.computed.sum
    }
    return made
  }

  it("is kept as it was from the third time in a row, and marked stale for whoever reads it", async () => {
    const { live, computed, set, runsOf } = await tooDear()
    expect(live.costs()).toMatchObject([{ name: "sum", manual: true, stale: false }])
    expect(readWithStale(() => computed.sum)).toEqual({ value: 4, stale: [] })
    await set("a", 9)
    expect(readWithStale(() => computed.sum)).toMatchObject({ value: 4, stale: [{ name: "sum", panel: "preview" }] })
    await set("a", 10)
    expect(computed.sum).toBe(4)
    expect(runsOf("sum")).toBe(3)
    expect(live.costs()).toMatchObject([{ manual: true, stale: true }])
  })

  it("is worked out again when asked, and by itself again once that is cheap", async () => {
    const { live, clock, computed, set, runsOf } = await tooDear()
    await set("a", 9)
    expect(computed.sum).toBe(4)
    live.recompute("sum")
    expect(readWithStale(() => computed.sum)).toEqual({ value: 10, stale: [] })
    expect(runsOf("sum")).toBe(4)
    await set("a", 20)
    expect(computed.sum).toBe(10)
    clock.tookMs = 1
    live.recompute("sum")
    expect(computed.sum).toBe(21)
    await set("a", 30)
    expect(readWithStale(() => computed.sum)).toEqual({ value: 31, stale: [] })
    expect(live.costs()).toMatchObject([{ manual: false, stale: false }])
  })

  it("stays automatic when it is dear only now and then", async () => {
    const { clock, computed, set, live } = world(SUM, { a: 0 })
    for (const [a, tookMs] of [51, 51, 1, 51, 51, 1].entries()) {
      clock.tookMs = tookMs
      await set("a", a + 1)
      expect(computed.sum).toBe(a + 2)
    }
    expect(live.costs()).toMatchObject([{ manual: false, runs: 6 }])
  })

  it("counts steps as well as time, and keeps the last value that came out", async () => {
    const { live, computed, set } = world(
      '<State name="n" type="number"/><State name="list" type="list"/><Computed name="pairs" value="{$state.list.slice(0, $state.n).map(a => $state.list.slice(0, $state.n).filter(b => b > a).length).length}"/>',
      { n: 2, list: Array.from({ length: 1500 }, (_, index) => index) },
    )
    expect(computed.pairs).toBe(2)
    for (const n of [1200, 1300]) {
      await set("n", n)
      expect(() => computed.pairs).toThrow(/more than 1000000 steps/)
    }
    await set("n", 1400)
    expect(readWithStale(() => computed.pairs)).toMatchObject({ value: 2, stale: [{ name: "pairs" }] })
    expect(live.costs()).toMatchObject([{ manual: true, stale: true }])
    await set("n", 3)
    expect(computed.pairs).toBe(2)
    live.recompute("pairs")
    expect(readWithStale(() => computed.pairs)).toEqual({ value: 3, stale: [] })
  })

  it("marks what rests on it through another value", async () => {
    const made = world(`${SUM}<Computed name="twice" value="{$computed.sum * 2}"/>`, { a: 0 })
    made.clock.tookMs = 51
    for (const a of [1, 2, 3]) {
      await made.set("a", a)
      void made.computed.sum
    }
    made.clock.tookMs = 1
    expect(made.computed.twice).toBe(8)
    await made.set("a", 9)
    expect(readWithStale(() => made.computed.twice)).toMatchObject({ value: 8, stale: [{ name: "sum" }] })
    made.live.recompute("sum")
    expect(readWithStale(() => made.computed.twice)).toEqual({ value: 20, stale: [] })
  })
})
