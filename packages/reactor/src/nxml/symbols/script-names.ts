import { type Node, type Program, parse } from "acorn"
import { analyze, type Scope, type ScopeManager } from "eslint-scope"
import { remembered } from "../../expression/remembered.ts"
import { isRoot, type Root } from "./expression-names.ts"

/** A name of the panel in a handler's JavaScript. `at` counts in its source. */
export interface ScriptUse {
  readonly of: Root
  readonly name: string
  readonly at: number
  readonly write: boolean
  /** `const { items } = $state`: the name is a local variable as well. */
  readonly shorthand: boolean
  /** `const { items: list } = $state`: the local variable beside the name, and where it ends. */
  readonly alias?: Alias
}

/** A local variable that a pattern binds to a name. `end` counts as `at` does. */
export interface Alias {
  readonly name: string
  readonly end: number
}

export interface ScriptNames {
  readonly uses: readonly ScriptUse[]
  /** False where the source is no JavaScript, so that what it uses is unknown. */
  readonly whole: boolean
}

/** An acorn node seen loosely: its fields are read by name and checked before use. */
type Loose = Node & { readonly [field: string]: unknown }

const MEMORY = 1000

/**
 * The members of `$state`, `$computed` and `$imports` that a handler names. Scopes are JavaScript's own: a parameter
 * called `$state` hides the panel's, and `const s = $state` is followed. Words in strings and comments are no names.
 */
export const namesInScript: (source: string) => ScriptNames = remembered(MEMORY, (source) => {
  let program: Program
  try {
    program = parse(source, {
      ecmaVersion: 2024,
      sourceType: "script",
      ranges: true,
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    })
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { uses: [], whole: false }
  }
  const scopes = analyze(program as Parameters<typeof analyze>[0], { ecmaVersion: 2022, nodejsScope: true })
  return { uses: new Follower(program, scopes).uses(), whole: true }
})

class Follower {
  readonly #found: ScriptUse[] = []
  readonly #parents = new Map<Node, Loose>()
  readonly #scopes: ScopeManager

  constructor(program: Node, scopes: ScopeManager) {
    this.#scopes = scopes
    this.#remember(program as Loose)
  }

  uses(): ScriptUse[] {
    const outside: Scope["through"] = this.#scopes.globalScope?.through ?? []
    for (const { identifier } of outside)
      if (isRoot(identifier.name)) this.#follow(identifier as unknown as Loose, identifier.name)
    return this.#found.sort((a, b) => a.at - b.at)
  }

  #remember(node: Loose): void {
    for (const field in node) {
      const value = node[field]
      for (const child of Array.isArray(value) ? value : [value]) {
        if (!isNode(child)) continue
        this.#parents.set(child, node)
        this.#remember(child)
      }
    }
  }

  /** `identifier` stands for the root: what is read of it there? */
  #follow(identifier: Loose, root: Root): void {
    const parent = this.#parents.get(identifier)
    if (parent === undefined) return
    if (parent.type === "MemberExpression" && parent.object === identifier) this.#member(parent, root)
    else if (parent.type === "VariableDeclarator" && parent.init === identifier) {
      if (isNode(parent.id) && parent.id.type === "Identifier") this.#alias(parent, root)
      else this.#pattern(parent.id, root)
    } else if (parent.type === "AssignmentExpression" && parent.right === identifier) this.#pattern(parent.left, root)
  }

  #alias(declarator: Loose, root: Root): void {
    for (const variable of this.#scopes.getDeclaredVariables(declarator as never))
      for (const { identifier } of variable.references)
        if ((identifier as unknown) !== declarator.id) this.#follow(identifier as unknown as Loose, root)
  }

  #member(member: Loose, root: Root): void {
    const { property } = member
    if (!isNode(property)) return
    const write = this.#isWritten(member)
    if (member.computed !== true && property.type === "Identifier")
      this.#note(root, String(property.name), property.start, write)
    else if (property.type === "Literal" && typeof property.value === "string" && isPlain(property))
      this.#note(root, property.value, property.start + 1, write)
  }

  #pattern(pattern: unknown, root: Root): void {
    if (!isNode(pattern) || pattern.type !== "ObjectPattern" || !Array.isArray(pattern.properties)) return
    for (const property of pattern.properties) {
      if (!isNode(property) || property.computed === true || !isNode(property.key)) continue
      const { key } = property
      if (key.type === "Identifier") this.#bind(root, key, property)
      else if (key.type === "Literal" && typeof key.value === "string" && isPlain(key))
        this.#note(root, key.value, key.start + 1, false)
    }
  }

  #bind(of: Root, key: Loose, { shorthand, value }: Loose): void {
    const use = { of, name: String(key.name), at: key.start, write: false, shorthand: shorthand === true }
    const local = isNode(value) && value.type === "AssignmentPattern" ? value.left : value
    const named = shorthand !== true && isNode(local) && local.type === "Identifier"
    this.#found.push(named ? { ...use, alias: { name: String(local.name), end: local.end } } : use)
  }

  /** Is the member, or something behind it, the target of an assignment? */
  #isWritten(member: Loose): boolean {
    let node = member
    for (let parent = this.#parents.get(node); parent !== undefined; parent = this.#parents.get(node)) {
      if (parent.type !== "MemberExpression" || parent.object !== node)
        return (
          (parent.type === "AssignmentExpression" && parent.left === node) ||
          parent.type === "UpdateExpression" ||
          (parent.type === "UnaryExpression" && parent.operator === "delete")
        )
      node = parent
    }
    return false
  }

  #note(of: Root, name: string, at: number, write: boolean): void {
    this.#found.push({ of, name, at, write, shorthand: false })
  }
}

function isNode(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
}

/** Is the text of a string literal written as it is, so that it may be changed in place? */
function isPlain(literal: Loose): boolean {
  return literal.end - literal.start === String(literal.value).length + 2
}
