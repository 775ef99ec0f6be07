import type { Json } from "../json.ts"
import type { StateEffect } from "../run/outcome.ts"
import type { ItemKey, ItemMatch, Step } from "./operation.ts"

/**
 * A JSON state that writes down what is done to it. Handlers write plain JavaScript; every write becomes one state
 * effect, with its path sealed at that moment: list items by stable key where the list has one, else by an index that
 * carries the value it expects. Replaying the effects through `apply` gives the state that plain JavaScript left.
 *
 * A container may stand at several places (`$state.a = $state.b`): a write reaches each of them. Containers know their
 * possible parents, and a path is found by asking those parents where the child stands now; an edge that no longer
 * holds is forgotten. Comparing before and after at the end of the turn was refused: it cannot tell a move from a
 * rewrite. Values that are assigned are copied; what was read from the state stays the same object.
 *
 * This file stands alone (type imports only): the sandbox evaluates its stripped text inside the guest.
 */

type List = unknown[]
type Fields = { [name: string]: unknown }
type Container = List | Fields
/** Paths by state name; `null` where the container stands more than once below that name. */
type Places = Map<string, Step[] | null>

/** Where a value is about to go, and the copies made on the way; `null` while one is being made. */
interface Aim {
  readonly into: Container
  readonly place: string | number
  readonly copies: Map<object, Container | null>
}

const MAX_STEPS = 64

