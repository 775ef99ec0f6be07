import { type CustomPatternMatcherFunc, createToken, Lexer, type TokenType } from "chevrotain"
import { isNameStart, nameEnd, type ScannedTag, scanTag, skipSpace, trimEnd } from "./tag.ts"

/**
 * NXML's tokens, coarse on purpose: a whole opening tag with its attributes is one token, read by `scanTag`, and so is a
 * Handler with its raw text. Chevrotain's cost is by the token, so a 20 KB panel is a few hundred of them; every pattern
 * is a function that looks at one or two characters first, and none can backtrack. Nothing here fails: what is broken
 * becomes a token all the same, with its problems as payload.
 */
type Match = RegExpExecArray & { payload?: unknown }

function matched(text: string, start: number, end: number, payload?: unknown): Match {
  const match: string[] & { payload?: unknown } = [text.slice(start, end)]
  match.payload = payload
  return match as Match
}

/** Finds the next place of a mark; remembers that there is none, so that a broken source is not searched again and again. */
class Finder {
  readonly #mark: string
  #text = ""
  #from = 0
  #found = -1

  constructor(mark: string) {
    this.#mark = mark
  }

  next(text: string, from: number): number {
    const known = text === this.#text && from >= this.#from && (this.#found < 0 || this.#found >= from)
    if (!known) {
      this.#text = text
      this.#found = text.indexOf(this.#mark, from)
    }
    this.#from = from
    return this.#found
  }
}

const commentEnd = new Finder("-->")
const cdataEnd = new Finder("]]>")
const handlerEnd = new Finder("</Handler")

/** What ends a raw text although its own end is missing: at the start of a line, the next declaration or room. */
const NEXT_DECLARATION = /\n[ \t]*<(?:\/Logic|\/NexusPanel|Handler|Tool|Lifecycle|Capability|View|Data)[\s>]/

const openTag: CustomPatternMatcherFunc = (text, offset) => {
  if (text.charCodeAt(offset) !== 60 || !isNameStart(text.charCodeAt(offset + 1))) return null
  const tag = scanTag(text, offset)
  if (tag.name === "Handler" && !tag.selfClosing) scanRaw(text, tag)
  return matched(text, offset, tag.closeEnd >= 0 ? tag.closeEnd : tag.rawEnd >= 0 ? tag.rawEnd : tag.openEnd, tag)
}

/** Sets where the raw text behind `tag` ends. A CDATA section may hold the end's own words. */
function scanRaw(text: string, tag: ScannedTag): void {
  const start = skipSpace(text, tag.openEnd)
  const inside = text.startsWith("<![CDATA[", start) ? cdataEnd.next(text, start) : -1
  const close = handlerEnd.next(text, inside < 0 ? tag.openEnd : inside)
  const limit = close < 0 ? text.length : close
  const next =
    inside < 0 ? NEXT_DECLARATION.exec(text.slice(tag.openEnd, Math.min(limit, tag.openEnd + 1_048_576))) : null
  if (next !== null) {
    tag.rawEnd = trimEnd(text, tag.openEnd + next.index)
  } else if (close >= 0) {
    const end = skipSpace(text, close + 9)
    tag.rawEnd = close
    tag.closeEnd = text.charCodeAt(end) === 62 ? end + 1 : close + 9
  } else {
    const room = /<\/(?:Logic|NexusPanel)\b/.exec(text.slice(tag.openEnd))
    tag.rawEnd = room === null ? text.length : tag.openEnd + room.index
  }
}

export interface ScannedClose {
  readonly name: string
  /** Whether its `>` is there. */
  readonly complete: boolean
}

const closeTag: CustomPatternMatcherFunc = (text, offset) => {
  if (text.charCodeAt(offset) !== 60 || text.charCodeAt(offset + 1) !== 47) return null
  const behindName = nameEnd(text, offset + 2)
  const name = text.slice(offset + 2, behindName)
  const end = skipSpace(text, behindName)
  const complete = text.charCodeAt(end) === 62
  const payload: ScannedClose = { name, complete }
  return matched(text, offset, complete ? end + 1 : behindName, payload)
}

