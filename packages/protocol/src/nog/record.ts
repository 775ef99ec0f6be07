import type { StateEffect } from "../run/outcome.ts"
import type { ItemKey, ItemMatch, Step } from "./operation.ts"
import type { Container, Fields, List, Place, Standing } from "./record-places.ts"
import {
  holders,
  isAbove,
  keptPath,
  MAX_STEPS,
  placesOf,
  recount,
  standIn,
  stepAt,
  uniqueKey,
} from "./record-places.ts"
import {
  assertName,
  integer,
  isIndex,
  isPlain,
  isPlainObject,
  MAX_DEPTH,
  type OnCopy,
  refused,
  relative,
  sealed,
  stepText,
  tailOf,
} from "./record-values.ts"

/**
 * A JSON state that writes down what is done to it. Handlers write plain JavaScript; every write becomes one state
 * effect, with its path sealed at that moment: list items by stable key where the list has one, else by an index that
 * carries the value it expects. Replaying the effects through `apply` gives the state that plain JavaScript left.
 *
 * A container may stand at several places (`$state.a = $state.b`): a write reaches each of them. Containers know their
 * possible parents, and a path is found by asking those parents where the child stands now; an edge that no longer
 * holds is forgotten. Comparing before and after at the end of the turn was refused: it cannot tell a move from a
 * rewrite. Values that are assigned are copied, as a value that is sent is; what was read from the state stays the same
 * object. A found path is kept until some container is put, moved or named anew; a plain value leaves all paths as they are.
 *
 * The sandbox evaluates the stripped text of this file and of the two it imports inside the guest: no other imports.
 */

type EffectAt = (path: Step[]) => StateEffect

/** Where a value is about to go, the way to the part looked at now, and the copies made; `null` while one is being made. */
interface Aim {
  readonly into: Spot
  readonly way: Place[]
  readonly copies: Map<object, Container | null>
  /** Something inside is state already, or stands there twice. */
  mixed: boolean
}

/** A recording view of `state`, which must be a JSON tree of the caller's own: it is written in place. */
export function recordState<State extends object>(
  state: State,
  onEffect: (effect: StateEffect) => void,
  onCopy?: OnCopy,
): State {
  const record: Recording = {
    root: undefined,
    tell: onEffect,
    onCopy,
    moves: 0,
    spots: new WeakMap(),
    originals: new WeakMap(),
  }
  const root = spotOf(record, state as unknown as Container)
  record.root = root
  return root.proxy as State
}

interface Recording {
  root: Spot | undefined
  readonly tell: (effect: StateEffect) => void
  readonly onCopy: OnCopy | undefined
  /** Grows whenever a container comes to stand elsewhere, so that kept paths are found again. */
  moves: number
  readonly spots: WeakMap<Container, Spot>
  readonly originals: WeakMap<object, Spot>
}

function spotOf(record: Recording, container: Container): Spot {
  const known = record.spots.get(container)
  if (known) return known
  const spot = new Spot(record, container)
  record.spots.set(container, spot)
  record.originals.set(spot.proxy, spot)
  return spot
}

/** One container: where it stands, and the traps of the proxy that handlers see of it. */
class Spot implements Standing, ProxyHandler<Container> {
  readonly record: Recording
  readonly container: Container
  readonly list: List | undefined
  readonly proxy: object
  parent: Standing | undefined
  place: Place = ""
  others: Map<Standing, Place> | undefined
  shared = false
  path: Step[] | undefined
  pathAt = -1
  /** What was read in this container last, which is what is read next as a rule. */
  lastName: string | undefined
  lastValue: unknown
  lastProxy: unknown
  methods: { [name: string]: unknown } | undefined
  keyCounts: Map<ItemKey, number> | undefined

  constructor(record: Recording, container: Container) {
    this.record = record
    this.container = container
    this.list = Array.isArray(container) ? container : undefined
    this.proxy = new Proxy(container, this)
  }

  get(container: Container, name: string | symbol): unknown {
    const value = (container as Fields)[name as string]
    if (typeof value === "object" && value !== null) {
      if (name === this.lastName && value === this.lastValue) return this.lastProxy
      const known = this.record.spots.get(value as Container)
      let proxy = known?.proxy
      if (known?.parent !== this || known.place !== name) {
        if (typeof name === "symbol" || !Object.hasOwn(container, name)) return value
        proxy = wrap(this, value as Container, name)
      }
      this.lastName = name
      this.lastValue = value
      this.lastProxy = proxy
      return proxy
    }
    if (typeof value === "function" && this.list && typeof name === "string" && Object.hasOwn(mutators, name)) {
      return methodOf(this, this.list, name)
    }
    return value
  }

