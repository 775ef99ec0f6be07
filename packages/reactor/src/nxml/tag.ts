import type { DiagnosticCode } from "@nexus/protocol"
import { decodeText, type XmlAttribute } from "./document.ts"
import type { Advice } from "./problems.ts"

/** Something wrong inside a tag, to be reported when the tree takes the tag. */
export interface TagProblem {
  readonly code: DiagnosticCode
  readonly offset: number
  readonly length: number
  readonly message: string
  readonly advice?: Advice
}

export interface ScannedTag {
  readonly name: string
  readonly offset: number
  readonly attributes: readonly XmlAttribute[]
  readonly openEnd: number
  readonly selfClosing: boolean
  readonly broken: boolean
  readonly problems: readonly TagProblem[] | undefined
  /** For raw text (Handler): where it ends, and where `</Handler>` ends; -1 where that is missing. */
  rawEnd: number
  closeEnd: number
}

const NONE: readonly XmlAttribute[] = []

/**
 * Reads one opening tag by character codes. A tag is read to its end whatever is wrong in it: every mistake is noted and
 * the reading goes on where the next attribute, the end of the tag or the next tag begins.
 */
export function scanTag(source: string, offset: number): ScannedTag {
  let position = nameEnd(source, offset + 1)
  const name = source.slice(offset + 1, position)
  let attributes: XmlAttribute[] | undefined
  let problems: TagProblem[] | undefined
  let selfClosing = false
  let broken = false
  for (;;) {
    let code = source.charCodeAt(position)
    while (code === 32 || code === 10 || code === 9 || code === 13) code = source.charCodeAt(++position)
    if (code === 62) {
      position++
      break
    }
    if (code === 47 && source.charCodeAt(position + 1) === 62) {
      selfClosing = true
      position += 2
      break
    }
    const script = name === "Handler" && !isNameStart(code)
    if (code === 60 || script || Number.isNaN(code)) {
      const end = trimEnd(source, position)
      problems = noted(problems, "xml-unclosed-tag", offset, end - offset, `The tag <${name} has no ">"`, {
        hint: `End it with "/>", or with ">" and a later </${name}>.`,
        fix: { text: script ? ">" : "/>", label: script ? 'Insert ">"' : 'Insert "/>"', offset: end, length: 0 },
      })
      position = end
      broken = true
      break
    }
    if (!isNameStart(code)) {
      const start = position
      do code = source.charCodeAt(++position)
      while (!isNameStart(code) && !isDelimiter(code))
      const found = source.slice(start, position)
      problems = noted(
        problems,
        "xml-unexpected-character",
        start,
        position - start,
        `Unexpected ${JSON.stringify(found)} in the tag <${name}>`,
        {
          fix: { text: "", label: "Remove it" },
        },
      )
      continue
    }
    const attribute = scanAttribute(source, position)
    position = attribute.end
    if (attribute.problem !== undefined) {
      problems ??= []
      problems.push(attribute.problem)
    }
    if (attributes === undefined) attributes = [attribute.read]
    else {
      const twice = attributes.some((other) => other.name === attribute.read.name)
      if (twice) {
        const { name: given, offset: start } = attribute.read
        problems = noted(problems, "xml-duplicate-attribute", start, given.length, `<${name}> has "${given}" already`, {
          hint: "Keep one of them.",
          fix: { text: "", label: "Remove it", offset: start, length: attribute.end - start },
        })
      } else attributes.push(attribute.read)
    }
  }
  return {
    name,
    offset,
    attributes: attributes ?? NONE,
    openEnd: position,
    selfClosing,
    broken,
    problems,
    rawEnd: -1,
    closeEnd: -1,
  }
}

interface ScannedAttribute {
  readonly read: XmlAttribute
  readonly end: number
  readonly problem: TagProblem | undefined
}

function scanAttribute(source: string, offset: number): ScannedAttribute {
  const behindName = nameEnd(source, offset)
  const name = source.slice(offset, behindName)
  let position = skipSpace(source, behindName)
  if (source.charCodeAt(position) !== 61) {
    const problem: TagProblem = {
      code: "xml-missing-value",
      offset,
      length: behindName - offset,
      message: `The attribute "${name}" has no value`,
      advice: {
        hint: `Write ${name}="…".`,
        fix: { text: '="true"', label: `Write ${name}="true"`, offset: behindName, length: 0 },
      },
    }
    return {
      read: { name, offset, valueStart: behindName, valueEnd: behindName, end: behindName, value: "true" },
      end: behindName,
      problem,
    }
  }
  position = skipSpace(source, position + 1)
  const quote = source.charCodeAt(position)
  if (quote === 34 || quote === 39) {
    const start = position + 1
    const close = source.indexOf(quote === 34 ? '"' : "'", start)
    if (close >= 0 && endsValue(source, start, close))
      return valued(source, name, offset, start, close, close + 1, undefined)
    const end = guessEnd(source, start)
    const mark = quote === 34 ? '"' : "'"
    return valued(source, name, offset, start, end, end, {
      code: "xml-missing-quote",
      offset: position,
      length: end - position,
      message: `The value of "${name}" has no closing ${mark}`,
      advice: { hint: `Close it with ${mark}.`, fix: { text: mark, label: `Insert ${mark}`, offset: end, length: 0 } },
    })
  }
  const end = bareEnd(source, position)
  const last = source.charCodeAt(end - 1)
  const valueEnd = end > position && (last === 34 || last === 39) ? end - 1 : end
  if (valueEnd === position) {
    return valued(source, name, offset, position, position, position, {
      code: "xml-missing-value",
      offset,
      length: position - offset,
      message: `The attribute "${name}" has no value behind "="`,
      advice: { hint: `Write ${name}="…".`, fix: { text: '""', label: 'Write ""', offset: position, length: 0 } },
    })
  }
  return valued(source, name, offset, position, valueEnd, end, {
    code: "xml-missing-quote",
    offset: position,
    length: end - position,
    message: `The value of "${name}" is not in quotes`,
    advice: {
      hint: `Write ${name}="${source.slice(position, valueEnd)}".`,
      fix: { text: `"${source.slice(position, valueEnd)}"`, label: "Put it in quotes" },
    },
  })
}

function valued(
  source: string,
  name: string,
  offset: number,
  valueStart: number,
  valueEnd: number,
  end: number,
  problem: TagProblem | undefined,
): ScannedAttribute {
  const value = decodeText(source.slice(valueStart, valueEnd))
  return { read: { name, offset, valueStart, valueEnd, end, value }, end, problem }
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

export function nameEnd(source: string, position: number): number {
  for (;;) {
    const code = source.charCodeAt(position)
    const part =
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 45 && code <= 58 && code !== 47) ||
      code === 95
    if (!part) return position
    position++
  }
}

export function isNameStart(code: number): boolean {
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

function noted(
  problems: TagProblem[] | undefined,
  code: DiagnosticCode,
  offset: number,
  length: number,
  message: string,
  advice: Advice,
): TagProblem[] {
  const list = problems ?? []
  list.push({ code, offset, length, message, advice })
  return list
}
