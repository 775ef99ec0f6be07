// biome-ignore-all lint/suspicious/noExplicitAny: a handler's JavaScript has no types, and the recorder must bear it
import { describe, expect, it } from "vitest"
import { apply, Graph, type JsonObject, type Operation, recordState, type StateEffect } from "../../src/index.ts"

/** Plays `act` on a recorder, on a plain copy, and the recorded effects through `apply`; all three must agree. */
function played(initial: JsonObject, act: (state: any) => void) {
  const plain = structuredClone(initial)
  act(plain)
  const effects: StateEffect[] = []
  const own = structuredClone(initial)
  act(recordState(own, (effect) => effects.push(effect)))
  expect(own).toEqual(plain)
  expect(replayed(initial, effects)).toEqual(plain)
  return effects
}

function replayed(initial: JsonObject, effects: readonly StateEffect[]): JsonObject {
  const graph = graphWith(initial)
  for (const effect of effects) {
    const applied = apply(graph, [{ ...effect, panel: "p" } as Operation])
    if (!applied.ok) throw new Error(`${JSON.stringify(effect)} was refused: ${JSON.stringify(applied.failure)}`)
  }
  return graph.panel("p")?.properties.state ?? {}
}

function graphWith(state: JsonObject): Graph {
  const graph = new Graph()
  const properties = { source: "", frame: { x: 0, y: 0, w: 100, h: 100 }, title: "p", state, grants: [] }
  graph.putEntity({ id: "p", kind: "panel", name: "p", scope: "", properties })
  return graph
}

