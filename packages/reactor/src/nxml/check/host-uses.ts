import type { Node } from "acorn"
import type { HostUse } from "./script-analysis.ts"
import { childrenOf, isIdentifier, isNode, type Loose, listOf, propertyName } from "./script-tree.ts"

/**
 * Finds what a handler asks the kernel for, as far as it is written out: `nexus.kv.get(…)` wherever it stands, the same
 * under another name (`const { kv } = nexus`, `const get = nexus.kv.get`), handed on without being called
 * (`ids.map(nexus.kv.get)`), and the raw `__nexus_call("kv", "get", …)`. A name is followed when it is bound once in the
 * handler and never assigned to; one that may mean something else is left alone, and so is a name that is worked out. The
 * kernel checks each call as it is made, so that nothing depends on this but how early a person is told.
 */
export function hostUsesIn(program: Node): HostUse[] {
  if (!isNode(program)) return []
  const names = new Names(program)
  const uses: HostUse[] = []
  const note = ({ start, end }: Loose, path: readonly string[], called: boolean, first?: Loose) =>
    uses.push({ path, called, at: start, length: end - start, literal: beginning(first) })

  const visit = (node: Loose): void => {
    if (node.type === "CallExpression") {
      const { callee } = node
      const args = listOf(node.arguments)
      const path = names.pathOf(callee)
      if (isNode(callee) && path?.[0] === "nexus") {
        const { called, first } = calledBy(path.slice(1), args)
        note(callee, called, true, first)
        for (const arg of args) visit(arg)
        return
      }
      const raw = isNode(callee) && path?.[0] === "__nexus_call" ? rawCall(args) : undefined
      if (isNode(callee) && raw) note(callee, raw.path, true, raw.first)
    } else if (node.type === "MemberExpression" || node.type === "Identifier") {
      const path = names.pathOf(node)
      if (path?.[0] === "nexus") note(node, path.slice(1), false)
      if (path !== undefined) return
    }
    for (const child of readBelow(node)) visit(child)
  }
  visit(program)
  return uses
}

/** `nexus.kv.get.call(null, "a")` is a call of `nexus.kv.get`; `nexus.panels.call(…)` is itself one. */
function calledBy(path: readonly string[], args: readonly Loose[]) {
  const how = path.length > 1 ? path.at(-1) : undefined
  const isMethod = path.length === 2 && path[0] === "panels"
  if (isMethod || (how !== "call" && how !== "apply" && how !== "bind")) return { called: path, first: args[0] }
  const first = how === "apply" ? listOf(args[1]?.elements)[0] : args[1]
  return { called: path.slice(0, -1), first }
}

/** `__nexus_call("files:read", "stat", [path])` as `nexus.files.stat(path)`. */
function rawCall([capability, method, given]: readonly Loose[]) {
  const [group, name] = [textOf(capability), textOf(method)]
  if (group === undefined || name === undefined) return undefined
  const path = group === "time" || group === "ask" ? [name] : [group.split(":", 1)[0] ?? group, name]
  return { path, first: listOf(given?.elements)[0] }
}

function textOf(node: Loose | undefined): string | undefined {
  const found = beginning(node)
  return found?.whole ? found.text : undefined
}

/** What each name of a handler stands for, where that is a part of `nexus`. */
class Names {
  readonly #bound = new Map<string, number>()
  readonly #declared: { readonly pattern: Loose; readonly init: Loose }[] = []
  readonly #paths = new Map<string, readonly string[]>()

