import type { ItemKey, Step } from "./operation.ts"
import { keyOf, sealed } from "./record-values.ts"

/**
 * Where the containers of a recorded state stand. A container knows its possible parents; a path is found by asking them
 * where the child stands now, and kept until some container is put, moved or named anew. An edge that no longer holds
 * is forgotten.
 */

export type List = unknown[]
export type Fields = { [name: string]: unknown }
export type Container = List | Fields
export type Place = string | number
/** Paths by state name; `null` where the container stands more than once below that name. */
export type Places = Map<string, Step[] | null>

/** One container among its parents. */
export interface Standing {
  readonly record: { readonly root: Standing | undefined; readonly moves: number }
  readonly container: Container
  readonly list: List | undefined
  /** Where it was put or read last, and where else it may stand. */
  parent: Standing | undefined
  place: Place
  others: Map<Standing, Place> | undefined
  /** It may stand at more than one place; any other stands at one at most. */
  shared: boolean
  /** The path that holds while `record.moves` is `pathAt`. */
  path: Step[] | undefined
  pathAt: number
  keyCounts: Map<ItemKey, number> | undefined
}

export const MAX_STEPS = 64

function placesWithin(parent: Standing, child: Standing, hint: Place): Place[] {
  const { container } = parent
  if (!child.shared && (container as Fields)[hint] === child.container) return [hint]
  const found: Place[] = []
  if (parent.list) {
    const { list } = parent
    for (let at = list.indexOf(child.container); at >= 0; at = list.indexOf(child.container, at + 1)) found.push(at)
  } else {
    for (const name of Object.keys(container)) if ((container as Fields)[name] === child.container) found.push(name)
  }
  return found
}

/** `child` stands in `parent` now; whether it still does elsewhere is looked at when somebody asks. */
export function standIn(child: Standing, parent: Standing, place: Place): void {
  if (child.parent !== undefined && child.parent !== parent) {
    child.others ??= new Map()
    child.others.set(child.parent, child.place)
    child.others.delete(parent)
  }
  child.parent = parent
  child.place = place
}

/** Every place of `child` in a parent that still holds it. */
export function holders(child: Standing): [Standing, Place[]][] {
  const found: [Standing, Place[]][] = []
  if (child.parent) {
    const places = placesWithin(child.parent, child, child.place)
    if (places[0] === undefined) child.parent = undefined
    else {
      child.place = places[0]
      found.push([child.parent, places])
    }
  }
  for (const [parent, hint] of child.others ?? []) {
    const places = placesWithin(parent, child, hint)
    if (places.length > 0) found.push([parent, places])
    else child.others?.delete(parent)
  }
  return found
}

export function placesOf(spot: Standing, seen = new Map<Standing, Places>()): Places {
  const known = seen.get(spot)
  if (known) return known
  const result: Places = new Map()
  seen.set(spot, result)
  const add = (name: string, path: Step[] | null) => result.set(name, result.has(name) ? null : path)
  for (const [parent, places] of holders(spot)) {
    for (const place of places) {
      if (parent === parent.record.root) add(String(place), [String(place)])
      else for (const [name, path] of placesOf(parent, seen)) add(name, path && [...path, stepAt(parent, place)])
    }
  }
  return result
}

/** The one path of a container, where it has just one and that names no item by what the item holds. */
export function keptPath(spot: Standing): Step[] | undefined {
  if (spot.pathAt === spot.record.moves) return spot.path
  spot.pathAt = spot.record.moves
  spot.path = spot === spot.record.root ? [] : foundPath(spot)
  return spot.path
}

function foundPath(spot: Standing): Step[] | undefined {
  if (spot.shared) return undefined
  const [held, ...others] = holders(spot)
  const [parent, [place] = []] = held ?? []
  if (parent === undefined || place === undefined || others.length > 0) return undefined
  const path = keptPath(parent)
  if (!path || path.length >= MAX_STEPS - 1) return undefined
  if (!parent.list) return [...path, String(place)]
  const key = uniqueKey(parent, parent.list, Number(place))
  return key === undefined ? undefined : [...path, { key }]
}

export function isAbove(spot: Standing, below: Standing, seen = new Set<Standing>()): boolean {
  if (spot === below) return true
  if (seen.has(below)) return false
  seen.add(below)
  for (const [parent] of holders(below)) if (isAbove(spot, parent, seen)) return true
  return false
}

export function recount(spot: Standing, items: readonly unknown[], by: number): void {
  const counts = spot.keyCounts
  if (!counts) return
  for (const item of items) {
    const key = keyOf(item)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + by)
  }
}

export function uniqueKey(spot: Standing, list: List, index: number): ItemKey | undefined {
  const key = keyOf(list[index])
  if (key === undefined) return undefined
  if (!spot.keyCounts) {
    spot.keyCounts = new Map()
    recount(spot, list, 1)
  }
  return spot.keyCounts.get(key) === 1 ? key : undefined
}

export function stepAt(spot: Standing, place: Place): Step {
  if (!spot.list) return String(place)
  const index = Number(place)
  const key = uniqueKey(spot, spot.list, index)
  return key === undefined ? { index, expect: sealed(spot.list[index]) } : { key }
}
