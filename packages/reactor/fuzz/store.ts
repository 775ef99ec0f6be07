import {
  apply,
  equalJson,
  Graph,
  isArray,
  type Json,
  type JsonObject,
  type Operation,
  recordState,
} from "@nexus/protocol"
import type { Fuzz } from "./fuzz.ts"

/**
 * Random batches of writes to a state, each done three times: by plain JavaScript on a plain copy, on the recorder, and
 * by applying what the recorder told to the graph of before. All three must come out the same, what was told must not
 * change afterwards, and the inverse must restore the graph of before. What is no JSON must be refused and leave no trace.
 *
 * Plain JavaScript is the judge with one rule of ours: what comes from outside is copied when it is assigned. So its
 * owner may change it afterwards, or assign it twice, and the state does not notice.
 */
type Random = (below: number) => number
type Value = null | boolean | number | string | Value[] | { [name: string]: Value }
type Fields = { [name: string]: Value }
type Container = Value[] | Fields

const NAMES = ["id", "v", "a", "list", "n"]
const WRITES = 10

/** One batch from one seed; throws with what differed. */
export const fuzz: Fuzz = {
  round(seed) {
    const before = randomState(generator(seed))
    const plain = structuredClone(before)
    new Writer(plain, generator(seed * 7919), (outside) => structuredClone(outside)).write(WRITES)

    const own = structuredClone(before)
    const told: Operation[] = []
    const sealed: string[] = []
    const recorded = recordState(own, (effect) => {
      told.push({ ...effect, panel: "p" })
      sealed.push(JSON.stringify(effect))
    })
    const untouched = () => `${JSON.stringify(own)} ${told.length}`
    new Writer(recorded, generator(seed * 7919), undefined, untouched).write(WRITES)
    same("the recorder's own state", own, plain)
    told.forEach((operation, index) => {
      const { panel: _panel, ...effect } = operation as Operation & { panel: string }
      if (JSON.stringify(effect) !== sealed[index]) throw new Error(`a told effect changed later: ${sealed[index]}`)
    })

    const graph = graphWith(before)
    const applied = apply(graph, told)
    if (!applied.ok) throw new Error(`refused: ${JSON.stringify(applied.failure)} in ${JSON.stringify(told)}`)
    same("the graph after the operations", stateOf(graph), plain)
    const undone = apply(graph, applied.inverse)
    if (!undone.ok) throw new Error(`the inverse was refused: ${JSON.stringify(undone.failure)}`)
    same("the graph after the inverse", stateOf(graph), before)
  },
}

/** Writes at random. Its choices follow from shapes alone, so that two writers of one seed do the same to equal states. */
class Writer {
  readonly #state: Fields
  readonly #random: Random
  /** What the judge assigns for a value of outside. The recorder gets the value itself. */
  readonly #copy: ((outside: Container) => Container) | undefined
  readonly #untouched: (() => string) | undefined
  /** What was taken out of the state, and what never was in it. */
  readonly #held: Container[] = []
  readonly #outside: Container[] = []

  constructor(state: object, random: Random, copy?: (outside: Container) => Container, untouched?: () => string) {
    this.#state = state as Fields
    this.#random = random
    this.#copy = copy
    this.#untouched = untouched
  }

