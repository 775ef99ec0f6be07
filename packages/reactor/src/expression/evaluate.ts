import type { Failure, Json, JsonObject, Panel } from "@nexus/protocol"
import { withBudget } from "./budget.ts"
import { compileExpression } from "./compile.ts"
import { guarded } from "./compile-binding.ts"
import { compileBinding } from "./compile-text.ts"
import { parseExpression } from "./parse.ts"
import type { Scope } from "./scope.ts"
import { ExpressionError } from "./syntax.ts"
import { measure } from "./values.ts"

/** What an expression came to. `error` has the place in its text; `failure` is the same for the wire. */
export type Evaluated =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: Failure; readonly error: ExpressionError }

/** Evaluates one expression (without braces) now. */
export function evaluateExpression(text: string, scope: Scope): Evaluated {
  try {
    return { ok: true, value: guarded(compileExpression(parseExpression(text)), scope) }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const detail = `${error.message}.${error.hint === undefined ? "" : ` ${error.hint}`}`
    return { ok: false, failure: { code: "invalid-input", detail }, error }
  }
}

/** The value of an attribute as JSON, bounded; undefined when it is none. Throws `ExpressionError`. */
export function evaluateBinding(text: string, scope: Scope): Json | undefined {
  return toJson(guarded(compileBinding(text), scope))
}

/** All computed values of a panel as JSON, each worked out once and only when needed; one that fails is left out. */
export function evaluateComputed(panel: Panel, state: JsonObject, imports: JsonObject): Record<string, Json> {
  const known = new Map<string, unknown>()
  const computed: { [name: string]: unknown } = {}
  const scope: Scope = {
    $state: state,
    $imports: imports,
    $computed: computed,
    $panel: { title: panel.title, version: panel.version, description: panel.description },
  }
  const running = new Set<string>()
  for (const { name, value } of panel.computed) {
    Object.defineProperty(computed, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        if (known.has(name)) return known.get(name)
        if (running.has(name)) throw new ExpressionError("expression-failed", `"${name}" needs itself`, 0, 0)
        running.add(name)
        try {
          const result = guarded(compileBinding(value.text), scope)
          known.set(name, result)
          return result
        } finally {
          running.delete(name)
        }
      },
    })
  }
  const out: Record<string, Json> = {}
  for (const { name } of panel.computed) {
    try {
      const value = toJson(computed[name])
      if (value !== undefined) out[name] = value
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
    }
  }
  return out
}

/** The value as JSON, bounded; undefined when it is none. */
function toJson(value: unknown): Json | undefined {
  withBudget(() => measure(value, 0))
  const text = JSON.stringify(value)
  return text === undefined ? undefined : (JSON.parse(text) as Json)
}