/** `complete` is false for a comment, CDATA section or instruction without its end; it is then cut at the end of its line. */
export interface ScannedAside {
  readonly complete: boolean
}

const comment: CustomPatternMatcherFunc = (text, offset) => {
  if (!text.startsWith("<!--", offset)) return null
  const end = commentEnd.next(text, offset + 4)
  const another = text.slice(offset + 4, end < 0 ? text.length : end).includes("<!--")
  if (end >= 0 && !another) return matched(text, offset, end + 3, COMPLETE)
  return matched(text, offset, lineEnd(text, offset), INCOMPLETE)
}

const cdata: CustomPatternMatcherFunc = (text, offset) => {
  if (!text.startsWith("<![CDATA[", offset)) return null
  const end = cdataEnd.next(text, offset + 9)
  return end >= 0 ? matched(text, offset, end + 3, COMPLETE) : matched(text, offset, lineEnd(text, offset), INCOMPLETE)
}

const instruction: CustomPatternMatcherFunc = (text, offset) => {
  if (text.charCodeAt(offset) !== 60 || text.charCodeAt(offset + 1) !== 63) return null
  const line = lineEnd(text, offset)
  const end = text.slice(offset, line).indexOf("?>")
  return end >= 0 ? matched(text, offset, offset + end + 2, COMPLETE) : matched(text, offset, line, INCOMPLETE)
}

/** `<!DOCTYPE …>` and any other declaration, its internal subset in brackets included. */
const declaration: CustomPatternMatcherFunc = (text, offset) => {
  if (text.charCodeAt(offset) !== 60 || text.charCodeAt(offset + 1) !== 33) return null
  const match = /^<![^<>[]*(?:\[[^\]]*\]\s*)?>/.exec(text.slice(offset, offset + 65_536))
  return matched(text, offset, match === null ? lineEnd(text, offset) : offset + match[0].length)
}

const text: CustomPatternMatcherFunc = (source, offset) => {
  const less = source.charCodeAt(offset) === 60
  const next = source.indexOf("<", offset + 1)
  const end = next < 0 ? source.length : next
  return less ? matched(source, offset, offset + 1) : matched(source, offset, end)
}

const COMPLETE: ScannedAside = { complete: true }
const INCOMPLETE: ScannedAside = { complete: false }

function lineEnd(source: string, from: number): number {
  const end = source.indexOf("\n", from)
  return end < 0 ? source.length : end
}

/** Every first character but `<`, one for each of Chevrotain's buckets. */
const NOT_LESS: readonly number[] = [
  ...Array.from({ length: 256 }, (_, code) => code).filter((code) => code !== 60),
  ...Array.from({ length: 257 }, (_, bucket) => Math.min(256 + bucket * 255, 65_535)),
]

function token(name: string, pattern: CustomPatternMatcherFunc, first: readonly number[]): TokenType {
  return createToken({ name, pattern, line_breaks: true, start_chars_hint: [...first] })
}

export const OpenTag = token("OpenTag", openTag, [60])
export const CloseTag = token("CloseTag", closeTag, [60])
export const Comment = token("Comment", comment, [60])
export const CData = token("CData", cdata, [60])
export const Instruction = token("Instruction", instruction, [60])
export const Declaration = token("Declaration", declaration, [60])
/** Text up to the next `<`; a `<` that begins nothing is a text of its own. */
export const Text = token("Text", text, [60, ...NOT_LESS])

export const TOKENS: TokenType[] = [Text, OpenTag, CloseTag, Comment, CData, Instruction, Declaration]

export const lexer = new Lexer([OpenTag, CloseTag, Comment, CData, Instruction, Declaration, Text], {
  positionTracking: "onlyOffset",
  ensureOptimizations: true,
})
