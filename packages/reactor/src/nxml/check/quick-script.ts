import type { Reference } from "@nexus/protocol"
import { type Bound, MAX_NESTING, QuickExpression, RESERVED } from "./quick-expression.ts"
import { type HostUse, isRoot, type ScriptAnalysis } from "./script-analysis.ts"

/**
 * Reads the JavaScript that handlers mostly are (declarations, conditions, loops over lists, calls, assignments, arrow
 * functions) in one pass and without a tree. It knows a part of the language and knows that it does: whatever it is not
 * sure of it gives up, and acorn reads the handler. So it never decides that something is wrong, and what it accepts
 * acorn accepts with the same findings, which a test holds over thousands of mutated handlers.
 */
export function readQuickly(source: string): ScriptAnalysis | undefined {
  const reader = new QuickScript(source)
  if (!reader.read() || !callsOnly(source, reader.hostUses)) return undefined
  return { error: undefined, uses: reader.uses, hostUses: reader.hostUses }
}

/** Is every `nexus` the beginning of a plain call? What goes by another name is acorn's to follow. */
function callsOnly(source: string, hostUses: readonly HostUse[]): boolean {
  if (!source.includes("nexus")) return true
  const roots = source.match(/(?<![.\w$])(?:nexus|__nexus_call)(?![\w$])/g) ?? []
  return roots.length === hostUses.length && hostUses.every(({ path }) => !BORROWED.has(path.at(-1) ?? ""))
}

/** Ways to call what is not called by its own name. */
const BORROWED: ReadonlySet<string> = new Set(["call", "apply", "bind"])

/** Thrown to give up; made once, for its stack is of no use. */
const GIVE_UP = new Error("not read quickly")

class QuickScript extends QuickExpression {
  readonly #declared: string[] = []
  readonly #parameters: string[] = []

  read(): boolean {
    try {
      this.skip()
      while (this.code >= 0) this.#statement()
      return true
    } catch (error) {
      if (error === GIVE_UP) return false
      throw error
    }
  }

  giveUp(): never {
    throw GIVE_UP
  }

  #statement(): void {
    if (++this.nesting > MAX_NESTING) this.giveUp()
    const { code } = this
    if (code === 59) this.advance(1)
    else if (code === 123) this.block()
    else {
      const word = this.peekWord()
      switch (word) {
        case "const":
        case "let":
          this.#declaration(word)
          break
        case "if":
          this.#if()
          break
        case "for":
          this.#for()
          break
        case "while":
          this.advance(5)
          this.#condition()
          this.#branch()
          break
        case "return":
          this.advance(6)
          if (this.code !== 59 && this.code !== 125 && this.code >= 0 && !this.newline) this.sequence()
          this.#endStatement()
          break
        case "throw":
          this.advance(5)
          if (this.newline) this.giveUp()
          this.sequence()
          this.#endStatement()
          break
        default:
          this.sequence()
          this.#endStatement()
      }
    }
    this.nesting--
  }

  #endStatement(): void {
    if (this.code === 59) this.advance(1)
    else if (this.code !== 125 && this.code >= 0 && !this.newline) this.giveUp()
  }

  protected block(): void {
    this.advance(1)
    while (this.code !== 125) {
      if (this.code < 0) this.giveUp()
      this.#statement()
    }
    this.advance(1)
  }

  #condition(): void {
    this.expect(40)
    this.sequence()
    this.expect(41)
  }

  #if(): void {
    this.advance(2)
    this.#condition()
    this.#branch()
    if (this.peekWord() !== "else") return
    this.advance(4)
    this.#branch()
  }

  /** A declaration may not stand alone behind a condition. */
  #branch(): void {
    const word = this.peekWord()
    if (word === "const" || word === "let") this.giveUp()
    this.#statement()
  }

  /** `for (const item of list)`; any other loop is acorn's. */
  #for(): void {
    this.advance(3)
    this.expect(40)
    const word = this.peekWord()
    if (word !== "const" && word !== "let") this.giveUp()
    this.advance(word.length)
    const names = this.#pattern(this.#declared)
    if (this.peekWord() !== "of") this.giveUp()
    this.advance(2)
    const { state } = this.assignment()
    this.expect(41)
    this.alias(names, state)
    this.#branch()
  }

  #declaration(word: string): void {
    this.advance(word.length)
    for (;;) {
      const { code } = this
      const names = this.#pattern(this.#declared)
      if (this.code === 61 && this.ahead(1) !== 61 && this.ahead(1) !== 62) {
        this.advance(1)
        const root = code === 123 ? this.#bareRoot() : undefined
        if (root === undefined) this.alias(names, this.assignment().state)
        else this.#takeApart(root, names)
      } else if (word === "const" || code === 123 || code === 91) this.giveUp()
      if (this.code !== 44) break
      this.advance(1)
    }
    this.#endStatement()
  }

  /** `$state` alone behind the `=` of a pattern; read when it is there. */
  #bareRoot(): Reference["root"] | undefined {
    const word = this.peekWord()
    if (!isRoot(word)) return undefined
    const behind = /^[ \t]*(?:;|\r?\n[ \t]*[A-Za-z$}]|$)/.test(
      this.source.slice(this.position + word.length, this.position + 200),
    )
    if (!behind) return this.giveUp()
    this.advance(word.length)
    if (this.operator() !== "") this.giveUp()
    return word
  }

  #takeApart(root: Reference["root"], names: readonly Bound[]): void {
    for (const bound of names) {
      const { key, at } = bound
      if (key === undefined) this.giveUp()
      this.uses.push({ root, name: key, write: false, at })
      if (root === "$state") this.alias([bound], { name: key, at })
    }
  }

  /** A name, or one level of names taken apart; added to `known`, in which none may stand twice. */
  #pattern(known: string[]): Bound[] {
    const { code } = this
    const close = code === 123 ? 125 : 93
    const first = known.length
    const bound: Bound[] = []
    if (code !== 123 && code !== 91) bound.push(this.#binding(undefined))
    else {
      this.advance(1)
      while (this.code !== close) {
        if (code === 91) bound.push(this.#binding(undefined))
        else {
          const at = this.position
          const key = this.peekWord()
          const short = this.#binding(key)
          if (this.code === 58) {
            this.advance(1)
            bound.push({ ...this.#binding(key), at })
          } else bound.push(short)
        }
        if (this.code === 44) this.advance(1)
        else if (this.code !== close) this.giveUp()
      }
      this.advance(1)
    }
    if (this.#declared.length + this.#parameters.length > 300) this.giveUp()
    for (const { name } of bound) {
      if (known.includes(name, known === this.#parameters ? first : 0)) this.giveUp()
      if (known === this.#declared ? this.#parameters.includes(name) : this.#declared.includes(name)) this.giveUp()
      known.push(name)
    }
    return bound
  }

  #binding(key: string | undefined): Bound {
    const at = this.position
    const name = this.peekWord()
    if (name === "" || RESERVED.has(name) || isRoot(name)) this.giveUp()
    this.advance(name.length)
    return { name, key, at }
  }

  protected parameters(): Bound[] {
    if (!this.at(40)) return this.#pattern(this.#parameters)
    this.advance(1)
    const names: Bound[] = []
    while (!this.at(41)) {
      names.push(...this.#pattern(this.#parameters))
      if (this.at(44)) this.advance(1)
      else if (!this.at(41)) this.giveUp()
    }
    this.advance(1)
    const own = names.map(({ name }) => name)
    if (new Set(own).size < own.length) this.giveUp()
    return names
  }
}