/** A recording view of `state`, which must be a JSON tree of the caller's own: it is written in place. */
export function recordState<State extends object>(state: State, onEffect: (effect: StateEffect) => void): State {
  const root = state as unknown as Container
  const proxies = new WeakMap<Container, object>()
  const originals = new WeakMap<object, Container>()
  const parents = new WeakMap<Container, Map<Container, string | number>>()
  /** Containers that may stand at more than one place; all others have at most one. */
  const shared = new WeakSet<Container>()
  const methods = new WeakMap<List, { [name: string]: unknown }>()
  const keyCounts = new WeakMap<List, Map<ItemKey, number>>()

  // Where things stand

  function link(child: Container, parent: Container, place: string | number): void {
    const known = parents.get(child)
    if (known) known.set(parent, place)
    else parents.set(child, new Map([[parent, place]]))
  }

  function placesWithin(parent: Container, child: Container, hint: string | number): (string | number)[] {
    const once = !shared.has(child)
    if (once && (parent as Fields)[hint] === child) return [hint]
    const found: (string | number)[] = []
    if (Array.isArray(parent)) {
      for (let at = parent.indexOf(child); at >= 0; at = parent.indexOf(child, at + 1)) found.push(at)
    } else {
      for (const name of Object.keys(parent)) if (parent[name] === child) found.push(name)
    }
    return found
  }

  /** Every place of `child` in a parent that still holds it. */
  function* holders(child: Container): Generator<[Container, (string | number)[]]> {
    for (const [parent, hint] of parents.get(child) ?? []) {
      const places = placesWithin(parent, child, hint)
      if (places.length > 0) yield [parent, places]
      else parents.get(child)?.delete(parent)
    }
  }

  function placesOf(container: Container, seen = new Map<Container, Places>()): Places {
    const known = seen.get(container)
    if (known) return known
    const result: Places = new Map()
    seen.set(container, result)
    const add = (name: string, path: Step[] | null) => result.set(name, result.has(name) ? null : path)
    for (const [parent, places] of holders(container)) {
      for (const place of places) {
        if (parent === root) add(String(place), [String(place)])
        else for (const [name, path] of placesOf(parent, seen)) add(name, path && [...path, stepAt(parent, place)])
      }
    }
    return result
  }

  function isAbove(container: Container, below: Container, seen = new Set<Container>()): boolean {
    if (container === below) return true
    if (seen.has(below)) return false
    seen.add(below)
    for (const [parent] of holders(below)) if (isAbove(container, parent, seen)) return true
    return false
  }

  function countsOf(list: List): Map<ItemKey, number> {
    let counts = keyCounts.get(list)
    if (!counts) {
      counts = new Map()
      keyCounts.set(list, counts)
      recount(list, list, 1)
    }
    return counts
  }

  function recount(list: List, items: readonly unknown[], by: number): void {
    const counts = keyCounts.get(list)
    if (!counts) return
    for (const item of items) {
      const key = keyOf(item)
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + by)
    }
  }

  function uniqueKey(list: List, index: number): ItemKey | undefined {
    const key = keyOf(list[index])
    return key !== undefined && countsOf(list).get(key) === 1 ? key : undefined
  }

  function stepAt(container: Container, place: string | number): Step {
    if (!Array.isArray(container)) return String(place)
    const index = Number(place)
    const key = uniqueKey(container, index)
    return key === undefined ? { index, expect: sealed(container[index]) } : { key }
  }

  function linkItem(item: unknown, parent: Container, place: string | number): void {
    if (typeof item === "object" && item !== null) link(item as Container, parent, place)
  }

  function share(item: unknown): void {
    if (typeof item === "object" && item !== null) shared.add(item as Container)
  }

  // Values in and out

  function wrap(value: unknown, parent: Container, place: string | number): unknown {
    if (typeof value !== "object" || value === null) return value
    link(value as Container, parent, place)
    return proxyOf(value as Container)
  }

  /** Turns what the handler assigns into state: copies plain JSON, keeps what is state already, refuses the rest. */
  function adopt(value: unknown, aim: Aim, trail = ""): unknown {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value
    if (typeof value === "number" && Number.isFinite(value)) return value
    const where = () => describe(aim.into, aim.place) + trail
    if (typeof value !== "object") throw refused(where(), value)
    const own = originals.get(value)
    if (own ? isAbove(own, aim.into) : aim.copies.get(value) === null) {
      throw new TypeError(`${where()} would contain itself; a state is a tree`)
    }
    const known = own ?? aim.copies.get(value)
    if (known) {
      shared.add(known)
      return known
    }
    const prototype = Object.getPrototypeOf(value)
    if (!Array.isArray(value) && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw refused(where(), value)
    }
    aim.copies.set(value, null)
    const copy: Container = Array.isArray(value) ? [] : {}
    const names = Array.isArray(value) ? value.keys() : Object.keys(value)
    for (const name of names) {
      assertName(name, where)
      const item = adopt((value as Fields)[name], aim, trail + tailOf(copy, name))
      ;(copy as Fields)[name] = item
      linkItem(item, copy, name)
    }
    aim.copies.set(value, copy)
    return copy
  }

  function adoptItems(list: List, values: readonly unknown[], from: number): unknown[] {
    const copies: Aim["copies"] = new Map()
    return values.map((value, offset) => adopt(value, { into: list, place: from + offset, copies }))
  }

  function describe(container: Container, place: string | number | symbol): string {
    let holder = container === root ? "$state" : "(value)"
    for (const path of container === root ? [] : placesOf(container).values()) {
      if (path) holder = `$state.${path.map(stepText).join(".")}`
    }
    return holder + tailOf(container, place)
  }

  // Writing

  /** Seals the paths, lets `mutate` change the container, then tells one effect for each place the container has. */
  function write(container: Container, effectAt: (path: Step[]) => StateEffect, mutate: () => void): void {
    const places: Places = container === root ? new Map() : placesOf(container)
    for (const path of places.values()) {
      if (path && path.length >= MAX_STEPS) throw new TypeError(`a state is at most ${MAX_STEPS} levels deep`)
    }
    mutate()
    if (container === root) onEffect(effectAt([]))
    for (const [name, path] of places) {
      onEffect(path ? effectAt(path) : { kind: "state_set", path: [name], value: sealed((root as Fields)[name]) })
    }
  }

  function keyMayChange(container: Container, name: string): void {
    if (name !== "id") return
    for (const [parent] of holders(container)) if (Array.isArray(parent)) keyCounts.delete(parent)
  }

  function setField(fields: Fields, name: string, value: unknown): void {
    assertName(name, () => describe(fields, name))
    const adopted = adopt(value, { into: fields, place: name, copies: new Map() })
    if (Object.hasOwn(fields, name) && fields[name] === adopted) return
    const effectAt = (path: Step[]): StateEffect => ({
      kind: "state_set",
      path: [...path, name],
      value: sealed(adopted),
    })
    write(fields, effectAt, () => {
      keyMayChange(fields, name)
      fields[name] = adopted
      linkItem(adopted, fields, name)
    })
  }

  function unsetField(fields: Fields, name: string): void {
    if (!Object.hasOwn(fields, name)) return
    const effectAt = (path: Step[]): StateEffect => ({ kind: "state_unset", path: [...path, name] })
    write(fields, effectAt, () => {
      keyMayChange(fields, name)
      delete fields[name]
    })
  }

  function setItem(list: List, index: number, value: unknown): void {
    if (index > list.length) {
      throw new TypeError(`${describe(list, index)} would leave a hole; the list has ${list.length} items`)
    }
    const [adopted] = adoptItems(list, [value], index)
    if (index === list.length) spliceItems(list, index, 0, [adopted])
    if (list[index] === adopted) return
    const step = stepAt(list, index)
    const effectAt = (path: Step[]): StateEffect => ({
      kind: "state_set",
      path: [...path, step],
      value: sealed(adopted),
    })
    write(list, effectAt, () => {
      keyCounts.delete(list)
      list[index] = adopted
      linkItem(adopted, list, index)
    })
  }

  /** Replaces `count` items from `start` by `items`, which are state already; answers with the removed ones. */
  function spliceItems(list: List, start: number, count: number, items: readonly unknown[]): void {
    if (count === 0 && items.length === 0) return
    const after = start > 0 ? uniqueKey(list, start - 1) : undefined
    const remove = list.slice(start, start + count).map((item, offset): ItemMatch => {
      const key = uniqueKey(list, start + offset)
      return key === undefined ? { value: sealed(item) } : { key }
    })
    const insert = items.map(sealed)
    const effectAt = (path: Step[]): StateEffect => {
      const place = after === undefined ? { index: start } : { index: start, after }
      return { kind: "state_splice", path, ...place, remove, insert }
    }
    write(list, effectAt, () => {
      recount(list, list.slice(start, start + count), -1)
      recount(list, items, 1)
      list.splice(start, count, ...items)
      for (const [offset, item] of items.entries()) linkItem(item, list, start + offset)
    })
  }

  /** Gives the list a new content: one splice over the stretch that differs. */
  function rearrange(list: List, next: readonly unknown[]): void {
    let start = 0
    while (start < list.length && start < next.length && list[start] === next[start]) start += 1
    let tail = 0
    while (tail < list.length - start && tail < next.length - start && list.at(-1 - tail) === next.at(-1 - tail))
      tail += 1
    spliceItems(list, start, list.length - start - tail, next.slice(start, next.length - tail))
  }

  function wrapItems(list: List, start = 0, end = list.length): unknown[] {
    return list.slice(start, end).map((item, offset) => wrap(item, list, start + offset))
  }

  const mutators: { readonly [name: string]: (list: List, proxy: unknown, args: readonly unknown[]) => unknown } = {
    push(list, _proxy, args) {
      spliceItems(list, list.length, 0, adoptItems(list, args, list.length))
      return list.length
    },
    unshift(list, _proxy, args) {
      spliceItems(list, 0, 0, adoptItems(list, args, 0))
      return list.length
    },
    pop: (list) => removeAt(list, list.length - 1),
    shift: (list) => removeAt(list, 0),
    splice(list, _proxy, args) {
      const start = relative(args[0], list.length)
      const wanted = args.length === 0 ? 0 : args.length === 1 ? list.length : integer(args[1])
      const count = Math.max(0, Math.min(wanted, list.length - start))
      const removed = wrapItems(list, start, start + count)
      spliceItems(list, start, count, adoptItems(list, args.slice(2), start))
      return removed
    },
    sort(list, proxy, [compare]) {
      const sorted = wrapItems(list).sort(compare as ((a: unknown, b: unknown) => number) | undefined)
      rearrange(list, sorted.map(unwrap))
      return proxy
    },
    reverse(list, proxy) {
      rearrange(list, [...list].reverse())
      return proxy
    },
    fill(list, proxy, [value, from, to]) {
      const start = relative(from, list.length)
      const end = to === undefined ? list.length : relative(to, list.length)
      const [adopted] = start < end ? adoptItems(list, [value], start) : []
      share(adopted)
      rearrange(list, [...list].fill(adopted, start, end))
      return proxy
    },
    copyWithin(list, proxy, [target, from, to]) {
      list.forEach(share)
      const end = to === undefined ? list.length : relative(to, list.length)
      rearrange(list, [...list].copyWithin(integer(target), integer(from), end))
      return proxy
    },
  }

  function removeAt(list: List, index: number): unknown {
    if (list.length === 0) return undefined
    const removed = wrap(list[index], list, index)
    spliceItems(list, index, 1, [])
    return removed
  }

  function unwrap(value: unknown): unknown {
    return typeof value === "object" && value !== null ? (originals.get(value) ?? value) : value
  }

  // The proxy

  function proxyOf(container: Container): object {
    const known = proxies.get(container)
    if (known) return known
    const proxy: object = new Proxy(container, handler)
    proxies.set(container, proxy)
    originals.set(proxy, container)
    return proxy
  }

  function methodOf(list: List, name: string): unknown {
    const own = methods.get(list) ?? {}
    methods.set(list, own)
    own[name] ??= (...args: unknown[]) => mutators[name]?.(list, proxyOf(list), args)
    return own[name]
  }

  function setPlace(container: Container, name: string | symbol, value: unknown): void {
    if (typeof name === "symbol") throw new TypeError("a state holds JSON; a symbol cannot name a value")
    if (!Array.isArray(container)) setField(container, name, value)
    else if (name === "length") setLength(container, value)
    else if (isIndex(name)) setItem(container, Number(name), value)
    else throw new TypeError(`${describe(container, name)}: a list holds only items`)
  }

  function setLength(list: List, value: unknown): void {
    const length = Number(value)
    if (!(Number.isInteger(length) && length >= 0)) throw new RangeError("Invalid array length")
    if (length > list.length) throw new TypeError(`${describe(list, list.length)} would be a hole; push items instead`)
    spliceItems(list, length, list.length - length, [])
  }

  const handler: ProxyHandler<Container> = {
    get(container, name, receiver) {
      if (Array.isArray(container) && typeof name === "string" && Object.hasOwn(mutators, name)) {
        return methodOf(container, name)
      }
      const value = Reflect.get(container, name, receiver)
      return typeof name === "string" && Object.hasOwn(container, name) ? wrap(value, container, name) : value
    },
    set(container, name, value, receiver) {
      if (receiver !== proxies.get(container)) {
        return Reflect.defineProperty(receiver, name, { value, writable: true, enumerable: true, configurable: true })
      }
      setPlace(container, name, value)
      return true
    },
    deleteProperty(container, name) {
      if (typeof name === "symbol" || !Object.hasOwn(container, name)) return true
      if (Array.isArray(container)) {
        throw new TypeError(`delete ${describe(container, name)} would leave a hole; use splice(${name}, 1)`)
      }
      unsetField(container, name)
      return true
    },
    defineProperty(container, name, descriptor) {
      if (!("value" in descriptor)) throw new TypeError("a state holds JSON; it cannot have getters")
      setPlace(container, name, descriptor.value)
      return true
    },
    getOwnPropertyDescriptor(container, name) {
      const descriptor = Reflect.getOwnPropertyDescriptor(container, name)
      if (!descriptor || typeof name === "symbol") return descriptor
      return { ...descriptor, value: wrap(descriptor.value, container, name) }
    },
    setPrototypeOf() {
      throw new TypeError("a state holds JSON; it cannot have a prototype")
    },
    preventExtensions() {
      throw new TypeError("a state cannot be frozen or sealed")
    },
  }

  return proxyOf(root) as State
}

