import type { ComponentDeclaration, PropDeclaration, ViewNode } from "@nexus/protocol"
import { compileBinding } from "../expression/compile-text.ts"
import { shownText } from "../expression/values.ts"
import type { Places } from "../store/places.ts"

/** A component's evaluated attributes, read by the types that its declaration names. */
export class Props {
  readonly #declaration: ComponentDeclaration | undefined
  readonly #values: { readonly [name: string]: unknown }

  constructor(declaration: ComponentDeclaration | undefined, values: { readonly [name: string]: unknown }) {
    this.#declaration = declaration
    this.#values = values
  }

  /** The value as it is; what the declaration starts with where there is none. */
  raw(name: string): unknown {
    return this.#values[name] ?? this.#declared(name)?.initial
  }

  text(name: string): string {
    return shownText(this.raw(name))
  }

  /** `undefined` where there is no number. */
  number(name: string): number | undefined {
    const value = this.raw(name)
    if (value === undefined || value === null || value === "") return undefined
    const number = Number(value)
    return Number.isFinite(number) ? number : undefined
  }

  flag(name: string): boolean {
    const value = this.raw(name)
    return value === name || (value !== "false" && Boolean(value))
  }

  list(name: string): readonly unknown[] {
    const value = this.raw(name)
    return Array.isArray(value) ? value : []
  }

  /** One of the declared words. */
  choice(name: string): string {
    const value = this.text(name)
    const declared = this.#declared(name)
    return declared?.values?.includes(value) ? value : String(declared?.initial ?? value)
  }

  #declared(name: string): PropDeclaration | undefined {
    return this.#declaration?.props[name]
  }
}

/** What all attributes of a component come out as; a failing one carries its sentence. */
export interface Evaluated {
  readonly values: { readonly [name: string]: unknown }
  readonly errors: readonly string[]
}

const EVENT = /^on[A-Z]/

/** Evaluates the attributes of `node`, events aside; `bind` gives `value`. */
export function evaluateProps(node: ViewNode, places: Places): Evaluated {
  const values: { [name: string]: unknown } = {}
  const errors: string[] = []
  for (const [name, binding] of Object.entries(node.attributes)) {
    if (EVENT.test(name)) continue
    const bound = name === "bind"
    try {
      values[bound ? "value" : name] = compileBinding(bound ? `{${binding.text}}` : binding.text)(places.scope)
    } catch (error) {
      errors.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { values, errors }
}

/** Text that a value shows as. */
export function textOf(value: unknown): string {
  return shownText(value)
}