describe("recordState", () => {
  const groceries = {
    items: [
      { id: "a", done: false },
      { id: "b", done: false },
    ],
    left: 2,
    tags: ["x", "y"],
    meta: {},
  }

  it("names a list item by its stable key", () => {
    const effects = played(groceries, (s) => {
      s.items[1].done = true
    })
    expect(effects).toEqual([{ kind: "state_set", path: ["items", { key: "b" }, "done"], value: true }])
  })

  it("names an item without a key by index and the value it expects", () => {
    const effects = played(groceries, (s) => {
      s.tags[0] = "z"
    })
    expect(effects).toEqual([{ kind: "state_set", path: ["tags", { index: 0, expect: "x" }], value: "z" }])
  })

  it("turns push into one splice behind the last item", () => {
    const effects = played(groceries, (s) => {
      expect(s.items.push({ id: "c", done: true }, { id: "d", done: true })).toBe(4)
    })
    expect(effects).toEqual([
      {
        kind: "state_splice",
        path: ["items"],
        index: 2,
        after: "b",
        remove: [],
        insert: [
          { id: "c", done: true },
          { id: "d", done: true },
        ],
      },
    ])
  })

  it("seals a path when the write happens", () => {
    const effects = played(groceries, (s) => {
      const b = s.items[1]
      b.id = "z"
      s.items.shift()
      b.done = true
    })
    expect(effects.map((effect) => effect.path)).toEqual([
      ["items", { key: "b" }, "id"],
      ["items"],
      ["items", { key: "z" }, "done"],
    ])
  })

  it("reaches every place of a value that stands at several", () => {
    played(groceries, (s) => {
      s.first = s.items[0]
      s.first.done = "both"
      s.items.push(s.first)
      s.first.done = "three"
    })
  })

  it("says nothing about a value that was taken out, until it is put back", () => {
    const effects = played(groceries, (s) => {
      const item = s.items.pop()
      item.done = "apart"
      s.kept = item
      item.done = "again"
    })
    expect(effects).toHaveLength(3)
  })

  it("copies what is assigned: its owner may change it or assign it again, and the state does not notice", () => {
    const item = { id: "c", tags: ["new"] }
    const effects: StateEffect[] = []
    const own: any = structuredClone(groceries)
    const state: any = recordState(own, (effect) => effects.push(effect))
    state.items.push(item)
    state.first = item
    item.tags.push("late")
    state.first.tags.push("mine")
    expect(own.items[2]).toEqual({ id: "c", tags: ["new"] })
    expect(own.first).toEqual({ id: "c", tags: ["new", "mine"] })
    expect(replayed(groceries, effects)).toEqual(own)
  })

  it("keeps one object that stands twice in one assigned value at both places", () => {
    const effects: StateEffect[] = []
    const own: any = structuredClone(groceries)
    const state: any = recordState(own, (effect) => effects.push(effect))
    const part = { n: 1 }
    state.meta.pair = { left: part, right: [part] }
    state.meta.pair.left.n = 2
    expect(own.meta.pair).toEqual({ left: { n: 2 }, right: [{ n: 2 }] })
    expect(replayed(groceries, effects)).toEqual(own)
  })

  it("writes an item that was moved to where it stands now", () => {
    const effects = played(groceries, (s) => {
      const item = s.items.shift()
      s.meta.done = [item]
      item.done = true
    })
    expect(effects.at(-1)).toEqual({ kind: "state_set", path: ["meta", "done", { key: "a" }, "done"], value: true })
  })

  it("says nothing when nothing changes", () => {
    const effects = played(groceries, (s) => {
      s.left = 2
      const [first] = s.items
      s.items[0] = first
      s.items.splice(1, 0)
      delete s.missing
      s.items.sort(() => 0)
    })
    expect(effects).toEqual([])
  })

  it("gives the same object for the same place, so identity comparisons hold", () => {
    const state = recordState(structuredClone(groceries), () => {})
    expect(state.items[0]).toBe(state.items.find((item) => item.id === "a"))
    expect(state.items.indexOf(state.items[1] as never)).toBe(1)
    expect(JSON.parse(JSON.stringify(state))).toEqual(groceries)
    expect(Array.isArray(state.items)).toBe(true)
  })

  it.each<[string, (s: any) => void, RegExp]>([
    [
      "a Map",
      (s) => {
        s.x = new Map()
      },
      /\$state\.x cannot be a Map.*Object\.fromEntries/,
    ],
    [
      "a Set",
      (s) => {
        s.meta.x = new Set()
      },
      /\$state\.meta\.x cannot be a Set/,
    ],
    [
      "a function",
      (s) => {
        s.items.push({ id: "q", f: () => 1 })
      },
      /\$state\.items\[2\]\.f cannot be a function.*keep data there/,
    ],
    [
      "a promise",
      (s) => {
        s.left = Promise.resolve(1)
      },
      /\$state\.left cannot be a Promise.*await it first/,
    ],
    [
      "a bigint",
      (s) => {
        s.left = 1n
      },
      /\$state\.left cannot be a bigint.*String\(value\)/,
    ],
    [
      "an object of a class",
      (s) => {
        s.meta.url = new URL("https://example.org")
      },
      /\$state\.meta\.url cannot be a URL.*plain data/,
    ],
    [
      "undefined",
      (s) => {
        s.items[0].note = undefined
      },
      /\$state\.items\[id a\]\.note cannot be undefined.*delete it or use null/,
    ],
    [
      "NaN",
      (s) => {
        s.left = Number.NaN
      },
      /cannot be NaN/,
    ],
    [
      "a Date",
      (s) => {
        s.x = [new Date(0)]
      },
      /\$state\.x\[0\] cannot be a Date.*toISOString/,
    ],
    [
      "a cycle",
      (s) => {
        const a: any = {}
        a.b = { a }
        s.x = a
      },
      /\$state\.x\.b\.a would contain itself.*keep the id/,
    ],
    [
      "a state inside itself",
      (s) => {
        s.meta.all = s.meta
      },
      /would contain itself/,
    ],
    [
      "__proto__",
      (s) => {
        Reflect.set(s.meta, "__proto__", 1)
      },
      /"__proto__" cannot name a value/,
    ],
    [
      "a hole",
      (s) => {
        s.tags[5] = "z"
      },
      /would leave a hole/,
    ],
    [
      "a hole by delete",
      (s) => {
        delete s.tags[0]
      },
      /use splice\(0, 1\)/,
    ],
    [
      "a longer length",
      (s) => {
        s.tags.length = 9
      },
      /would be a hole/,
    ],
    [
      "a getter",
      (s) => {
        Object.defineProperty(s, "x", { get: () => 1 })
      },
      /cannot have getters/,
    ],
    [
      "freezing",
      (s) => {
        Object.freeze(s.meta)
      },
      /frozen or sealed/,
    ],
  ])("refuses %s with a clear TypeError and changes nothing", (_name, act, message) => {
    const own = structuredClone(groceries)
    const effects: StateEffect[] = []
    const state = recordState(own, (effect) => effects.push(effect))
    expect(() => act(state)).toThrow(TypeError)
    expect(() => act(state)).toThrow(message)
    expect(own).toEqual(groceries)
    expect(effects).toEqual([])
  })

  it("agrees with plain JavaScript under random writes, and its effects replay to the same state", () => {
    for (let seed = 1; seed <= 1500; seed += 1) {
      const initial = randomState(generator(seed))
      try {
        played(initial, (state) => mutateAtRandom(state, generator(seed * 7919), 14))
      } catch (cause) {
        throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause })
      }
    }
  })
})

