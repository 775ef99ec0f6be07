import { spend } from "./budget.ts"
import type { Run } from "./operators.ts"
import type { Scope } from "./scope.ts"
import { add, isData, itemsOf, putProperty, textOf, toKey } from "./values.ts"

/** One value of a list or of arguments; `spread` opens it. */
export interface Part {
  readonly spread: boolean
  readonly run: Run
  readonly at: number
}

/** One property under construction: with a fixed name, a computed one, or all of the value's when there is no key. */
export interface PropertyPart {
  readonly key: string | Run | undefined
  readonly run: Run
  readonly at: number
}

/** Text with holes; `texts` has one more than `holes`. */
export function compileTemplate(texts: readonly string[], holes: readonly Run[]): Run {
  return (scope) => {
    let value: unknown = texts[0]
    for (let index = 0; index < holes.length; index++) {
      value = add(value, textOf(holes[index]?.(scope)))
      value = add(value, texts[index + 1] ?? "")
    }
    return value
  }
}

/** Values in a row, spreads opened. */
export function compileValues(parts: readonly Part[]): (scope: Scope) => unknown[] {
  const [first, second] = parts
  const plain = parts.every(({ spread }) => !spread)
  if (first === undefined) return () => []
  if (plain && parts.length === 1) return (scope) => [first.run(scope)]
  if (plain && parts.length === 2 && second !== undefined) return (scope) => [first.run(scope), second.run(scope)]
  return (scope) => {
    const out: unknown[] = []
    for (const { spread, run, at } of parts) {
      const value = run(scope)
      if (spread) for (const item of itemsOf(value, at)) out.push(item)
      else out.push(value)
    }
    return out
  }
}

/** A new object of data. */
export function compileObject(parts: readonly PropertyPart[]): Run {
  return (scope) => {
    const out: { [key: string]: unknown } = {}
    for (const { key, run, at } of parts) {
      const value = run(scope)
      if (typeof key === "string") out[key] = value
      else if (key !== undefined) putProperty(out, toKey(key(scope), at), value, at)
      else if (isData(value)) {
        const keys = Object.keys(value)
        spend(keys.length)
        for (const name of keys) putProperty(out, name, value[name], at)
      }
    }
    return out
  }
}
