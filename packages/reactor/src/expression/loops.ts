import { spend } from "./budget.ts"
import type { Cell, Run } from "./operators.ts"
import type { Scope } from "./scope.ts"
import type { Reader } from "./sites.ts"
import { ExpressionError } from "./syntax.ts"

/**
 * The list methods that take an arrow, with the arrow's body inside the loop: no function is made for it, and none is
 * called between the list and the body. A list is counted once, in front; a loop inside the body counts its own.
 */
export type Loop = (list: readonly unknown[], arrow: Arrow, scope: Scope, start?: Start) => unknown

/**
 * An arrow, compiled: its parameters are cells which the loop fills. `enter` fills what is more than one plain name, for
 * the first, and one for the second.
 */
export interface Arrow {
  readonly first: Cell
  readonly second: Cell | undefined
  readonly enter: ((first: unknown, second: unknown, third: unknown) => void) | undefined
  readonly body: Run
  /** Set when the body is nothing but a member of the item, or its negation. */
  readonly field: Field | undefined
}

export interface Field {
  readonly read: Reader
  readonly negated: boolean
}

/** The value that `reduce` begins with. */
export interface Start {
  readonly value: unknown
}

export const LOOPS: ReadonlyMap<string, Loop> = new Map<string, Loop>([
  ["every", every],
  ["filter", filter],
  ["find", (list, arrow, scope) => list[findIndex(list, arrow, scope)]],
  ["findIndex", findIndex],
  ["map", map],
  ["reduce", reduce],
  ["some", (list, arrow, scope) => findIndex(list, arrow, scope) >= 0],
])

function filter(list: readonly unknown[], arrow: Arrow, scope: Scope): unknown[] {
  if (arrow.field !== undefined) return filterBy(list, arrow.field)
  const { first, second, enter, body } = arrow
  const { length } = list
  spend(length)
  const out: unknown[] = []
  for (let index = 0; index < length; index++) {
    const item = list[index]
    first.value = item
    if (second !== undefined) second.value = index
    if (enter !== undefined) enter(item, index, list)
    if (body(scope)) out.push(item)
  }
  return out
}

function map(list: readonly unknown[], arrow: Arrow, scope: Scope): unknown[] {
  if (arrow.field !== undefined) return mapBy(list, arrow.field)
  const { first, second, enter, body } = arrow
  const { length } = list
  spend(length)
  const out: unknown[] = []
  for (let index = 0; index < length; index++) {
    const item = list[index]
    first.value = item
    if (second !== undefined) second.value = index
    if (enter !== undefined) enter(item, index, list)
    out.push(body(scope))
  }
  return out
}

function findIndex(list: readonly unknown[], arrow: Arrow, scope: Scope): number {
  if (arrow.field !== undefined) return findIndexBy(list, arrow.field)
  const { first, second, enter, body } = arrow
  const { length } = list
  spend(length)
  for (let index = 0; index < length; index++) {
    const item = list[index]
    first.value = item
    if (second !== undefined) second.value = index
    if (enter !== undefined) enter(item, index, list)
    if (body(scope)) return index
  }
  return -1
}

function every(list: readonly unknown[], arrow: Arrow, scope: Scope): boolean {
  if (arrow.field !== undefined) return findIndexBy(list, { ...arrow.field, negated: !arrow.field.negated }) < 0
  const { first, second, enter, body } = arrow
  const { length } = list
  spend(length)
  for (let index = 0; index < length; index++) {
    const item = list[index]
    first.value = item
    if (second !== undefined) second.value = index
    if (enter !== undefined) enter(item, index, list)
    if (!body(scope)) return false
  }
  return true
}

function reduce(list: readonly unknown[], arrow: Arrow, scope: Scope, start: Start | undefined): unknown {
  const { first, second, enter, body } = arrow
  const { length } = list
  spend(length)
  if (start === undefined && length === 0)
    throw new ExpressionError(
      "expression-failed",
      "reduce of an empty list needs a first value",
      0,
      0,
      "Give it one: reduce((total, item) => total + item, 0).",
    )
  let result = start === undefined ? list[0] : start.value
  for (let index = start === undefined ? 1 : 0; index < length; index++) {
    const item = list[index]
    first.value = result
    if (second !== undefined) second.value = item
    if (enter !== undefined) enter(result, item, index)
    result = body(scope)
  }
  return result
}

function filterBy(list: readonly unknown[], { read, negated }: Field): unknown[] {
  const { length } = list
  spend(length)
  const out: unknown[] = []
  for (let index = 0; index < length; index++) {
    const item = list[index]
    if (read(item) ? !negated : negated) out.push(item)
  }
  return out
}

function mapBy(list: readonly unknown[], { read, negated }: Field): unknown[] {
  const { length } = list
  spend(length)
  const out: unknown[] = []
  for (let index = 0; index < length; index++) {
    const value = read(list[index])
    out.push(negated ? !value : value)
  }
  return out
}

function findIndexBy(list: readonly unknown[], { read, negated }: Field): number {
  const { length } = list
  spend(length)
  for (let index = 0; index < length; index++) if (read(list[index]) ? !negated : negated) return index
  return -1
}
