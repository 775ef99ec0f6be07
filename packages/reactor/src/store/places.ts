import type { Json, JsonObject, ViewNode } from "@nexus/protocol"
import type { Scope } from "../expression/compile.ts"
import { compilePath } from "../expression/compile-text.ts"
import { extendScope } from "./panel-scope.ts"
import type { Readable } from "./signal.ts"
import { findItem, type Place } from "./target.ts"

/**
 * The names at one spot of the View, and where each of them stands in the state: reading needs the values, writing
 * `item.done` needs the place. A loop variable knows its place when the loop runs over a path; when it runs over the
 * result of an expression, the item is looked up in the state by identity.
 */
export interface Places {
  readonly scope: Scope
  /** What stands at the Slot of this part of the View. */
  readonly slot?: Slot
  /** Inside a component of a package: takes its own names' writes and its events' calls, instead of the panel. */
  readonly inside?: Inside
  /** Where `root.path` stands, or `undefined` when it is a copy that no state holds. */
  resolve(root: string, path: Place, state: JsonObject): Place | undefined
}

/** Children that were given from outside, with the names at the place where they were written. */
export interface Slot {
  readonly nodes: readonly ViewNode[]
  readonly places: Places
}

/** How the inside of a package's component reaches out. Its promises give a sentence when that failed. */
export interface Inside {
  /** The components around this spot, the outermost first. */
  readonly line: readonly string[]
  call(event: string, argument: Json): Promise<string | undefined>
  /** `undefined` where `root` is a loop's variable, which the places know. */
  write(root: string, path: Place, value: Json, group: string): Promise<string | undefined> | undefined
}

/** Outside any loop: only `$state` has a place. */
export function createRootPlaces(scope: Scope): Places {
  return { scope, resolve: (root, path) => (root === "$state" ? path : undefined) }
}

/** The same places, with something to stand at the Slot. */
export function withSlot(places: Places, slot: Slot | undefined): Places {
  return slot === undefined ? places : { ...places, slot }
}

export interface Row {
  /** The expression of the loop's list, without braces. */
  readonly list: string
  readonly as: string
  readonly index: string | undefined
  readonly item: Readable<unknown>
  readonly position: Readable<number>
}

/** Inside a loop: the parent's names and the loop's own. */
export function createRowPlaces(parent: Places, row: Row): Places {
  const names = new Map<string, Readable<unknown>>([[row.as, row.item]])
  if (row.index !== undefined) names.set(row.index, row.position)
  return {
    ...(parent.slot ? { slot: parent.slot } : {}),
    ...(parent.inside ? { inside: shadowed(parent.inside, row.as) } : {}),
    scope: extendScope(parent.scope, names),
    resolve(root, path, state) {
      if (root !== row.as) return parent.resolve(root, path, state)
      const list = listPlace(parent, row.list, state)
      const item = list ? [...list, row.position()] : findItem(state, row.item(), namesIn(row.list))
      return item && [...item, ...path]
    },
  }
}

/** In a row the loop's variable hides a name of the component around. */
function shadowed(inside: Inside, as: string): Inside {
  return { ...inside, write: (root, ...rest) => (root === as ? undefined : inside.write(root, ...rest)) }
}

function listPlace(parent: Places, list: string, state: JsonObject): Place | undefined {
  try {
    const { root, path } = compilePath(list)(parent.scope)
    return parent.resolve(root, path, state)
  } catch {
    return undefined
  }
}

function namesIn(expression: string): string[] {
  return [...expression.matchAll(/\$state\.([A-Za-z_]\w*)/g)].map((match) => match[1] ?? "")
}
