import { type Builtin, FUNCTIONS, NAMESPACES } from "./builtins.ts"
import { LIST_METHODS, type Method, NUMBER_METHODS, STRING_METHODS, TAKES_ARROW } from "./methods.ts"
import { type Call, type Expression, ExpressionError, type Member } from "./syntax.ts"

/** What a call means: a function known by name, or a pure method chosen by the receiver's kind when it runs. */
export type Called =
  | { readonly kind: "builtin"; readonly builtin: Builtin }
  | {
      readonly kind: "method"
      readonly callee: Member
      readonly text: Method<string> | undefined
      readonly list: Method<readonly unknown[]> | undefined
      readonly number: Method<number> | undefined
    }

/** Finds what `node` calls; throws ExpressionError when expressions have no such function. The only place that decides. */
export function resolveCall(node: Call, isLocal: (name: string) => boolean): Called {
  const { callee } = node
  const named =
    callee.kind === "name" && !isLocal(callee.name) ? FUNCTIONS.get(callee.name) : namespaced(callee, isLocal)
  if (typeof named === "object") {
    checkArrows(node, named.arrow)
    return { kind: "builtin", builtin: named }
  }
  if (callee.kind !== "member") {
    const name = callee.kind === "name" ? `"${callee.name}"` : "This"
    const hint = "Handlers are called in event attributes such as onClick."
    throw new ExpressionError(
      "expression-forbidden",
      `${name} is not a function that expressions have`,
      callee.at,
      callee.end - callee.at,
      hint,
    )
  }
  const method = callee.property
  const text = STRING_METHODS.get(method)
  const list = LIST_METHODS.get(method)
  const number = NUMBER_METHODS.get(method)
  if (text === undefined && list === undefined && number === undefined)
    throw new ExpressionError(
      "expression-forbidden",
      `There is no pure method "${method}"`,
      callee.propertyAt,
      method.length,
      "Change data in a handler.",
    )
  checkArrows(node, TAKES_ARROW.has(method) ? 0 : undefined)
  return { kind: "method", callee, text, list, number }
}

/** `Math.PI` and the like, unless a parameter has that name. */
export function namespaced(node: Expression, isLocal: (name: string) => boolean): Builtin | number | undefined {
  if (node.kind !== "member" || node.object.kind !== "name" || isLocal(node.object.name)) return undefined
  const namespace = NAMESPACES.get(node.object.name)
  if (namespace === undefined) return undefined
  const found = namespace.get(node.property)
  if (found !== undefined) return found
  const name = `${node.object.name}.${node.property}`
  throw new ExpressionError(
    "expression-forbidden",
    `"${name}" is not part of expressions`,
    node.at,
    name.length,
    `${node.object.name} has ${[...namespace.keys()].join(", ")}.`,
  )
}

/** A function may stand only where one is taken: nothing else could hold it without handing it on. */
function checkArrows(node: Call, taken: number | undefined): void {
  node.args.forEach(({ value }, position) => {
    if (value.kind === "arrow" && position !== taken)
      throw new ExpressionError(
        "expression-forbidden",
        "No function is taken here",
        value.at,
        value.end - value.at,
        "Functions are taken by the methods of lists, such as filter and map, and by sum, groupBy, sortBy and unique.",
      )
  })
}