  write(times: number): void {
    for (let step = 0; step < times; step += 1) {
      const all = containersIn(this.#state)
      if (all.length > 120) this.#state.list = []
      const target = this.#pick([...all, ...this.#held])
      if (this.#random(12) === 0) this.#changeOutside()
      if (this.#random(16) === 0) this.#writeRefused(target)
      if (isList(target)) this.#writeList(target)
      else {
        const name = this.#pick(NAMES)
        if (this.#random(5) === 0) delete target[name]
        else target[name] = this.#value(target)
        this.#writeBelow(target)
      }
    }
  }

  /** One way down and a write at its end, before anything else has been looked at. */
  #writeBelow(target: Container): void {
    let at = target
    for (let depth = this.#random(4); depth > 0; depth -= 1) {
      const next: Value | undefined = isList(at) ? at[this.#random(3)] : at[this.#pick(NAMES)]
      if (!isContainer(next)) break
      at = next
    }
    if (!isList(at)) at.n = this.#random(9)
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#random(items.length)] as Item
  }

  #value(target: Container): Value {
    const kind = this.#random(8)
    if (kind > 3) return randomJson(this.#random, 2)
    if (kind === 3) return this.#fromOutside()
    const chosen = this.#pick([...containersIn(this.#state), ...this.#held])
    const inside = containersIn(chosen)
    if (chosen === this.#state || inside.includes(target) || inside.length > 40) return this.#random(9)
    return kind === 0 ? [chosen, { w: chosen }] : chosen
  }

  #fromOutside(): Value {
    if (this.#outside.length === 0 || this.#random(2) === 0) {
      const part = { id: this.#random(5), v: this.#random(3) }
      this.#outside.push(this.#random(2) === 0 ? part : { a: part, list: [part, 1, part] })
    }
    const chosen = this.#pick(this.#outside)
    return this.#copy ? this.#copy(chosen) : chosen
  }

  #changeOutside(): void {
    for (const value of this.#outside) {
      if (isList(value)) value.push(this.#random(9))
      else value.late = this.#random(9)
    }
  }

  #writeRefused(target: Container): void {
    const which = this.#random(REFUSED.length)
    if (!this.#untouched) return
    const before = this.#untouched()
    let refused: unknown
    try {
      const value = REFUSED[which]?.(target) as Value
      if (isList(target)) target.push(1, { deep: [value] })
      else target.v = { deep: [value] }
    } catch (error) {
      refused = error
    }
    if (!(refused instanceof TypeError)) throw new Error(`value ${which} of those to refuse was taken`)
    if (this.#untouched() !== before) throw new Error(`the refused value ${which} left a trace`)
  }

  #writeList(list: Value[]): void {
    const at = this.#random(list.length + 1)
    switch (this.#random(13)) {
      case 0:
        list.push(this.#value(list))
        return
      case 1:
        list.unshift(this.#value(list), this.#random(3))
        return
      case 2:
        this.#hold([list.pop()])
        return
      case 3:
        this.#hold([list.shift()])
        return
      case 4:
        this.#hold(list.splice(at - this.#random(3), this.#random(3), ...[this.#value(list)].slice(this.#random(2))))
        return
      case 5:
        list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
        return
      case 6:
        list.reverse()
        return
      case 7:
        list.fill(this.#value(list), at - 1, at + this.#random(2))
        return
      case 8:
        list.copyWithin(this.#random(4) - 2, this.#random(3), at)
        return
      case 9:
        list.length = at
        return
      case 10:
        this.#move(list)
        return
      default:
        list[at] = this.#value(list)
    }
  }

  /** Takes an item out and puts it elsewhere, where that makes no circle. */
  #move(list: Value[]): void {
    const [item] = list.splice(this.#random(list.length + 1), 1)
    const lists = containersIn(this.#state).filter(isList)
    const goal = this.#pick([list, ...lists])
    if (item === undefined || (isContainer(item) && containersIn(item).includes(goal))) return
    goal.splice(this.#random(goal.length + 1), 0, item)
  }

  #hold(values: readonly (Value | undefined)[]): void {
    for (const value of values) if (isContainer(value)) this.#held.push(value)
    this.#held.splice(0, this.#held.length - 8)
  }
}

const REFUSED: readonly ((target: Container) => unknown)[] = [
  () => new Map([["a", 1]]),
  () => new Set([1]),
  () => new Date(0),
  () => () => 1,
  () => undefined,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 1n,
  () => Symbol("s"),
  () => new Uint8Array(2),
  () => Promise.resolve(1),
  () => {
    const circle: { self?: unknown } = {}
    circle.self = [circle]
    return circle
  },
  (target) => target,
]

function containersIn(value: Value, found: Container[] = []): Container[] {
  if (!isContainer(value)) return found
  found.push(value)
  for (const item of isList(value) ? value : Object.values(value)) containersIn(item, found)
  return found
}

function isContainer(value: Value | undefined): value is Container {
  return typeof value === "object" && value !== null
}

function isList(value: Value): value is Value[] {
  return Array.isArray(value)
}

function randomJson(random: Random, depth: number): Value {
  const kind = random(depth > 0 ? 8 : 4)
  if (kind < 4) return [random(4), `s${random(3)}`, null, random(2) === 0][kind] as Value
  if (kind === 4) return Array.from({ length: random(4) }, () => randomJson(random, depth - 1))
  if (kind === 5) return { a: randomJson(random, depth - 1), b: random(3) }
  return { id: random(2) === 0 ? random(5) : `k${random(5)}`, v: randomJson(random, depth - 1) }
}

function randomState(random: Random): JsonObject {
  const items = Array.from({ length: 1 + random(5) }, (_, id) => ({ id, v: randomJson(random, 1) }))
  const list = Array.from({ length: 4 }, () => randomJson(random, 2))
  return { items, list, o: { a: [1, 2, 3], b: { c: 1 } }, n: 1 }
}

function graphWith(state: JsonObject): Graph {
  const graph = new Graph()
  const frame = { x: 0, y: 0, w: 100, h: 100 }
  const properties = { source: "", frame, title: "p", state, grants: [] }
  graph.putEntity({ id: "p", kind: "panel", name: "p", scope: "", properties })
  return graph
}

function stateOf(graph: Graph): JsonObject {
  return graph.panel("p")?.properties.state ?? {}
}

function same(what: string, given: Json, wanted: Json): void {
  if (equalJson(given, wanted) && isArray(given) === isArray(wanted)) return
  throw new Error(`${what} differs:\n${JSON.stringify(given)}\n≠\n${JSON.stringify(wanted)}`)
}

/** mulberry32: the same seed gives the same choices. */
function generator(seed: number): Random {
  let state = (seed * 2654435761) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