  set(container: Container, name: string | symbol, value: unknown, receiver: unknown): boolean {
    if (receiver !== this.proxy) {
      const descriptor = { value, writable: true, enumerable: true, configurable: true }
      return Reflect.defineProperty(receiver as object, name, descriptor)
    }
    if (typeof name === "symbol" || this.list || !isPlain(value) || name === "id" || name === "__proto__") {
      setPlace(this, name, value)
      return true
    }
    const before = (container as Fields)[name]
    if (before === value && Object.hasOwn(container, name)) return true
    const path = typeof before === "object" && before !== null ? undefined : keptPath(this)
    if (path) {
      ;(container as Fields)[name] = value
      this.record.tell({ kind: "state_set", path: [...path, name], value })
    } else setField(this, name, value)
    return true
  }

  deleteProperty(container: Container, name: string | symbol): boolean {
    if (typeof name === "symbol" || !Object.hasOwn(container, name)) return true
    if (this.list) throw new TypeError(`delete ${describe(this, name)} would leave a hole; use splice(${name}, 1)`)
    unsetField(this, name)
    return true
  }

  defineProperty(_container: Container, name: string | symbol, descriptor: PropertyDescriptor): boolean {
    if (!("value" in descriptor)) throw new TypeError("a state holds JSON; it cannot have getters")
    setPlace(this, name, descriptor.value)
    return true
  }

  getOwnPropertyDescriptor(container: Container, name: string | symbol): PropertyDescriptor | undefined {
    const descriptor = Reflect.getOwnPropertyDescriptor(container, name)
    if (!descriptor || typeof name === "symbol") return descriptor
    return { ...descriptor, value: wrapped(this, descriptor.value, name) }
  }

  setPrototypeOf(): boolean {
    throw new TypeError("a state holds JSON; it cannot have a prototype")
  }

  preventExtensions(): boolean {
    throw new TypeError("a state cannot be frozen or sealed")
  }
}

// Where things stand

/** A container that nobody has read yet is told where it stands when it is read. */
function link(item: unknown, parent: Spot, place: Place): void {
  const spot = typeof item === "object" && item !== null ? parent.record.spots.get(item as Container) : undefined
  if (spot) standIn(spot, parent, place)
}

function share(spot: Spot, item: unknown): void {
  if (typeof item === "object" && item !== null) spotOf(spot.record, item as Container).shared = true
}

// Values in and out

function wrap(parent: Spot, value: Container, place: Place): object {
  const spot = spotOf(parent.record, value)
  standIn(spot, parent, place)
  return spot.proxy
}

function wrapped(parent: Spot, value: unknown, place: Place): unknown {
  return typeof value === "object" && value !== null ? wrap(parent, value as Container, place) : value
}

/** Turns what the handler assigns into state: copies plain JSON, keeps what is state already, refuses the rest. */
function adopt(value: unknown, aim: Aim): unknown {
  if (isPlain(value)) return value
  if (typeof value !== "object" || value === null) throw refused(whereOf(aim), value)
  const { record } = aim.into
  const own = record.originals.get(value)
  if (own ? isAbove(own, aim.into) : aim.copies.get(value) === null) {
    throw new TypeError(
      `${whereOf(aim)} would contain itself; a state is a tree: keep the id of the other thing instead`,
    )
  }
  if (own) {
    own.shared = true
    aim.mixed = true
    return own.container
  }
  const known = aim.copies.get(value)
  if (known) {
    spotOf(record, known).shared = true
    aim.mixed = true
    return known
  }
  if (!Array.isArray(value) && !isPlainObject(value)) throw refused(whereOf(aim), value)
  if (aim.way.length > MAX_DEPTH) {
    throw new TypeError(`${describe(aim.into, aim.way[0] ?? "")} would be more than ${MAX_DEPTH} levels deep`)
  }
  aim.copies.set(value, null)
  const copy: Container = Array.isArray(value) ? [] : {}
  for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    aim.way.push(name)
    assertName(name, () => whereOf(aim))
    ;(copy as Fields)[name] = adopt((value as Fields)[name], aim)
    aim.way.pop()
  }
  aim.copies.set(value, copy)
  return copy
}

