import type { Json, Operation, StatePath } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { compileBinding } from "../../src/index.ts"
import { createPreviewPanel } from "../../src/react/index.ts"
import { createComputed } from "../../src/store/signal.ts"
import { panelOf } from "../world/panel.ts"
import { generator } from "../world/server.ts"

const NAMES = ["a", "b", "c", "length"]

function world(state: { [name: string]: Json }) {
  const data = '<State name="s" type="object" default=\'{"a":{"b":1}}\'/><State name="t" type="object"/>'
  const live = createPreviewPanel(panelOf({ data, view: '<Text content="x"/>' }), state)
  const counts = new Map<string, number>()
  const reading = (text: string) =>
    createComputed(() => {
      counts.set(text, (counts.get(text) ?? 0) + 1)
      return outcomeOf(() => compileBinding(text)(live.root.scope))
    })
  const submit = (...operations: Operation[]) => live.mirror.submit(operations, "test")
  return { live, counts, reading, submit }
}

function outcomeOf(read: () => unknown): { value: unknown } | { error: string } {
  try {
    return { value: read() }
  } catch (error) {
    return { error: String(error) }
  }
}

const set = (path: StatePath, value: Json): Operation => ({
  kind: "state_set",
  panel: "preview",
  path: [...path],
  value,
})

describe("a place that is read by name through objects", () => {
  it("is evaluated again when it, something above it or something below it changes, and never for what stands beside", async () => {
    const { counts, reading, submit } = world({ s: { a: { b: { c: 1 } }, b: { c: 1 } } })
    const text = "{$state.s.a.b}"
    const read = reading(text)
    expect(read()).toEqual({ value: { c: 1 } })
    await submit(set(["s", "b", "c"], 9), set(["s", "a", "c"], 9), set(["t"], { a: 1 }))
    read()
    expect(counts.get(text)).toBe(1)
    await submit(set(["s", "a", "b", "c"], 2))
    expect(read()).toEqual({ value: { c: 2 } })
    await submit(set(["s", "a"], { b: 3 }))
    expect(read()).toEqual({ value: 3 })
    await submit(set(["s"], {}))
    expect(read()).toEqual({ error: expect.stringContaining('Cannot read "b" of undefined') })
    await submit(set(["s"], { a: { b: 4 } }))
    expect(read()).toEqual({ value: 4 })
    expect(counts.get(text)).toBe(5)
  })

  it("stops at a list, whose length and items are part of it", async () => {
    const { reading, submit } = world({ s: { a: [1, 2] } })
    const length = reading("{$state.s.a.length}")
    const last = reading("{$state.s.a[1]}")
    expect([length(), last()]).toEqual([{ value: 2 }, { value: 2 }])
    await submit({ kind: "state_splice", panel: "preview", path: ["s", "a"], index: 0, remove: [], insert: [0] })
    expect([length(), last()]).toEqual([{ value: 3 }, { value: 1 }])
  })

  it("comes out as in a scope without signals, after any operations", async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = generator(seed)
      const pick = <Item>(items: readonly Item[]) => items[random(items.length)] as Item
      const value = (depth: number): Json => {
        const kind = random(depth > 0 ? 6 : 3)
        if (kind < 3) return [random(3), "text", null][kind] as Json
        if (kind === 3) return [random(3), random(3)]
        return { [pick(NAMES)]: value(depth - 1), [pick(NAMES)]: value(depth - 1) }
      }
      const { live, reading, submit } = world({ s: { a: value(3), b: value(2) }, t: {} })
      const chains = Array.from({ length: 12 }, () => {
        const names = Array.from({ length: 1 + random(3) }, () => `${random(5) === 0 ? "?" : ""}.${pick(NAMES)}`)
        return `{$state.${pick(["s", "t"])}${names.join("")}}`
      })
      const reads = chains.map((text) => ({ text, read: reading(text) }))
      for (let step = 0; step < 25; step += 1) {
        const path: string[] = [pick(["s", "t"]), ...Array.from({ length: random(4) }, () => pick(NAMES))]
        const operation: Operation =
          random(4) === 0 ? { kind: "state_unset", panel: "preview", path } : set(path, value(2))
        await submit(operation).catch(() => {})
        const scope = { $state: live.state }
        for (const { text, read } of reads) {
          const wanted = outcomeOf(() => compileBinding(text)(scope))
          // Which missing part of a missing place is named may be the one of before.
          expect(read(), `seed ${seed}, ${text}`).toEqual("error" in wanted ? { error: expect.any(String) } : wanted)
        }
      }
    }
  })
})
