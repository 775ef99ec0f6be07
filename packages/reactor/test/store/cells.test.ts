import type { Json } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createPreviewPanel } from "../../src/react/index.ts"
import { type Cell, createCells } from "../../src/store/cells.ts"
import { createDrafts } from "../../src/store/draft.ts"
import { batch, createComputed, createSignal, watch } from "../../src/store/signal.ts"
import { panelOf } from "../world/panel.ts"

function cellsOf(view: string, state: { [name: string]: Json }) {
  const data = Object.entries(state)
    .map(([name, value]) => `<State name="${name}" type="${Array.isArray(value) ? "list" : typeof value}"/>`)
    .join("")
  const live = createPreviewPanel(panelOf({ data, view }), state)
  const read = createCells(live.panel.view, live.root)
  const texts = () => read().map(textOf)
  const set = (name: string, value: Json) => live.write(`$state.${name}`, live.root, value, "test")
  return { live, read, texts, set }
}

function textOf(cell: Cell): string {
  if (cell.kind === "error") return `error: ${cell.message}`
  if (cell.kind === "stale") return `stale: ${cell.stale.map(({ name }) => name)}`
  const { item } = cell.places.scope as { item?: { id: string } | string }
  return `${cell.node.element} ${typeof item === "object" ? item.id : (item ?? "")}`.trim()
}

describe("createCells", () => {
  it("unrolls If, Else and Each, nested, in reading order", async () => {
    const { texts, set } = cellsOf(
      `<Text content="a"/><If test="{$state.on}"><Each items="{$state.list}" as="item"><Text content="{item}"/><If test="{item == 'x'}"><Badge content="x"/></If></Each><Else><Code content="off"/></Else></If>`,
      { on: true, list: ["x", "y"] },
    )
    expect(texts()).toEqual(["Text", "Text x", "Badge x", "Text y"])
    await set("on", false)
    expect(texts()).toEqual(["Text", "Code"])
  })

  it("keeps the cells of an item while it moves, and wakes nobody when an item changes inside", async () => {
    const { read, set } = cellsOf(
      '<Each items="{$state.list}" as="item" key="{item.id}"><Text content="{item.id}"/></Each>',
      {
        list: [{ id: "a" }, { id: "b" }],
      },
    )
    const before = read()
    let woken = 0
    const stop = watch(read, () => {
      woken += 1
    })
    await set("list", [{ id: "a", n: 1 }, { id: "b" }])
    expect(woken).toBe(0)
    await set("list", [{ id: "b" }, { id: "a" }, { id: "c" }])
    expect(woken).toBe(1)
    expect(read().slice(0, 2)).toEqual([before[1], before[0]])
    expect(read()[0]).toBe(before[1])
    stop()
  })

  it("gives items with the same key cells of their own", () => {
    const { read } = cellsOf('<Each items="{$state.list}" as="item" key="k"><Text content="{item}"/></Each>', {
      list: [1, 1, 2],
    })
    expect(new Set(read().map(({ key }) => key)).size).toBe(3)
  })

  it("says at its place that a list or a condition fails", () => {
    const { texts } = cellsOf(
      '<Each items="{$state.n}" as="item"><Text content="x"/></Each><If test="{$state.n.a.b}"><Text content="x"/></If><Text content="on"/>',
      { n: 1 },
    )
    expect(texts()).toEqual(["error: Each takes a list of items.", 'error: Cannot read "b" of undefined', "Text"])
  })
})

describe("signals", () => {
  it("evaluate a derived value when it is first read, once per change of what it read", () => {
    const a = createSignal(1)
    const b = createSignal(1)
    let runs = 0
    const sum = createComputed(() => {
      runs += 1
      return a() + b()
    })
    expect(runs).toBe(0)
    sum()
    sum()
    expect(runs).toBe(1)
    batch(() => {
      a(2)
      b(2)
    })
    expect(sum()).toBe(4)
    expect(runs).toBe(2)
  })

  it("do not count what a watcher reads while it is told as something it watches", () => {
    const a = createSignal(1)
    const other = createSignal(1)
    const told: number[] = []
    const stop = watch<number>(a, (value) => told.push(value + other()))
    a(2)
    other(10)
    other(20)
    a(3)
    stop()
    expect(told).toEqual([3, 23])
  })

  it("wake nobody when a derived value comes out the same", () => {
    const list = createSignal([1, 2])
    const count = createComputed(() => list().length)
    let woken = 0
    const stop = watch(count, () => {
      woken += 1
    })
    list([3, 4])
    list([1])
    stop()
    list([])
    expect(woken).toBe(1)
  })
})

describe("drafts", () => {
  it("write once a frame for each place, and at once when flushed", () => {
    const frames: (() => void)[] = []
    const written: string[] = []
    const drafts = createDrafts((run) => {
      frames.push(run)
      return () => frames.splice(frames.indexOf(run), 1)
    })
    for (const text of ["M", "Mi", "Mil"]) drafts.put("title", () => written.push(text))
    drafts.put("note", () => written.push("n"))
    expect(written).toEqual([])
    for (const frame of frames.splice(0)) frame()
    expect(written).toEqual(["Mil", "n"])
    drafts.put("title", () => written.push("Milk"))
    drafts.flush()
    expect(written.at(-1)).toBe("Milk")
    expect(frames).toEqual([])
  })
})
