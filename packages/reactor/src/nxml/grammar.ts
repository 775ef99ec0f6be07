import { codesOf, spaceEndIn } from "./char-codes.ts"
import type { XmlDocument } from "./document.ts"
import { Finder } from "./finder.ts"
import type { Problems } from "./problems.ts"
import { skipSpace, TagReader } from "./tag.ts"
import { Tree } from "./tree.ts"
import { type Components, componentsWith, type Entry, vocabularyOf } from "./vocabulary.ts"

/**
 * Reads any text into a tree; what is wrong goes to `problems`. The grammar is a flat stream: a document is any row of
 * tags, texts and asides, and the nesting is the work of `Tree` with its own stack. A recursive `element` rule overflows
 * the stack at depth 2,000 and gives up its whole element when one tag is wrong; here no input is ungrammatical, so
 * every mistake is found and none hides the rest. One pass by character codes, and no token is ever an object.
 */
export function parseDocument(
  source: string,
  problems: Problems,
  components: Components = componentsWith(),
): XmlDocument {
  const vocabulary = vocabularyOf(components)
  const tree = new Tree(source, problems, vocabulary)
  const codes = codesOf(source)
  const tag = new TagReader(source, codes, vocabulary.names)
  const asides = new Asides(source, tree, vocabulary.entries)
  const { length } = source
  let position = 0
  while (position < length) {
    if (codes[position] !== 60) {
      position = readText(source, codes, position, tree, tag)
      continue
    }
    const next = codes[position + 1] ?? 0
    if ((next >= 97 && next <= 122) || (next >= 65 && next <= 90) || next === 95) {
      tag.read(position)
      position = tree.open(tag, position)
    } else if (next === 47) {
      position = tree.close(position)
    } else if (next === 33) {
      position = asides.read(position)
    } else if (next === 63) {
      position = asides.instruction(position)
    } else {
      const start = position++
      while (codes[position] === 60 && codes[position + 1] === 60) position++
      tree.text(start, position, false)
    }
  }
  return tree.finish()
}

/** Text up to the next `<`. */
function readText(source: string, codes: Uint8Array, start: number, tree: Tree, tag: TagReader): number {
  const { length } = source
  let position = spaceEndIn(codes, start)
  if (position >= length || codes[position] === 60) return position
  const lost = tree.lostTag(position, tag)
  if (lost >= 0) return lost
  let references = false
  for (; position < length; position++) {
    const code = codes[position]
    if (code === 60) break
    if (code === 38) references = true
  }
  tree.text(start, position, references)
  return position
}

/** Comments, CDATA sections, instructions and declarations. One without its end is cut at the end of its line. */
class Asides {
  readonly #source: string
  readonly #tree: Tree
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #commentEnd: Finder
  readonly #cdataEnd: Finder
  readonly #bracket: Finder

  constructor(source: string, tree: Tree, entries: ReadonlyMap<string, Entry>) {
    this.#entries = entries
    this.#source = source
    this.#tree = tree
    this.#commentEnd = new Finder(source, "-->")
    this.#cdataEnd = new Finder(source, "]]>")
    this.#bracket = new Finder(source, "]")
  }

  /** What starts with `<!`. */
  read(offset: number): number {
    if (this.#source.startsWith("<!--", offset)) return this.#comment(offset)
    if (!this.#source.startsWith("<![CDATA[", offset)) return this.#declaration(offset)
    const end = this.#cdataEnd.next(offset + 9)
    return this.#take("cdata", offset, end < 0 ? -1 : end + 3)
  }

  #comment(offset: number): number {
    const end = this.#commentEnd.next(offset + 4)
    const another = end >= 0 && this.#source.slice(offset + 4, end).includes("<!--")
    return this.#take("comment", offset, end < 0 || another ? -1 : end + 3)
  }

  instruction(offset: number): number {
    const end = this.#source.slice(offset, this.#lineEnd(offset)).indexOf("?>")
    return this.#take("instruction", offset, end < 0 ? -1 : offset + end + 2)
  }

  #take(kind: "comment" | "cdata" | "instruction", offset: number, end: number): number {
    const behind = end < 0 ? this.#cut(offset) : end
    this.#tree.aside(kind, offset, behind, end >= 0)
    return behind
  }

  /** Where something without its end is cut: at the next tag on its line, or at the end of it. */
  #cut(offset: number): number {
    const line = this.#source.slice(offset, this.#lineEnd(offset))
    for (const { index, 1: name = "" } of line.matchAll(/<\/?([A-Za-z]\w*)(?=[\s/>]|$)/g))
      if (this.#entries.has(name)) return offset + index
    return offset + line.length
  }

  /** `<!DOCTYPE …>` and any other declaration, its internal subset in brackets included. */
  #declaration(offset: number): number {
    const source = this.#source
    let end = offset + 2
    let code = source.charCodeAt(end)
    while (end < source.length && code !== 60 && code !== 62 && code !== 91) code = source.charCodeAt(++end)
    if (code === 91) {
      const bracket = this.#bracket.next(end)
      end = bracket < 0 ? source.length : skipSpace(source, bracket + 1)
    }
    const behind = source.charCodeAt(end) === 62 ? end + 1 : this.#lineEnd(offset)
    this.#tree.declaration(offset, behind)
    return behind
  }

  #lineEnd(from: number): number {
    const end = this.#source.indexOf("\n", from)
    return end < 0 ? this.#source.length : end
  }
}