/** Tells what stands inside the copies where it stands. Plain copies need none of it: they are told when they are read. */
function linkWithin(record: Recording, copies: Aim["copies"]): void {
  for (const copy of copies.values()) {
    if (copy === null) continue
    const spot = spotOf(record, copy)
    for (const [name, item] of Object.entries(copy)) {
      if (typeof item === "object" && item !== null) standIn(spotOf(record, item as Container), spot, name)
    }
  }
}

function adoptOne(spot: Spot, value: unknown, place: Place, copies: Aim["copies"] = new Map()): unknown {
  if (isPlain(value)) return value
  const aim: Aim = { into: spot, way: [place], copies, mixed: false }
  const adopted = adopt(value, aim)
  if (aim.mixed) linkWithin(spot.record, copies)
  else spot.record.onCopy?.(value as object, adopted as object, () => describe(spot, place))
  return adopted
}

function adoptItems(spot: Spot, values: readonly unknown[], from: number): unknown[] {
  const copies: Aim["copies"] = new Map()
  return values.map((value, offset) => adoptOne(spot, value, from + offset, copies))
}

function whereOf({ into, way }: Aim): string {
  const [first = "", ...rest] = way
  return describe(into, first) + rest.map(tailOf).join("")
}

function describe(spot: Spot, place: string | number | symbol): string {
  let holder = spot === spot.record.root ? "$state" : "(value)"
  for (const path of spot === spot.record.root ? [] : placesOf(spot).values()) {
    if (path) holder = `$state${path.map(stepText).join("")}`
  }
  return holder + tailOf(spot.list ? Number(place) : place)
}

// Writing

/** Seals the paths, lets `mutate` change the container, then tells one effect for each place the container has. */
function write(spot: Spot, effectAt: EffectAt, mutate: () => void): void {
  const { record } = spot
  const kept = keptPath(spot)
  if (kept) {
    mutate()
    record.moves += 1
    record.tell(effectAt(kept))
    return
  }
  const places = placesOf(spot)
  for (const path of places.values()) {
    if (path && path.length >= MAX_STEPS) throw new TypeError(`a state is at most ${MAX_STEPS} levels deep`)
  }
  mutate()
  record.moves += 1
  for (const [name, path] of places) {
    if (path) record.tell(effectAt(path))
    else record.tell({ kind: "state_set", path: [name], value: sealed(rootFields(record)[name]) })
  }
}

function rootFields({ root }: Recording): Fields {
  return (root?.container ?? {}) as Fields
}

function keyMayChange(spot: Spot, name: string): void {
  if (name !== "id") return
  for (const [parent] of holders(spot)) parent.keyCounts = undefined
}

function setPlace(spot: Spot, name: string | symbol, value: unknown): void {
  if (typeof name === "symbol") throw new TypeError("a state holds JSON; a symbol cannot name a value")
  if (!spot.list) setField(spot, name, value)
  else if (name === "length") setLength(spot, spot.list, value)
  else if (isIndex(name)) setItem(spot, spot.list, Number(name), value)
  else throw new TypeError(`${describe(spot, name)}: a list holds only items`)
}

function setField(spot: Spot, name: string, value: unknown): void {
  const fields = spot.container as Fields
  assertName(name, () => describe(spot, name))
  const adopted = adoptOne(spot, value, name)
  if (Object.hasOwn(fields, name) && fields[name] === adopted) return
  const effectAt: EffectAt = (path) => ({ kind: "state_set", path: [...path, name], value: sealed(adopted) })
  write(spot, effectAt, () => {
    keyMayChange(spot, name)
    fields[name] = adopted
    link(adopted, spot, name)
  })
}

function unsetField(spot: Spot, name: string): void {
  const effectAt: EffectAt = (path) => ({ kind: "state_unset", path: [...path, name] })
  write(spot, effectAt, () => {
    keyMayChange(spot, name)
    delete (spot.container as Fields)[name]
  })
}

function setItem(spot: Spot, list: List, index: number, value: unknown): void {
  if (index > list.length) {
    throw new TypeError(`${describe(spot, index)} would leave a hole; the list has ${list.length} items`)
  }
  const [adopted] = adoptItems(spot, [value], index)
  if (index === list.length) spliceItems(spot, list, index, 0, [adopted])
  if (list[index] === adopted) return
  const step = stepAt(spot, index)
  const effectAt: EffectAt = (path) => ({ kind: "state_set", path: [...path, step], value: sealed(adopted) })
  write(spot, effectAt, () => {
    spot.keyCounts = undefined
    list[index] = adopted
    link(adopted, spot, index)
  })
}

