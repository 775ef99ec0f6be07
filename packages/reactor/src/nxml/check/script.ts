import { type Node, parse } from "acorn"
import { rememberedWhenRepeated } from "../../expression/remembered.ts"
import { readQuickly } from "./quick-script.ts"
import { type HostUse, isChanging, isRoot, type ScriptAnalysis, type ScriptUse } from "./script-analysis.ts"

const MEMORY = 1000

/** Parses the source as the body of an async function. */
export const analyseScript: (source: string) => ScriptAnalysis = rememberedWhenRepeated(
  MEMORY,
  (source) => readQuickly(source) ?? readWhole(source),
)

/** The same by acorn, which knows the whole language. */
export function readWhole(source: string): ScriptAnalysis {
  try {
    const script = new Script()
    script.visit(
      parse(source, {
        ecmaVersion: 2024,
        sourceType: "script",
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
      }),
    )
    return { error: undefined, uses: script.uses, hostUses: script.hostUses }
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

/** An acorn node seen loosely: its fields are read by name and checked before use. */
type Loose = Node & { readonly [field: string]: unknown }

/**
 * Finds what a handler reads and writes. A local that holds a part of state (`const item = $state.items.find(…)`, the
 * parameter of a callback, the variable of a loop) is followed by its name, so that `item.done = true` is a write of
 * `items`; names are taken as unique in a handler, which may find a write too many but never one too few.
 */
class Script {
  readonly uses: ScriptUse[] = []
  readonly hostUses: HostUse[] = []
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
      const loose: Loose = link as Loose
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
      for (const property of listOf((id as Loose).properties)) {
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
    const declarations = isNode(left) && left.type === "VariableDeclaration" ? listOf((left as Loose).declarations) : []
    const state = this.#stateOf(node.right)?.name
    for (const declaration of declarations) this.#alias(declaration.id, state)
  }

  #alias(pattern: unknown, state: string | undefined): void {
    if (state === undefined || !isNode(pattern)) return
    if (isIdentifier(pattern)) this.#aliases.set(String(pattern.name), state)
    for (const item of listOf((pattern as Loose).elements)) this.#alias(item, state)
    for (const property of listOf((pattern as Loose).properties)) this.#alias(property.value, state)
  }

  #call(node: Loose): void {
    const callee = node.callee
    const path = memberPath(callee)
    const args = listOf(node.arguments)
    if (path !== undefined && path[0] === "nexus")
      this.hostUses.push({
        path: path.slice(1),
        at: node.start,
        length: isNode(callee) ? callee.end - callee.start : 5,
        literal: beginning(args[0]),
      })
    if (path?.[0] === "Object" && path[1] === "assign") this.#write(args[0])
    if (!isNode(callee) || callee.type !== "MemberExpression") return
    const state = this.#stateOf(callee)
    if (state === undefined) return
    const method = propertyName(callee as Loose)
    if (method !== undefined && isChanging(method)) this.#wrote(state.name, state.at)
    for (const argument of args) for (const param of listOf(argument.params)) this.#alias(param, state.name)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
}

function isIdentifier(value: unknown): value is Loose {
  return isNode(value) && value.type === "Identifier"
}

function listOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter((item): item is Loose => isNode(item)) : []
}

/** `b` of `a.b` and `a["b"]`. */
function propertyName(node: Loose): string | undefined {
  const property = node.property
  if (!isNode(property)) return undefined
  const loose = property as Loose
  if (node.computed !== true) return typeof loose.name === "string" ? loose.name : undefined
  return property.type === "Literal" && typeof loose.value === "string" ? loose.value : undefined
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
  for (let link = node; isNode(link); link = (link as Loose).object) {
    if (isIdentifier(link)) return [String(link.name), ...names]
    const name = link.type === "MemberExpression" ? propertyName(link as Loose) : undefined
    if (name === undefined) return undefined
    names.unshift(name)
  }
  return undefined
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
  if (node.type !== "BinaryExpression" || node.operator !== "+") return undefined
  const left = listOf([node.left])
  const found = beginning(left[0])
  return found === undefined ? undefined : { text: found.text, whole: false }
}
