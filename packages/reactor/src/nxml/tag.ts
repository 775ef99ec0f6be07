import type { DiagnosticCode } from "@nexus/protocol"
import { nameEndIn, spaceEndIn } from "./char-codes.ts"
import { decodeText, type XmlAttribute } from "./document.ts"
import type { NameTable } from "./name-table.ts"
import type { Advice } from "./problems.ts"

/** Something wrong inside a tag, to be reported when the tree takes the tag. */
export interface TagProblem {
  readonly code: DiagnosticCode
  readonly offset: number
  readonly length: number
  readonly message: string
  readonly advice?: Advice
}

const NONE: readonly XmlAttribute[] = []

/**
 * Reads one opening tag after another by character codes; what was read stands in its fields until the next. A tag is
 * read to its end whatever is wrong in it: every mistake is noted and the reading goes on where the next attribute, the
 * end of the tag or the next tag begins.
 */
export class TagReader {
  name = ""
  attributes: readonly XmlAttribute[] = NONE
  openEnd = 0
  selfClosing = false
  /** Its `>` is missing. */
  broken = false
  problems: TagProblem[] | undefined = undefined
  /** Some value holds a `&`. */
  references = false
  readonly #source: string
  readonly #codes: Uint8Array
  readonly #names: NameTable
  /** Where the attributes of a tag are gathered, to be copied at their number: a list that grows is far larger. */
  readonly #given: XmlAttribute[] = []

  constructor(source: string, codes: Uint8Array, names: NameTable) {
    this.#source = source
    this.#codes = codes
    this.#names = names
  }

  /** Reads the tag whose `<` stands at `offset`. */
  read(offset: number): void {
    const source = this.#source
    const codes = this.#codes
    let position = nameEndIn(codes, offset + 1)
    const name = this.#names.take(source, codes, offset + 1, position)
    this.name = name
    this.problems = undefined
    this.selfClosing = false
    this.broken = false
    this.references = false
    const given = this.#given
    let count = 0
    for (;;) {
      position = spaceEndIn(codes, position)
      let code = codes[position] ?? 0
      if (isNameStart(code)) {
        const attribute = this.#attribute(position)
        if (isGiven(given, count, attribute.name)) this.#twice(attribute)
        else given[count++] = attribute
        position = attribute.end
      } else if (code === 62) {
        position++
        break
      } else if (code === 47 && codes[position + 1] === 62) {
        this.selfClosing = true
        position += 2
        break
      } else if (code === 60 || name === "Handler" || position >= source.length) {
        position = this.#unended(offset, position)
        break
      } else {
        const start = position
        do code = codes[++position] ?? 0
        while (position < source.length && !isNameStart(code) && !isDelimiter(code))
        const found = JSON.stringify(source.slice(start, position))
        const message = `Unexpected ${found} in the tag <${name}>`
        this.#note("xml-unexpected-character", start, position - start, message, {
          hint: 'A tag holds attributes such as name="value", with spaces between them.',
          fix: { text: "", label: "Remove it" },
        })
      }
    }
    this.openEnd = position
    this.attributes = count === 0 ? NONE : given.slice(0, count)
  }

  /** The attribute whose name starts at `offset`. */
  #attribute(offset: number): XmlAttribute {
    const source = this.#source
    const codes = this.#codes
    const behindName = nameEndIn(codes, offset + 1)
    const name = this.#names.take(source, codes, offset, behindName)
    let position = spaceEndIn(codes, behindName)
    if (codes[position] !== 61) return this.#valueless(name, offset, behindName)
    let code = codes[++position]
    if (code !== 34 && code !== 39) {
      position = spaceEndIn(codes, position)
      code = codes[position]
      if (code !== 34 && code !== 39) return this.#bare(name, offset, position)
    }
    const valueStart = position + 1
    const { length } = source
    let valueEnd = valueStart
    let references = false
    for (; valueEnd < length; valueEnd++) {
      const here = codes[valueEnd]
      if (here === code) break
      if (here === 38) references = true
    }
    let end = valueEnd + 1
    if (valueEnd >= length || !endsValue(source, valueStart, valueEnd)) {
      valueEnd = guessEnd(source, valueStart)
      end = valueEnd
      const mark = String.fromCharCode(code)
      const message = `The value of "${name}" has no closing ${mark}`
      const fix = { text: mark, label: `Insert ${mark}`, offset: end, length: 0 }
      this.#note("xml-missing-quote", position, end - position, message, { hint: `Close it with ${mark}.`, fix })
    }
    let value = source.slice(valueStart, valueEnd)
    if (references) {
      this.references = true
      value = decodeText(value)
    }
    return { name, offset, valueStart, valueEnd, end, value }
  }

  /** A name without a value. */
  #valueless(name: string, offset: number, end: number): XmlAttribute {
    this.#note("xml-missing-value", offset, end - offset, `The attribute "${name}" has no value`, {
      hint: `Write ${name}="…".`,
      fix: { text: '="true"', label: `Write ${name}="true"`, offset: end, length: 0 },
    })
    return { name, offset, valueStart: end, valueEnd: end, end, value: "true" }
  }

  /** A value without its opening quote, or nothing behind the `=`. */
  #bare(name: string, offset: number, start: number): XmlAttribute {
    const source = this.#source
    const end = bareEnd(source, start)
    const last = source.charCodeAt(end - 1)
    const valueEnd = end > start && (last === 34 || last === 39) ? end - 1 : end
    if (valueEnd === start) {
      this.#note("xml-missing-value", offset, start - offset, `The attribute "${name}" has no value behind "="`, {
        hint: `Write ${name}="…".`,
        fix: { text: '""', label: 'Write ""', offset: start, length: 0 },
      })
      return { name, offset, valueStart: start, valueEnd: start, end: start, value: "" }
    }
    const written = source.slice(start, valueEnd)
    this.#note("xml-missing-quote", start, end - start, `The value of "${name}" is not in quotes`, {
      hint: `Write ${name}="${written}".`,
      fix: { text: `"${written}"`, label: "Put it in quotes" },
    })
    this.references ||= written.includes("&")
    return { name, offset, valueStart: start, valueEnd, end, value: decodeText(written) }
  }

  #twice({ name, offset, end }: XmlAttribute): void {
    this.#note("xml-duplicate-attribute", offset, name.length, `<${this.name}> has "${name}" already`, {
      hint: "Keep one of them.",
      fix: { text: "", label: "Remove it", offset, length: end - offset },
    })
  }

  /** The tag ends without `>`, before `position`. Answers where. */
  #unended(offset: number, position: number): number {
    const { name } = this
    const end = trimEnd(this.#source, position)
    const script = name === "Handler"
    this.#note("xml-unclosed-tag", offset, end - offset, `The tag <${name} has no ">"`, {
      hint: `End it with "/>", or with ">" and a later </${name}>.`,
      fix: { text: script ? ">" : "/>", label: script ? 'Insert ">"' : 'Insert "/>"', offset: end, length: 0 },
    })
    this.broken = true
    return end
  }

  #note(code: DiagnosticCode, offset: number, length: number, message: string, advice: Advice): void {
    this.problems ??= []
    this.problems.push({ code, offset, length, message, advice })
  }
}

