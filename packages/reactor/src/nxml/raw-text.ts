import { Finder } from "./finder.ts"
import { skipSpace, trimEnd } from "./tag.ts"

/** What ends a raw text although its own end is missing: at the start of a line, the next declaration or room. */
const NEXT_DECLARATION = /\n[ \t]*<(?:\/Logic|\/NexusPanel|Handler|Tool|Lifecycle|Capability|View|Data)[\s>]/
const ROOM_END = /<\/(?:Logic|NexusPanel)\b/

/** Where a handler's text ends, and where its closing tag does; -1 where that is missing. */
export interface RawEnd {
  readonly rawEnd: number
  readonly closeEnd: number
}

/** Finds the ends of handlers, whose text is raw up to `</Handler>`. A CDATA section may hold the end's own words. */
export class RawText {
  readonly #source: string
  readonly #handlerEnd: Finder
  readonly #cdataEnd: Finder

  constructor(source: string) {
    this.#source = source
    this.#handlerEnd = new Finder(source, "</Handler")
    this.#cdataEnd = new Finder(source, "]]>")
  }

  /** The end of the text that starts at `start`. */
  read(start: number): RawEnd {
    const source = this.#source
    const first = skipSpace(source, start)
    const inside = source.startsWith("<![CDATA[", first) ? this.#cdataEnd.next(first) : -1
    const close = this.#handlerEnd.next(inside < 0 ? start : inside)
    const limit = close < 0 ? source.length : close
    const less = inside < 0 ? source.indexOf("<", first) : -1
    const next = less < 0 || less >= limit ? null : NEXT_DECLARATION.exec(source.slice(start, limit))
    if (next !== null) return { rawEnd: trimEnd(source, start + next.index), closeEnd: -1 }
    if (close >= 0) {
      const end = skipSpace(source, close + 9)
      return { rawEnd: close, closeEnd: source.charCodeAt(end) === 62 ? end + 1 : close + 9 }
    }
    const room = ROOM_END.exec(source.slice(start))
    return { rawEnd: room === null ? source.length : start + room.index, closeEnd: -1 }
  }
}
