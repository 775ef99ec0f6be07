import type { Cell, Run } from "./operators.ts"
import { type Data, isData } from "./values.ts"

/**
 * Where properties are read. An engine keeps what it learnt about a read with the code of that read: one line of code that
 * reads every name knows none of them, and each read is a search. So the same function stands here again and again, a
 * name keeps the line it was given first, and most names of the panels on a screen have a line of their own: a search of
 * 5 ns becomes a load of 1 ns. `new Function` would make such code for each name and is what expressions must do without.
 * Names beyond the lines share them, and are read as any loop would.
 */
type RootSite = (name: string, fresh: Run) => Run
type ParameterSite = (name: string, cell: Cell, other: Reader) => Run
type ValueSite = (name: string, other: Reader) => Reader
export type Reader = (value: unknown) => unknown

/**
 * The roots read last, known to be plain: a panel's root stays one object for its life, so it is looked at once and not at
 * every read.
 */
let state: Data = {}
let computed: Data = {}

/** `$state.name` or `$computed.name`, of a name that plain data does not inherit; `fresh` reads it where the root is new. */
export function readRootAt(root: "$state" | "$computed", name: string, fresh: Run): Run {
  return lineOf(root === "$state" ? STATE : COMPUTED, name)(name, fresh)
}

/** `$state.name` where an operator takes it, which makes the same of a function as of nothing: one look less. */
export function readOperandAt(name: string, fresh: Run): Run {
  return lineOf(OPERAND, name)(name, fresh)
}

/** `parameter.name`; `other` reads it of what is no data. */
export function readParameterAt(name: string, cell: Cell, other: Reader): Run {
  return lineOf(PARAMETER, name)(name, cell, other)
}

/** `value.name` of a value that is handed in. */
export function readValueAt(name: string, other: Reader): Reader {
  return lineOf(VALUE, name)(name, other)
}

/** From now on `root` is known, when it is plain. */
export function know(name: "$state" | "$computed", root: unknown): void {
  if (!isData(root) || !isPlain(root)) return
  if (name === "$state") state = root
  else computed = root
}

/** Lines of code that do the same, and which name has which. */
interface Sites<Site> {
  readonly lines: readonly [Site, ...Site[]]
  readonly known: Map<string, Site>
}

const MOST_NAMES = 4000

function sitesOf<Site>(lines: readonly [Site, ...Site[]]): Sites<Site> {
  return { lines, known: new Map() }
}

/** The line of a name: the one it had before, or the next. */
function lineOf<Site>({ lines, known }: Sites<Site>, name: string): Site {
  const before = known.get(name)
  if (before !== undefined) return before
  const next = lines[known.size % lines.length] ?? lines[0]
  if (known.size < MOST_NAMES) known.set(name, next)
  return next
}

function own(value: unknown): unknown {
  return typeof value === "function" ? undefined : value
}

function ownOf(item: Data, name: string, value: unknown): unknown {
  if (value === undefined || typeof value === "function") return undefined
  return isPlain(item) || Object.hasOwn(item, name) ? value : undefined
}

/** Does it inherit from nothing but what all data does? Then a name that `Array.prototype` lacks is its own. */
function isPlain(target: Data): boolean {
  const prototype = Object.getPrototypeOf(target)
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null
}

const STATE = sitesOf<RootSite>([
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? own(state[name]) : fresh(scope)),
])

const OPERAND = sitesOf<RootSite>([
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
  (name, fresh) => (scope) => (scope.$state === state ? state[name] : fresh(scope)),
])

const COMPUTED = sitesOf<RootSite>([
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
  (name, fresh) => (scope) => (scope.$computed === computed ? own(computed[name]) : fresh(scope)),
])

const PARAMETER = sitesOf<ParameterSite>([
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
  (name, cell, other) => () => {
    const item = cell.value
    return isData(item) ? ownOf(item, name, item[name]) : other(item)
  },
])

const VALUE = sitesOf<ValueSite>([
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
  (name, other) => (value) => (isData(value) ? ownOf(value, name, value[name]) : other(value)),
])