function keyOf(item: unknown): ItemKey | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item) || !Object.hasOwn(item, "id")) return undefined
  const id = (item as { id: unknown }).id
  return typeof id === "string" || typeof id === "number" ? id : undefined
}

/** A copy that later writes cannot reach. */
function sealed(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sealed)
  if (typeof value !== "object" || value === null) return value as Json
  const copy: { [name: string]: Json } = {}
  for (const name of Object.keys(value)) copy[name] = sealed((value as Fields)[name])
  return copy
}

function assertName(name: string | number, where: () => string): void {
  if (name === "__proto__") throw new TypeError(`${where()}: "__proto__" cannot name a value`)
}

function tailOf(container: Container, place: string | number | symbol): string {
  return Array.isArray(container) ? `[${String(place)}]` : `.${String(place)}`
}

function refused(where: string, value: unknown): TypeError {
  const kind =
    typeof value === "object" && value !== null ? `a ${value.constructor?.name ?? "strange object"}` : kindOf(value)
  return new TypeError(`${where} cannot be ${kind}: a state holds JSON only${adviceFor(kind)}`)
}

function kindOf(value: unknown): string {
  return typeof value === "undefined" || typeof value === "number" ? String(value) : `a ${typeof value}`
}

function adviceFor(kind: string): string {
  if (kind === "undefined") return "; leave it out, delete it or use null"
  if (kind === "a Date") return "; use toISOString()"
  if (kind === "a Set") return "; use a list: [...set]"
  if (kind === "a Map") return "; use an object: Object.fromEntries(map)"
  return ""
}

function stepText(step: Step): string {
  if (typeof step === "string") return step
  return "key" in step ? `[id ${step.key}]` : `[${step.index}]`
}

function isIndex(name: string): boolean {
  const index = Number(name)
  return Number.isInteger(index) && index >= 0 && index < 2 ** 32 - 1 && String(index) === name
}

function integer(value: unknown): number {
  return Math.trunc(Number(value)) || 0
}

function relative(value: unknown, length: number): number {
  const index = integer(value)
  return index < 0 ? Math.max(0, length + index) : Math.min(index, length)
}
