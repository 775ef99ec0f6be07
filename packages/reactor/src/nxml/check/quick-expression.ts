import type { Reference } from "@nexus/protocol"
import { type HostUse, isChanging, isRoot, type ScriptUse, type WrittenText } from "./script-analysis.ts"
import { isDigit, ScriptScanner } from "./script-scanner.ts"

/** What is known of an expression once it is read. */
export interface Read {
  /** It can be assigned to. */
  readonly place: boolean
  /** The state that it is, or is a part of, and where its name stands. */
  readonly state: Origin | undefined
  readonly text: WrittenText | undefined
  /** A plain name. */
  readonly name: string | undefined
}

export interface Origin {
  readonly name: string
  readonly at: number
}

const VALUE: Read = { place: false, state: undefined, text: undefined, name: undefined }
export const MAX_NESTING = 60

export const RESERVED: ReadonlySet<string> = new Set(
  `arguments async await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null of package private protected
  public return static super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
)

/** A name that a pattern binds; `key` is what it is taken out of, which begins at `at`. */
export interface Bound {
  readonly name: string
  readonly key: string | undefined
  readonly at: number
}

/** The expressions of handlers, read without a tree: what they use is noted on the way. */
export abstract class QuickExpression extends ScriptScanner {
  readonly uses: ScriptUse[] = []
  readonly hostUses: HostUse[] = []
  readonly #aliases = new Map<string, string>()
  protected nesting = 0
  #functions = 0

  /** Reads `{ … }` with its statements. */
  protected abstract block(): void
  /** Reads the parameters of an arrow function, or its only one. */
  protected abstract parameters(): readonly Bound[]

  /** From here on these names are parts of a state. */
  protected alias(names: readonly Bound[], state: Origin | undefined): void {
    if (state !== undefined) for (const { name } of names) this.#aliases.set(name, state.name)
  }

  protected sequence(): Read {
    const first = this.assignment()
    if (this.code !== 44) return first
    while (this.code === 44) {
      this.advance(1)
      this.assignment()
    }
    return VALUE
  }

  protected assignment(): Read {
    if (++this.nesting > MAX_NESTING) this.giveUp()
    const read = this.#conditional()
    this.nesting--
    return read
  }

  #conditional(): Read {
    if (this.code === 40 ? this.arrowFollowsParenthesis() : this.arrowFollowsWord()) return this.#arrow(undefined)
    const left = this.#binary()
    const length = this.assignmentLength()
    if (length > 0) {
      if (!left.place) this.giveUp()
      this.#write(left)
      this.advance(length)
      this.assignment()
      return VALUE
    }
    if (this.code !== 63 || this.ahead(1) === 46 || this.ahead(1) === 63) return left
    this.advance(1)
    this.assignment()
    this.expect(58)
    this.assignment()
    return VALUE
  }

  /** An arrow function; its parameters are parts of `state`, the list that a method walks. */
  #arrow(state: Origin | undefined): Read {
    const names = this.parameters()
    if (this.newline || !this.at(61)) this.giveUp()
    this.advance(2)
    this.alias(names, state)
    this.#functions++
    if (this.at(123)) this.block()
    else this.assignment()
    this.#functions--
    return VALUE
  }

  /** Operands and operators in a row; only their kinds matter for what is looked for. */
  #binary(): Read {
    const unary = this.#isUnary()
    const first = this.#unary()
    let operator = this.operator()
    if (operator === "") return first
    const isLogical = operator === "||" || operator === "&&" || operator === "??"
    let sum = operator === "+" && first.text !== undefined
    const coalesces = operator === "??"
    if (operator === "**" && unary) this.giveUp()
    for (; operator !== ""; operator = this.operator()) {
      const logical = operator === "||" || operator === "&&"
      if (coalesces ? logical : operator === "??") this.giveUp()
      if (operator !== "+" && operator !== "*" && operator !== "/" && operator !== "%" && operator !== "**") sum = false
      this.advance(operator.length)
      const negative = this.#isUnary()
      this.#unary()
      if (negative && this.operator() === "**") this.giveUp()
    }
    const text = sum && first.text !== undefined ? { text: first.text.text, whole: false } : undefined
    return isLogical ? { ...VALUE, state: first.state } : text === undefined ? VALUE : { ...VALUE, text }
  }

  /** Does an operator stand before the operand? Such a one is no base of a power. */
  #isUnary(): boolean {
    const { code } = this
    if (code === 33 || code === 126) return true
    if (code === 43 || code === 45) return this.ahead(1) !== code
    const word = code >= 97 && code <= 122 ? this.peekWord() : ""
    return word === "typeof" || word === "void" || word === "delete" || word === "await"
  }

  #unary(): Read {
    const { code } = this
    if (code === 33 || code === 126 || ((code === 45 || code === 43) && this.ahead(1) !== code)) {
      this.advance(1)
      this.#nested()
      return VALUE
    }
    if (code === 45 || code === 43) {
      this.advance(2)
      const target = this.#nested()
      if (!target.place) this.giveUp()
      this.#write(target)
      return VALUE
    }
    const word = code >= 97 && code <= 122 ? this.peekWord() : ""
    if (word === "typeof" || word === "void" || word === "delete") {
      this.advance(word.length)
      const target = this.#nested()
      if (word === "delete") {
        if (target.name !== undefined) this.giveUp()
        this.#write(target)
      }
      return VALUE
    }
    if (word === "await") {
      if (this.#functions > 0) this.giveUp()
      this.advance(5)
      return { ...VALUE, state: this.#nested().state }
    }
    const read = this.#chain()
    const next = this.code
    if ((next === 43 || next === 45) && this.ahead(1) === next) {
      if (this.newline || !read.place) this.giveUp()
      this.#write(read)
      this.advance(2)
      return VALUE
    }
    return read
  }

  #nested(): Read {
    if (++this.nesting > MAX_NESTING) this.giveUp()
    const read = this.#unary()
    this.nesting--
    return read
  }

  /** A primary and everything behind it: members, indexes, calls. */
  #chain(): Read {
    const start = this.position
    const { state: inner, text, name, place } = this.#primary()
    const chain: Chain = {
      start,
      root: name !== undefined && isRoot(name) ? name : undefined,
      state: inner,
      path: name === "nexus" || name === "Object" ? [name] : undefined,
      method: undefined,
      member: false,
      optional: false,
    }
    let links = 0
    for (; ; links++) {
      const { code } = this
      const end = this.tokenEnd
      if (code === 46) {
        this.advance(1)
        this.#member(chain)
      } else if (code === 63 && this.ahead(1) === 46 && !isDigit(this.ahead(2))) {
        chain.optional = true
        this.advance(2)
        if (this.code === 40) this.#call(chain, end)
        else if (this.code === 91) this.#index(chain)
        else this.#member(chain)
      } else if (code === 91) this.#index(chain)
      else if (code === 40) this.#call(chain, end)
      else if (code === 96) this.#tagged(chain)
      else break
    }
    if (chain.root !== undefined) this.#use(chain.root, undefined, start)
    if (links === 0) return { place, state: inner, text, name }
    return { place: chain.member && !chain.optional, state: chain.state, text: undefined, name: undefined }
  }

  #member(chain: Chain): void {
    const at = this.position
    const name = this.peekWord()
    if (name === "") this.giveUp()
    this.advance(name.length)
    if (chain.root === undefined && isRoot(name)) this.#use(name, undefined, at)
    this.#link(chain, name, at)
  }

  #index(chain: Chain): void {
    const { root } = chain
    this.advance(1)
    const at = this.position
    const quoted = this.code === 34 || this.code === 39
    const { text } = this.sequence()
    const key = quoted && text?.whole === true ? text.text : undefined
    this.expect(93)
    chain.root = root
    this.#link(chain, key, quoted && key !== undefined ? at + 1 : at)
  }

  /** One step along the chain: `name` is absent where it is known only when it runs. */
  #link(chain: Chain, name: string | undefined, at: number): void {
    const { root } = chain
    if (root !== undefined) {
      this.#use(root, name, at)
      chain.state = root === "$state" && name !== undefined ? { name, at } : undefined
      chain.root = undefined
    }
    if (name === undefined) chain.path = undefined
    else chain.path?.push(name)
    chain.method = name
    chain.member = true
  }

  #call(chain: Chain, calleeEnd: number): void {
    const { root, path, member, method } = chain
    const state = member ? chain.state : undefined
    if (root !== undefined) this.#use(root, undefined, chain.start)
    chain.root = undefined
    this.advance(1)
    let first: Read | undefined
    for (let count = 0; this.code !== 41; count++) {
      const spread = this.#spread()
      const isArrow = !spread && (this.code === 40 ? this.arrowFollowsParenthesis() : this.arrowFollowsWord())
      const read = isArrow ? this.#arrow(state) : this.assignment()
      if (count === 0 && !spread) first = read
      if (this.code === 44) this.advance(1)
      else if (this.code !== 41) this.giveUp()
    }
    this.advance(1)
    if (path?.[0] === "nexus")
      this.hostUses.push({
        path: path.slice(1),
        called: true,
        at: chain.start,
        length: calleeEnd - chain.start,
        literal: first?.text,
      })
    if (path?.[0] === "Object" && path[1] === "assign") this.#write(first)
    if (state !== undefined && method !== undefined && isChanging(method)) this.#wrote(state)
    chain.path = undefined
    chain.method = undefined
    chain.member = false
  }

  /** A template behind a value: what it comes to is no part of anything known. */
  #tagged(chain: Chain): void {
    if (chain.optional) this.giveUp()
    if (chain.root !== undefined) this.#use(chain.root, undefined, chain.start)
    this.#template()
    chain.root = undefined
    chain.state = undefined
    chain.path = undefined
    chain.method = undefined
    chain.member = false
  }

  #spread(): boolean {
    if (this.code !== 46 || this.ahead(1) !== 46 || this.ahead(2) !== 46) return false
    this.advance(3)
    return true
  }

  #primary(): Read {
    const { code } = this
    if (code === 34 || code === 39) return { ...VALUE, text: { text: this.string(), whole: true } }
    if (isDigit(code)) {
      this.number()
      return VALUE
    }
    if (code === 96) return this.#template()
    if (code === 40) {
      this.advance(1)
      const read = this.sequence()
      if (read.name !== undefined) this.giveUp()
      this.expect(41)
      return { ...read, place: false }
    }
    if (code === 91) return this.#list()
    if (code === 123) return this.#object()
    const name = this.peekWord()
    if (name === "true" || name === "false" || name === "null" || name === "undefined") {
      this.advance(name.length)
      return VALUE
    }
    if (name === "new") return this.#new()
    if (name === "" || RESERVED.has(name)) this.giveUp()
    const at = this.position
    this.advance(name.length)
    const alias = this.#aliases.get(name)
    return { place: true, state: alias === undefined ? undefined : { name: alias, at }, text: undefined, name }
  }

  #template(): Read {
    const text = this.templateText(this.position + 1)
    const whole = this.code === 96
    while (this.code !== 96) {
      this.advance(2)
      this.sequence()
      if (this.code !== 125) this.giveUp()
      this.templateText(this.position + 1)
    }
    this.advance(1)
    return { ...VALUE, text: { text, whole } }
  }

  #list(): Read {
    this.advance(1)
    while (this.code !== 93) {
      if (this.code === 44) {
        this.advance(1)
        continue
      }
      this.#spread()
      this.assignment()
      if (this.code === 44) this.advance(1)
      else if (this.code !== 93) this.giveUp()
    }
    this.advance(1)
    return VALUE
  }

  #object(): Read {
    this.advance(1)
    while (this.code !== 125) {
      if (this.#spread()) this.assignment()
      else this.#property()
      if (this.code === 44) this.advance(1)
      else if (this.code !== 125) this.giveUp()
    }
    this.advance(1)
    return VALUE
  }

  #property(): void {
    const { code } = this
    if (code === 34 || code === 39) {
      if (this.string() === "__proto__") this.giveUp()
    } else if (isDigit(code)) this.number()
    else if (code === 91) {
      this.advance(1)
      this.assignment()
      this.expect(93)
    } else {
      const at = this.position
      const key = this.peekWord()
      if (key === "" || key === "__proto__") this.giveUp()
      this.advance(key.length)
      if (this.code === 44 || this.code === 125) {
        if (RESERVED.has(key)) this.giveUp()
        if (isRoot(key)) this.#use(key, undefined, at)
        return
      }
    }
    this.expect(58)
    this.assignment()
  }

  /** `new Name.inner(…)`. */
  #new(): Read {
    this.advance(3)
    for (;;) {
      const name = this.peekWord()
      if (name === "" || RESERVED.has(name) || isRoot(name)) this.giveUp()
      this.advance(name.length)
      if (this.code !== 46) break
      this.advance(1)
    }
    if (this.code !== 40) this.giveUp()
    this.#call(
      {
        start: 0,
        root: undefined,
        state: undefined,
        path: undefined,
        method: undefined,
        member: false,
        optional: false,
      },
      0,
    )
    return VALUE
  }

  #use(root: Reference["root"], name: string | undefined, at: number): void {
    this.uses.push({ root, name, write: false, at })
  }

  #write(target: Read | undefined): void {
    if (target?.state !== undefined) this.#wrote(target.state)
  }

  #wrote({ name, at }: Origin): void {
    this.uses.push({ root: "$state", name, write: true, at })
  }
}

/** A chain as far as it has been read. */
interface Chain {
  readonly start: number
  /** `$state` and the like, when the chain is nothing more yet. */
  root: Reference["root"] | undefined
  state: Origin | undefined
  path: string[] | undefined
  /** The name of the last member, when the last link is one. */
  method: string | undefined
  member: boolean
  optional: boolean
}