  constructor(program: Loose) {
    this.#collect(program)
    for (const root of ["nexus", "__nexus_call"]) if (!this.#bound.has(root)) this.#paths.set(root, [root])
    // A name may be made of one that is made further down; each round finds at least one more, or is the last.
    for (let known = -1; known < this.#paths.size; ) {
      known = this.#paths.size
      for (const { pattern, init } of this.#declared) this.#follow(pattern, this.pathOf(init))
    }
  }

  /** The way from `nexus` to what the expression stands for: `["nexus", "kv", "get"]`. */
  pathOf(node: unknown): readonly string[] | undefined {
    if (!isNode(node)) return undefined
    switch (node.type) {
      case "Identifier":
        return this.#paths.get(String(node.name))
      case "MemberExpression": {
        const object = this.pathOf(node.object)
        const name = object && propertyName(node)
        return name === undefined ? undefined : [...(object ?? []), name]
      }
      case "ChainExpression":
        return this.pathOf(node.expression)
      case "SequenceExpression":
        return this.pathOf(listOf(node.expressions).at(-1))
      default:
        return undefined
    }
  }

  #collect(node: Loose): void {
    const { id, init, params, param, left, argument } = node
    if (node.type === "VariableDeclarator") {
      this.#bind(id)
      if (isNode(id) && isNode(init)) this.#declared.push({ pattern: id, init })
    } else if (/Function|^Class/.test(node.type)) this.#bind(id)
    else if (node.type === "CatchClause") this.#bind(param)
    else if (node.type === "AssignmentExpression" || /^For(In|Of)/.test(node.type)) this.#bind(left)
    else if (node.type === "UpdateExpression") this.#bind(argument)
    for (const each of listOf(params)) this.#bind(each)
    for (const child of childrenOf(node)) this.#collect(child)
  }

  /** Counts the names that a pattern binds or assigns to. */
  #bind(pattern: unknown): void {
    if (!isNode(pattern)) return
    if (pattern.type === "Identifier") {
      const name = String(pattern.name)
      this.#bound.set(name, (this.#bound.get(name) ?? 0) + 1)
    } else if (pattern.type === "AssignmentPattern") this.#bind(pattern.left)
    else if (pattern.type === "RestElement") this.#bind(pattern.argument)
    else if (pattern.type === "ArrayPattern") for (const each of listOf(pattern.elements)) this.#bind(each)
    else if (pattern.type === "ObjectPattern")
      for (const each of listOf(pattern.properties)) this.#bind(each.type === "RestElement" ? each : each.value)
  }

  #follow(pattern: Loose, path: readonly string[] | undefined): void {
    if (path === undefined) return
    if (pattern.type === "Identifier") {
      const name = String(pattern.name)
      if (this.#bound.get(name) === 1) this.#paths.set(name, path)
    } else if (pattern.type === "AssignmentPattern" && isNode(pattern.left)) this.#follow(pattern.left, path)
    else if (pattern.type === "RestElement" && isNode(pattern.argument)) this.#follow(pattern.argument, path)
    else if (pattern.type === "ObjectPattern")
      for (const each of listOf(pattern.properties)) {
        const name = keyName(each)
        if (each.type === "RestElement") this.#follow(each, path)
        else if (name !== undefined && isNode(each.value)) this.#follow(each.value, [...path, name])
      }
  }
}

/** The `b` of `{ b: … }`, `{ "b": … }` and `{ ["b"]: … }`. */
function keyName({ key, computed }: Loose): string | undefined {
  if (isIdentifier(key) && computed !== true) return String(key.name)
  return isNode(key) && key.type === "Literal" && typeof key.value === "string" ? key.value : undefined
}

/** The nodes below in which names are read: no names of members, keys or labels, and none that is just made. */
function* readBelow(node: Loose): IterableIterator<Loose> {
  for (const child of childrenOf(node)) {
    const isName = node.computed !== true && (child === node.key || child === node.property)
    const isMade = child === node.id || child === node.label
    if (child.type !== "Identifier" || !(isName || isMade)) yield child
  }
}

/** The text an argument begins with: a literal, the head of a template, or the left end of a sum. */
function beginning(node: Loose | undefined): HostUse["literal"] {
  if (node === undefined) return undefined
  if (node.type === "Literal") return typeof node.value === "string" ? { text: node.value, whole: true } : undefined
  if (node.type === "TemplateLiteral") {
    const quasis = listOf(node.quasis)
    const value = quasis[0]?.value
    const text = typeof value === "object" && value !== null && "cooked" in value ? value.cooked : undefined
    return typeof text === "string" ? { text, whole: quasis.length === 1 } : undefined
  }
  if (node.type !== "BinaryExpression" || node.operator !== "+" || !isNode(node.left)) return undefined
  const found = beginning(node.left)
  return found === undefined ? undefined : { text: found.text, whole: false }
}
