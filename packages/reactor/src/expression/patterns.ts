import { Scanner } from "./scanner.ts"
import { ExpressionError, isForbiddenName, type Pattern } from "./syntax.ts"
import { LITERALS, REFUSED } from "./words.ts"

/** Reads the parameters of arrow functions: names, and objects and lists taken apart. */
export class PatternReader extends Scanner {
  /** The parameter that starts here. */
  protected pattern(): Pattern {
    this.skipSpace()
    const at = this.position
    if (this.take("{")) {
      const fields: { key: string; pattern: Pattern }[] = []
      for (;;) {
        this.skipSpace()
        if (this.take("}")) return { kind: "object", fields }
        const keyAt = this.position
        const key = this.word()
        if (key === "") throw this.unexpected("a name to take apart")
        this.allow(key, keyAt)
        this.skipSpace()
        fields.push({ key, pattern: this.take(":") ? this.pattern() : { kind: "name", name: key, at: keyAt } })
        this.skipSpace()
        if (!this.take(",") && this.code() !== 125) throw this.unexpected('"," or "}"')
      }
    }
    if (this.take("[")) {
      const items: (Pattern | undefined)[] = []
      for (;;) {
        this.skipSpace()
        if (this.take("]")) return { kind: "array", items }
        if (this.take(",")) {
          items.push(undefined)
          continue
        }
        items.push(this.pattern())
        this.skipSpace()
        if (!this.take(",") && this.code() !== 93) throw this.unexpected('"," or "]"')
      }
    }
    const name = this.word()
    if (name === "" || Object.hasOwn(REFUSED, name) || LITERALS.has(name)) throw this.unexpected("a parameter name")
    this.allow(name, at)
    return { kind: "name", name, at }
  }

  /** Refuses a name that does not exist in expressions. */
  protected allow(name: string, at: number): void {
    if (isForbiddenName(name))
      throw new ExpressionError(
        "expression-forbidden",
        `"${name}" does not exist in expressions`,
        at,
        name.length,
        "Only a value's own data can be read.",
      )
  }
}