function setLength(spot: Spot, list: List, value: unknown): void {
  const length = Number(value)
  if (!(Number.isInteger(length) && length >= 0)) throw new RangeError("Invalid array length")
  if (length > list.length) throw new TypeError(`${describe(spot, list.length)} would be a hole; push items instead`)
  spliceItems(spot, list, length, list.length - length, [])
}

/** Replaces `count` items from `start` by `items`, which are state already. */
function spliceItems(spot: Spot, list: List, start: number, count: number, items: readonly unknown[]): void {
  if (count === 0 && items.length === 0) return
  const after = start > 0 ? uniqueKey(spot, list, start - 1) : undefined
  const removed = list.slice(start, start + count)
  const remove = removed.map((item, offset): ItemMatch => {
    const key = uniqueKey(spot, list, start + offset)
    return key === undefined ? { value: sealed(item) } : { key }
  })
  const insert = items.map(sealed)
  const effectAt: EffectAt = (path) => {
    const place = after === undefined ? { index: start } : { index: start, after }
    return { kind: "state_splice", path, ...place, remove, insert }
  }
  write(spot, effectAt, () => {
    recount(spot, removed, -1)
    recount(spot, items, 1)
    list.splice(start, count, ...items)
    for (const [offset, item] of items.entries()) link(item, spot, start + offset)
  })
}

/** Gives the list a new content: one splice over the stretch that differs. */
function rearrange(spot: Spot, list: List, next: readonly unknown[]): void {
  let start = 0
  while (start < list.length && start < next.length && list[start] === next[start]) start += 1
  let tail = 0
  while (tail < list.length - start && tail < next.length - start && list.at(-1 - tail) === next.at(-1 - tail))
    tail += 1
  spliceItems(spot, list, start, list.length - start - tail, next.slice(start, next.length - tail))
}

function wrapItems(spot: Spot, list: List, start = 0, end = list.length): unknown[] {
  return list.slice(start, end).map((item, offset) => wrapped(spot, item, start + offset))
}

const mutators: { readonly [name: string]: (spot: Spot, list: List, args: readonly unknown[]) => unknown } = {
  push(spot, list, args) {
    spliceItems(spot, list, list.length, 0, adoptItems(spot, args, list.length))
    return list.length
  },
  unshift(spot, list, args) {
    spliceItems(spot, list, 0, 0, adoptItems(spot, args, 0))
    return list.length
  },
  pop: (spot, list) => removeAt(spot, list, list.length - 1),
  shift: (spot, list) => removeAt(spot, list, 0),
  splice(spot, list, args) {
    const start = relative(args[0], list.length)
    const wanted = args.length === 0 ? 0 : args.length === 1 ? list.length : integer(args[1])
    const count = Math.max(0, Math.min(wanted, list.length - start))
    const removed = wrapItems(spot, list, start, start + count)
    spliceItems(spot, list, start, count, adoptItems(spot, args.slice(2), start))
    return removed
  },
  sort(spot, list, [compare]) {
    const sorted = wrapItems(spot, list).sort(compare as ((a: unknown, b: unknown) => number) | undefined)
    rearrange(
      spot,
      list,
      sorted.map((item) => containerOf(spot, item)),
    )
    return spot.proxy
  },
  reverse(spot, list) {
    rearrange(spot, list, [...list].reverse())
    return spot.proxy
  },
  fill(spot, list, [value, from, to]) {
    const start = relative(from, list.length)
    const end = to === undefined ? list.length : relative(to, list.length)
    const [adopted] = start < end ? adoptItems(spot, [value], start) : []
    share(spot, adopted)
    rearrange(spot, list, [...list].fill(adopted, start, end))
    return spot.proxy
  },
  copyWithin(spot, list, [target, from, to]) {
    for (const item of list) share(spot, item)
    const end = to === undefined ? list.length : relative(to, list.length)
    rearrange(spot, list, [...list].copyWithin(integer(target), integer(from), end))
    return spot.proxy
  },
}

function methodOf(spot: Spot, list: List, name: string): unknown {
  spot.methods ??= {}
  spot.methods[name] ??= (...args: unknown[]) => mutators[name]?.(spot, list, args)
  return spot.methods[name]
}

function removeAt(spot: Spot, list: List, index: number): unknown {
  if (list.length === 0) return undefined
  const removed = wrapped(spot, list[index], index)
  spliceItems(spot, list, index, 1, [])
  return removed
}

function containerOf({ record }: Spot, value: unknown): unknown {
  return typeof value === "object" && value !== null ? (record.originals.get(value)?.container ?? value) : value
}