function isGiven(attributes: readonly XmlAttribute[], count: number, name: string): boolean {
  for (let index = 0; index < count; index++) if (attributes[index]?.name === name) return true
  return false
}

/**
 * Is the quote at `close` the end of the value that starts at `start`? What follows must be able to follow a value, and
 * a value that runs into the next tag's attribute (`…<Text content=`) has swallowed it because its own quote is missing.
 */
function endsValue(source: string, start: number, close: number): boolean {
  const next = source.charCodeAt(close + 1)
  if (next === 47) {
    if (source.charCodeAt(close + 2) !== 62) return false
  } else if (next === 60) {
    // The tag's own ">" is missing; a value that holds a tag has swallowed that ">" instead.
    if (source.slice(start, close).includes("<")) return false
  } else if (next === 44 || next === 59) {
    // A comma or semicolon between attributes is its own mistake.
    if (!isDelimiter(source.charCodeAt(close + 2))) return false
  } else if (next !== 62 && next !== 32 && next !== 10 && next !== 13 && next !== 9 && !Number.isNaN(next)) return false
  if (source.charCodeAt(close - 1) !== 61) return true
  const value = source.slice(start, close)
  return !/[<\s][A-Za-z_][\w.:-]*\s*=$/.test(value.slice(-80))
}

/** Where a value without closing quote most likely ends: before ` name=`, `/>`, `>` or the end of the line, outside of braces. */
function guessEnd(source: string, start: number): number {
  let depth = 0
  for (let index = start; index < source.length; index++) {
    const code = source.charCodeAt(index)
    if (code === 10 || code === 60) return trimEnd(source, index)
    if (code === 123) depth++
    else if (code === 125) depth--
    if (depth > 0) continue
    if (code === 62) return index
    if (code === 47 && source.charCodeAt(index + 1) === 62) return index
    if (code === 32 && /^ +[A-Za-z_][\w.:-]{0,63}=["']/.test(source.slice(index, index + 80))) return index
  }
  return source.length
}

/** The end of a value without quotes: a space or the tag's end; a quote further on in the tag ends it there instead. */
function bareEnd(source: string, start: number): number {
  let index = start
  for (; index < source.length; index++) {
    const code = source.charCodeAt(index)
    if (code === 62 || code === 60 || code === 32 || code === 10 || code === 9 || code === 13) break
    if (code === 47 && source.charCodeAt(index + 1) === 62) break
  }
  if (source.charCodeAt(index) !== 32) return index
  const rest = /^[^<>="'\n]*["']/.exec(source.slice(index, index + 200))
  return rest === null ? index : index + rest[0].length
}

function isNamePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 45 && code <= 58 && code !== 47) ||
    code === 95
  )
}

/** Where the name that starts at `position` ends. */
export function nameEnd(source: string, position: number): number {
  while (isNamePart(source.charCodeAt(position))) position++
  return position
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
}

/** Space, `<`, `>`, a quoted end or the end of the source. */
function isDelimiter(code: number): boolean {
  return (
    code === 32 ||
    code === 10 ||
    code === 9 ||
    code === 13 ||
    code === 60 ||
    code === 62 ||
    code === 47 ||
    Number.isNaN(code)
  )
}

export function skipSpace(source: string, position: number): number {
  let code = source.charCodeAt(position)
  while (code === 32 || code === 10 || code === 9 || code === 13) code = source.charCodeAt(++position)
  return position
}

/** `position` moved back over spaces. */
export function trimEnd(source: string, position: number): number {
  while (position > 0) {
    const code = source.charCodeAt(position - 1)
    if (code !== 32 && code !== 10 && code !== 9 && code !== 13) return position
    position--
  }
  return position
}