type Random = (below: number) => number

function generator(seed: number): Random {
  let state = (seed * 2654435761) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

function randomJson(random: Random, depth: number): any {
  const kind = random(depth > 0 ? 7 : 3)
  if (kind < 3) return [random(4), `s${random(3)}`, null][kind]
  if (kind === 3) return Array.from({ length: random(4) }, () => randomJson(random, depth - 1))
  if (kind === 4) return { a: randomJson(random, depth - 1), b: random(3) }
  return { id: random(5), v: randomJson(random, depth - 1) }
}

function randomState(random: Random): JsonObject {
  const items = Array.from({ length: 1 + random(4) }, (_, id) => ({ id, v: randomJson(random, 1) }))
  return { items, list: Array.from({ length: 4 }, () => randomJson(random, 2)), o: { a: [1, 2, 3], b: { c: 1 } }, n: 1 }
}

/** The same random choices on a plain state and on a recorder: choices depend only on shapes, which are equal. */
function mutateAtRandom(state: any, random: Random, steps: number): void {
  const held: any[] = []
  const containers = (value: any, found: any[] = []): any[] => {
    if (typeof value !== "object" || value === null) return found
    found.push(value)
    for (const name of Object.keys(value)) containers(value[name], found)
    return found
  }
  const holds = (value: any, target: any): boolean => containers(value).includes(target)
  const anyContainer = () => {
    const all = [...containers(state), ...held]
    return all[random(all.length)]
  }
  const valueFor = (target: any): any => {
    if (random(3) > 0) return randomJson(random, 2)
    const chosen = anyContainer()
    if (chosen === state || holds(chosen, target) || containers(chosen).length > 40) return random(9)
    return random(3) === 0 ? [chosen, { w: chosen }] : chosen
  }
  const onList = (list: any[]) => {
    const at = random(list.length + 1)
    switch (random(13)) {
      case 0:
        return list.push(valueFor(list))
      case 1:
        return list.unshift(valueFor(list), random(3))
      case 2:
        return held.push(...[list.pop()].filter((v) => typeof v === "object" && v !== null))
      case 3:
        return held.push(...[list.shift()].filter((v) => typeof v === "object" && v !== null))
      case 4:
        return list.splice(at - random(3), random(3), ...[valueFor(list)].slice(random(2)))
      case 5:
        return list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      case 6:
        return list.reverse()
      case 7:
        return list.fill(valueFor(list), at - 1, at + random(2))
      case 8:
        return list.copyWithin(random(4) - 2, random(3), at)
      case 9:
        list.length = at
        return
      case 10:
        return list.splice(at)
      default:
        list[at] = valueFor(list)
    }
  }
  for (let step = 0; step < steps; step += 1) {
    const target = anyContainer()
    if (containers(state).length > 150) state.list = []
    else if (Array.isArray(target)) onList(target)
    else {
      const name = ["id", "v", "a", "list", "n"][random(5)] as string
      if (random(5) === 0) delete target[name]
      else target[name] = valueFor(target)
    }
  }
}
