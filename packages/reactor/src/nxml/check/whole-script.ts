import { type Node, parse } from "acorn"
import { hostUsesIn } from "./host-uses.ts"
import { readScriptsWhole } from "./script.ts"
import { isChanging, isRoot, type ScriptAnalysis, type ScriptUse } from "./script-analysis.ts"
import { isIdentifier, isNode, type Loose, listOf, propertyName } from "./script-tree.ts"

/** The same as the quick reader by acorn, which knows the whole language. */
export function readWhole(source: string): ScriptAnalysis {
  try {
    const script = new Script()
    const program = parse(source, {
      ecmaVersion: 2024,
      sourceType: "script",
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    })
    script.visit(program)
    return { error: undefined, uses: script.uses, hostUses: source.includes("nexus") ? hostUsesIn(program) : [] }
  } catch (error) {
    if (error instanceof RangeError) return wrong("The script is nested too deep", 0)
    if (!(error instanceof SyntaxError)) throw error
    const at = "pos" in error && typeof error.pos === "number" ? error.pos : 0
    const end = source.trimEnd().length
    const message = error.message.replace(/ \(\d+:\d+\)$/, "")
    return wrong(
      message === "Unexpected token" ? `Unexpected ${tokenAt(source, at)}` : message,
      Math.max(0, Math.min(at, end - 1)),
    )
  }
}

/** The word or mark at a place, in quotes. */
function tokenAt(source: string, at: number): string {
  const token = /^(?:[\w$]{1,40}|[^\w\s])/.exec(source.slice(at, at + 40))?.[0]
  return token === undefined ? "end of the handler" : JSON.stringify(token)
}

function wrong(message: string, at: number): ScriptAnalysis {
  return { error: { message, at }, uses: [], hostUses: [] }
}

/**
 * Finds what a handler reads and writes. A local that holds a part of state (`const item = $state.items.find(…)`, the
 * parameter of a callback, the variable of a loop) is followed by its name, so that `item.done = true` is a write of
 * `items`; names are taken as unique in a handler, which may find a write too many but never one too few.
 */
class Script {
  readonly uses: ScriptUse[] = []
  readonly #aliases = new Map<string, string>()

  visit(node: Node): void {
    const loose = node as Loose
    switch (node.type) {
      case "MemberExpression":
        if (this.#root(loose)) return
        break
      case "Identifier":
        if (isRoot(loose.name)) this.uses.push({ root: loose.name, name: undefined, write: false, at: node.start })
        return
      case "AssignmentExpression":
        this.#write(loose.left)
        break
      case "UpdateExpression":
        this.#write(loose.argument)
        break
      case "UnaryExpression":
        if (loose.operator === "delete") this.#write(loose.argument)
        break
      case "VariableDeclarator":
        if (this.#declared(loose)) return
        break
      case "ForOfStatement":
        this.#loop(loose)
        break
      case "CallExpression":
        this.#call(loose)
        break
      case "Property":
        if (loose.computed === true && isNode(loose.key)) this.visit(loose.key)
        if (isNode(loose.value)) this.visit(loose.value)
        return
    }
    for (const field in loose) {
      const value = loose[field]
      if (isNode(value)) this.visit(value)
      else if (Array.isArray(value)) for (const item of value) if (isNode(item)) this.visit(item)
    }
  }

  /** `$state.name` is one use; what is behind it is looked at by who called. */
  #root(node: Loose): boolean {
    const object = node.object
    if (!isIdentifier(object) || !isRoot(object.name)) return false
    const name = propertyName(node)
    const property = node.property
    const at = nameStart(node)
    this.uses.push({ root: object.name, name, write: false, at })
    if (name === undefined && isNode(property)) this.visit(property)
    return true
  }

  #write(target: unknown): void {
    const name = this.#stateOf(target)
    if (name !== undefined) this.#wrote(name.name, name.at)
  }

  #wrote(name: string, at: number): void {
    this.uses.push({ root: "$state", name, write: true, at })
  }

  /** The state that a chain such as `$state.items.find(…).price` or a local comes from. */
  #stateOf(node: unknown): { name: string; at: number } | undefined {
    for (let link = node; isNode(link); ) {
      const loose: Loose = link
      if (link.type === "Identifier") {
        const name = this.#aliases.get(String(loose.name))
        return name === undefined ? undefined : { name, at: link.start }
      }
      if (link.type === "MemberExpression") {
        const object = loose.object
        if (isIdentifier(object) && object.name === "$state") {
          const name = propertyName(loose)
          return name === undefined ? undefined : { name, at: nameStart(loose) }
        }
        link = object
      } else if (link.type === "CallExpression") link = loose.callee
      else if (link.type === "ChainExpression" || link.type === "AwaitExpression")
        link = loose.expression ?? loose.argument
      else if (link.type === "LogicalExpression") link = loose.left
      else return undefined
    }
    return undefined
  }

  /** `const { items } = $state` names its uses; `const item = $state.items[0]` makes a local of state. */
  #declared(node: Loose): boolean {
    const { id, init } = { id: node.id, init: node.init }
    if (isIdentifier(init) && isRoot(init.name) && isNode(id) && id.type === "ObjectPattern") {
      for (const property of listOf(id.properties)) {
        const name = property.key !== undefined && isIdentifier(property.key) ? String(property.key.name) : undefined
        this.uses.push({ root: init.name, name, write: false, at: property.start })
        const value = property.value
        if (init.name === "$state" && name !== undefined && isIdentifier(value))
          this.#aliases.set(String(value.name), name)
      }
      return true
    }
    this.#alias(id, this.#stateOf(init)?.name)
    return false
  }

  #loop(node: Loose): void {
    const left = node.left
    const declarations = isNode(left) && left.type === "VariableDeclaration" ? listOf(left.declarations) : []
    const state = this.#stateOf(node.right)?.name
    for (const declaration of declarations) this.#alias(declaration.id, state)
  }

  #alias(pattern: unknown, state: string | undefined): void {
    if (state === undefined || !isNode(pattern)) return
    if (isIdentifier(pattern)) this.#aliases.set(String(pattern.name), state)
    for (const item of listOf(pattern.elements)) this.#alias(item, state)
    for (const property of listOf(pattern.properties)) this.#alias(property.value, state)
  }

  #call(node: Loose): void {
    const callee = node.callee
    const path = memberPath(callee)
    const args = listOf(node.arguments)
    if (path?.[0] === "Object" && path[1] === "assign") this.#write(args[0])
    if (!isNode(callee) || callee.type !== "MemberExpression") return
    const state = this.#stateOf(callee)
    if (state === undefined) return
    const method = propertyName(callee)
    if (method !== undefined && isChanging(method)) this.#wrote(state.name, state.at)
    for (const argument of args) for (const param of listOf(argument.params)) this.#alias(param, state.name)
  }
}

/** Where the name of a member is written: inside the quotes of `a["b"]`. */
function nameStart(node: Loose): number {
  const property = node.property
  if (!isNode(property)) return node.start
  return node.computed === true && propertyName(node) !== undefined ? property.start + 1 : property.start
}

/** The names of `a.b.c`. */
function memberPath(node: unknown): string[] | undefined {
  const names: string[] = []
  for (let link = node; isNode(link); link = link.object) {
    if (link.type === "Identifier") return [String(link.name), ...names]
    const name = link.type === "MemberExpression" ? propertyName(link) : undefined
    if (name === undefined) return undefined
    names.unshift(name)
  }
  return undefined
}

readScriptsWhole(readWhole)
