import type { JsonObject } from "@nexus/protocol"
import type { Scope } from "../expression/compile.ts"
import { compilePath } from "../expression/statements.ts"
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
  /** Where `root.path` stands, or `undefined` when it is a copy that no state holds. */
  resolve(root: string, path: Place, state: JsonObject): Place | undefined
}

/** Outside any loop: only `$state` has a place. */
export function createRootPlaces(scope: Scope): Places {
  return { scope, resolve: (root, path) => (root === "$state" ? path : undefined) }
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
    scope: extendScope(parent.scope, names),
    resolve(root, path, state) {
      if (root !== row.as) return parent.resolve(root, path, state)
      const list = listPlace(parent, row.list, state)
      const item = list ? [...list, row.position()] : findItem(state, row.item(), namesIn(row.list))
      return item && [...item, ...path]
    },
  }
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
