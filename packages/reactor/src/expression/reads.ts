import type { Cell, Run } from "./operators.ts"
import type { Scope } from "./scope.ts"
import { know, type Reader, readOperandAt, readParameterAt, readRootAt, readValueAt } from "./sites.ts"
import { ExpressionError } from "./syntax.ts"
import { readProperty } from "./values.ts"

/**
 * Reading names and properties: nearly all an expression does, and where its time goes. Only own properties exist, but
 * asking who owns a name at each read would double its price. What inherits from nothing but `Object.prototype` or
 * `Array.prototype` cannot answer a name that those lack with anything inherited, so such a name is read straight;
 * a name they have is read the careful way.
 */

/** `$state.name` or `$computed.name`; undefined for another root and for a name that is read the careful way. */
export function compileRootMember(root: string, name: string, rootAt: number, nameAt: number): Run | undefined {
  if ((root !== "$state" && root !== "$computed") || isInheritable(name)) return undefined
  return readRootAt(root, interned(name), freshRead(root, name, rootAt, nameAt))
}

/** The same of `$state`, as an operand of arithmetic or of a comparison with a text or a number. */
export function compileOperandMember(root: string, name: string, rootAt: number, nameAt: number): Run | undefined {
  if (root !== "$state" || isInheritable(name)) return undefined
  return readOperandAt(interned(name), freshRead(root, name, rootAt, nameAt))
}

/** Reads of a root that is not known, which is known from then on. */
function freshRead(root: "$state" | "$computed", name: string, rootAt: number, nameAt: number): Run {
  return (scope) => {
    const value = scope[root] ?? missingRoot(scope, root, rootAt)
    know(root, value)
    return readProperty(value, name, nameAt)
  }
}

/** `name` of an arrow's parameter. */
export function compileParameterMember(cell: Cell, name: string, at: number): Run {
  if (isInheritable(name)) {
    const read = compileReader(name, at)
    return () => read(cell.value)
  }
  return readParameterAt(interned(name), cell, (value) => readProperty(value, name, at))
}

/** `name` of a value that is handed in. */
export function compileReader(name: string, at: number): Reader {
  if (name === "length")
    return (value) => (Array.isArray(value) || typeof value === "string" ? value.length : readProperty(value, name, at))
  if (isInheritable(name)) return (value) => readProperty(value, name, at)
  return readValueAt(interned(name), (value) => readProperty(value, name, at))
}

/** A name of the scope itself. */
export function compileName(name: string, at: number): Run {
  if (name === "$state") return (scope) => scope.$state ?? missingRoot(scope, name, at)
  if (name === "$computed") return (scope) => scope.$computed ?? missingRoot(scope, name, at)
  if (name === "$imports") return (scope) => scope.$imports ?? missingRoot(scope, name, at)
  const inherited = name in Object.prototype
  return (scope) => {
    const value = inherited && !Object.hasOwn(scope, name) ? undefined : scope[name]
    if (value === undefined && (inherited || !(name in scope))) throw unknownName(name, at)
    return typeof value === "function" ? undefined : value
  }
}

/** The one copy of a text that the engine compares by its address; a piece cut out of a source is not that. */
export function interned(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text
}

/** Might plain data answer this name with what it inherits? */
function isInheritable(name: string): boolean {
  return name in Array.prototype
}

function missingRoot(scope: Scope, name: string, at: number): undefined {
  if (!(name in scope)) throw unknownName(name, at)
  return undefined
}

function unknownName(name: string, at: number): ExpressionError {
  return new ExpressionError(
    "undefined-name",
    `"${name}" is not known here`,
    at,
    name.length,
    "Names are $state, $computed, $imports, $panel and loop variables.",
  )
}
