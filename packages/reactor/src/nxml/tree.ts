import { forbiddenEntity, type XmlDocument, type XmlElement, type XmlNode, type XmlText } from "./document.ts"
import { nearest } from "./nearest.ts"
import type { Problems } from "./problems.ts"
import { RawText } from "./raw-text.ts"
import { nameEnd, skipSpace, type TagReader, trimEnd } from "./tag.ts"
import { canHold, type Vocabulary } from "./vocabulary.ts"

export const MAX_DEPTH = 64
export const MAX_NODES = 10_000

const ROOMS: ReadonlySet<string> = new Set(["Data", "Logic", "View"])

const NO_CHILDREN: readonly XmlNode[] = []

/**
 * Nests the stream of tags with a stack, and repairs it. A closing tag closes the nearest open element of its name; what
 * stood open in between was left open and is reported there, once. A closing tag that fits nothing is a misspelt end of
 * the innermost element, or stray. Elements that could not hold what follows them give it to their parent, so a missing
 * `/>` costs no node. Too deep or too many: reported once, and the rest is read without being kept.
 */
export class Tree {
  readonly #source: string
  readonly #problems: Problems
  readonly #vocabulary: Vocabulary
  readonly #rawText: RawText
  readonly #nodes: XmlNode[] = []
  /** The elements whose end has not been seen, outermost first. */
  readonly #stack: XmlElement[] = []
  /** The children of all open elements, one stretch behind the other, copied at their number when an element ends. */
  readonly #pending: XmlNode[] = []
  #pendingCount = 0
  /** Where the stretch of each open element begins. */
  readonly #starts: number[] = []
  /** How many open elements have each name; kept from the first closing tag on that does not fit. */
  #openNames: Map<string, number> | undefined
  /** Names of elements that were closed for another's sake: their own closing tags come late and say nothing new. */
  readonly #forgiven = new Map<string, number>()
  /** Open elements in which a wrong closing tag was reported: their missing end is the same mistake. */
  readonly #explained = new Set<XmlElement>()
  #root: XmlElement | undefined
  #extraRoot = false
  #outsideText = false
  #tooDeep = false
  #count = 0
  #last: XmlText | undefined

  constructor(source: string, problems: Problems, vocabulary: Vocabulary) {
    this.#source = source
    this.#problems = problems
    this.#vocabulary = vocabulary
    this.#rawText = new RawText(source)
  }

  /** Takes the tag that was just read at `offset`; answers where reading goes on. */
  open(tag: TagReader, offset: number): number {
    this.#last = undefined
    const { name, openEnd, selfClosing } = tag
    if (this.#stack.length > 1 && ROOMS.has(name)) this.#leaveRoom()
    const element: XmlElement = {
      kind: "element",
      name,
      entry: this.#vocabulary.entries.get(name),
      offset,
      attributes: tag.attributes,
      children: NO_CHILDREN,
      openEnd,
      selfClosing,
      broken: tag.broken,
      closeStart: -1,
      end: openEnd,
    }
    if (this.#attach(element) && (tag.problems !== undefined || tag.references)) this.#report(tag)
    if (selfClosing) return openEnd
    if (name === "Handler") return this.#raw(element)
    this.#stack.push(element)
    this.#starts.push(this.#pendingCount)
    if (this.#openNames !== undefined) this.#openNames.set(name, (this.#openNames.get(name) ?? 0) + 1)
    return openEnd
  }

  /** Reads the closing tag whose `</` stands at `offset`; answers where it ends. */
  close(offset: number): number {
    this.#last = undefined
    const top = this.#stack[this.#stack.length - 1]
    if (top !== undefined) {
      const behind = offset + 2 + top.name.length
      if (this.#source.charCodeAt(behind) === 62 && this.#source.startsWith(top.name, offset + 2)) {
        this.#pop()
        top.closeStart = offset
        top.end = behind + 1
        return behind + 1
      }
    }
    const behindName = nameEnd(this.#source, offset + 2)
    const behind = skipSpace(this.#source, behindName)
    const complete = this.#source.charCodeAt(behind) === 62
    const end = complete ? behind + 1 : behindName
    const name = this.#source.slice(offset + 2, behindName)
    if (!complete) {
      const advice = { hint: 'End it with ">".', fix: { text: ">", label: 'Insert ">"', offset: end, length: 0 } }
      this.#problems.add("xml-unclosed-tag", offset, end - offset, `The tag </${name} has no ">"`, advice)
    }
    this.#closeNamed(name, offset, end)
    return end
  }

  #closeNamed(name: string, offset: number, end: number): void {
    if (this.#isOpen(name)) {
      for (let top = this.#pop(); top !== undefined; top = this.#pop()) {
        if (top.name === name) {
          top.closeStart = offset
          top.end = end
          return
        }
        this.#leave(top, offset)
        this.#forgive(top.name)
      }
      return
    }
    const forgiven = this.#forgiven.get(name) ?? 0
    if (forgiven > 0) {
      this.#forgiven.set(name, forgiven - 1)
      return
    }
    const top = this.#stack[this.#stack.length - 1]
    if (top === undefined) {
      this.#problems.add("xml-mismatched-close", offset, end - offset, `</${name}> closes nothing`, {
        hint: "Nothing is open here; remove it.",
        fix: { text: "", label: "Remove it" },
      })
      return
    }
    const expected = top.name
    const slip = nearest(name, [expected]) !== undefined
    const message = slip ? `</${name}> does not match <${expected}>` : `</${name}> closes nothing that is open`
    this.#problems.add("xml-mismatched-close", offset, end - offset, message, {
      hint: slip ? `Did you mean </${expected}>?` : `The innermost open element is <${expected}>.`,
      fix: slip ? { text: `</${expected}>`, label: `Change to </${expected}>` } : { text: "", label: "Remove it" },
    })
    if (slip) {
      this.#pop()
      top.closeStart = offset
      top.end = end
    } else this.#explained.add(top)
  }

  /**
   * Text that is a tag but for its `<`: it is told and taken as that tag, so that nothing inside it is lost. Answers where
   * reading goes on, or -1 for any other text.
   */
  lostTag(offset: number, tag: TagReader): number {
    const top = this.#stack[this.#stack.length - 1]
    if (top === undefined ? this.#root !== undefined : top.entry === undefined || top.entry.holds === "text") return -1
    const source = this.#source
    const closes = source.charCodeAt(offset) === 47
    const start = closes ? offset + 1 : offset
    const behind = nameEnd(source, start)
    if (behind === start || behind - start > 40) return -1
    const name = source.slice(start, behind)
    const entry = this.#vocabulary.entries.get(name)
    if (entry === undefined) return -1
    if (closes) {
      if (top?.name !== name || source.charCodeAt(behind) !== 62) return -1
      this.#tellLost(offset, behind + 1, `</${name}>`)
      this.#pop()
      top.closeStart = offset
      top.end = behind + 1
      return behind + 1
    }
    if (top === undefined ? name !== "NexusPanel" : !canHold(top.entry, entry, name)) return -1
    tag.read(offset - 1)
    if (tag.broken || tag.problems !== undefined) return -1
    this.#tellLost(offset, tag.openEnd, `<${name}>`)
    return this.open(tag, offset)
  }

  #tellLost(offset: number, end: number, tag: string): void {
    this.#last = undefined
    this.#problems.add("xml-unexpected-text", offset, end - offset, `The tag ${tag} has no "<"`, {
      hint: 'Begin it with "<".',
      fix: { text: "<", label: 'Insert "<"', offset, length: 0 },
    })
  }

  /** Takes text that is not blank; `references` when it holds a `&`. Pieces that follow one another are one text. */
  text(offset: number, end: number, references: boolean): void {
    let node = this.#last
    if (node === undefined) {
      node = { kind: "text", offset, end, reported: false }
      this.#attachText(node)
      this.#last = node
    } else node.end = end
    if (!node.reported && this.#source.charCodeAt(offset) === 60) {
      node.reported = true
      this.#problems.add("xml-unexpected-character", offset, 1, 'A "<" begins a tag', {
        hint: "Write &lt; for the character itself.",
        fix: { text: "&lt;", label: "Write &lt;" },
      })
    }
    if (references) {
      const entity = forbiddenEntity(this.#source.slice(offset, end))
      if (entity !== undefined) this.#entity(offset + entity.index, entity.text)
    }
    if (this.#stack.length === 0 && !this.#outsideText) this.#outside(node, offset, end)
  }

  #outside(node: XmlText, offset: number, end: number): void {
    const raw = this.#source.slice(offset, end)
    const start = raw.search(/\S/)
    if (start < 0 || node.reported || raw === "\ufeff") return
    this.#outsideText = true
    node.reported = true
    if (this.#root !== undefined || this.#source.includes("<", end))
      this.#problems.add("xml-unexpected-text", offset + start, raw.trim().length, "Text stands outside of the panel", {
        hint: "Remove it, or make it a comment <!-- … -->.",
        fix: { text: "", label: "Remove it" },
      })
  }

  aside(kind: "comment" | "cdata" | "instruction", offset: number, end: number, complete: boolean): void {
    this.#last = undefined
    this.#attachText({ kind, offset, end, reported: false })
    if (complete) return
    const mark = kind === "comment" ? "-->" : kind === "cdata" ? "]]>" : "?>"
    const code =
      kind === "comment" ? "xml-unclosed-comment" : kind === "cdata" ? "xml-unclosed-cdata" : "xml-unclosed-tag"
    const name = kind === "comment" ? "comment" : kind === "cdata" ? "CDATA section" : "instruction"
    this.#problems.add(code, offset, end - offset, `The ${name} has no "${mark}"`, {
      hint: `Write ${mark} where it ends.`,
      fix: { text: mark, label: `Insert ${mark}`, offset: end, length: 0 },
    })
  }

  declaration(offset: number, end: number): void {
    this.#last = undefined
    this.#attachText({ kind: "instruction", offset, end, reported: true })
    this.#problems.add("entity-forbidden", offset, end - offset, "A document type is not allowed in NXML", {
      hint: "Remove it; only &lt; &gt; &amp; &quot; &apos; and numeric references exist.",
      fix: { text: "", label: "Remove it" },
    })
  }

  /** Closes what is still open at the end of the source. */
  finish(): XmlDocument {
    for (let top = this.#pop(); top !== undefined; top = this.#pop()) this.#leave(top, this.#source.length)
    if (this.#root === undefined)
      this.#problems.add("xml-no-root", 0, Math.min(1, this.#source.length), "There is no <NexusPanel>", {
        hint: 'A panel is <NexusPanel title="…"><View>…</View></NexusPanel>.',
      })
    return { source: this.#source, nodes: this.#nodes, root: this.#root }
  }

  /** Puts the element where it belongs; false when it is not kept. */
  #attach(element: XmlElement): boolean {
    const parent = this.#stack[this.#stack.length - 1]
    if (parent === undefined) {
      this.#nodes.push(element)
      if (this.#root === undefined) this.#root = element
      else if (!this.#extraRoot) {
        this.#extraRoot = true
        this.#problems.add(
          "xml-extra-root",
          element.offset,
          element.openEnd - element.offset,
          "A document holds one panel",
          {
            hint: `Put <${element.name}> inside <${this.#root.name}>, or make it a panel of its own.`,
          },
        )
      }
      return true
    }
    if (this.#stack.length >= MAX_DEPTH) {
      if (!this.#tooDeep) {
        this.#tooDeep = true
        this.#problems.add(
          "too-deep",
          element.offset,
          element.openEnd - element.offset,
          `<${element.name}> is nested deeper than ${MAX_DEPTH} levels`,
          {
            hint: "Move the inner part to a panel of its own.",
          },
        )
      }
      return false
    }
    if (++this.#count > MAX_NODES) {
      if (this.#count === MAX_NODES + 1)
        this.#problems.add(
          "too-large",
          element.offset,
          element.openEnd - element.offset,
          `A panel has at most ${MAX_NODES} elements`,
          {
            hint: "Repeat with Each, or split the panel.",
          },
        )
      return false
    }
    this.#pending[this.#pendingCount++] = element
    return true
  }

  #attachText(node: XmlText): void {
    const parent = this.#stack[this.#stack.length - 1]
    if (parent === undefined) this.#nodes.push(node)
    else if (this.#stack.length <= MAX_DEPTH && this.#count <= MAX_NODES) this.#pending[this.#pendingCount++] = node
  }

  /** The text of a Handler, as one child; where its end is missing that is reported. Answers where it ends. */
  #raw(element: XmlElement): number {
    const { openEnd } = element
    const { rawEnd, closeEnd } = this.#rawText.read(openEnd)
    if (rawEnd > openEnd) element.children = [{ kind: "text", offset: openEnd, end: rawEnd, reported: true }]
    element.end = closeEnd < 0 ? rawEnd : closeEnd
    if (closeEnd < 0) this.#unclosed(element)
    else {
      element.closeStart = rawEnd
      if (this.#source.charCodeAt(closeEnd - 1) !== 62)
        this.#problems.add("xml-unclosed-tag", rawEnd, closeEnd - rawEnd, `The tag </${element.name} has no ">"`, {
          hint: 'End it with ">".',
          fix: { text: ">", label: 'Insert ">"', offset: closeEnd, length: 0 },
        })
    }
    return element.end
  }

  #pop(): XmlElement | undefined {
    const top = this.#stack.pop()
    if (top === undefined) return undefined
    const start = this.#starts.pop() ?? 0
    if (start < this.#pendingCount) {
      top.children = this.#pending.slice(start, this.#pendingCount)
      this.#pendingCount = start
    }
    if (this.#openNames !== undefined) this.#openNames.set(top.name, (this.#openNames.get(top.name) ?? 1) - 1)
    return top
  }

  #isOpen(name: string): boolean {
    if (this.#openNames === undefined) {
      this.#openNames = new Map()
      for (const open of this.#stack) this.#openNames.set(open.name, (this.#openNames.get(open.name) ?? 0) + 1)
    }
    return (this.#openNames.get(name) ?? 0) > 0
  }

  #forgive(name: string): void {
    this.#forgiven.set(name, (this.#forgiven.get(name) ?? 0) + 1)
  }

  /** A room begins inside another room: everything down to the panel was left open. */
  #leaveRoom(): void {
    if (this.#stack[0]?.name !== "NexusPanel") return
    if (!this.#stack.some(({ name }, depth) => depth > 0 && ROOMS.has(name))) return
    while (this.#stack.length > 1) {
      const top = this.#pop()
      if (top === undefined) return
      this.#leave(top, this.#source.length)
      this.#forgive(top.name)
    }
  }

  /** The element ends without its own closing tag, before `offset`. Children it cannot hold go to its parent. */
  #leave(element: XmlElement, offset: number): void {
    const kept = this.#stack.length < MAX_DEPTH
    if (!element.broken && !this.#explained.has(element) && kept) this.#unclosed(element)
    const last = element.children[element.children.length - 1]
    element.end = last === undefined ? element.openEnd : Math.min(last.end, offset)
    const parent = this.#stack[this.#stack.length - 1]
    if (parent === undefined || !kept) return
    const foreign = element.children.findIndex(
      (child) => child.kind === "element" && !canHold(element.entry, child.entry, child.name),
    )
    if (foreign < 0) return
    const moved = element.children.slice(foreign)
    element.children = element.children.slice(0, foreign)
    if (this.#pending[this.#pendingCount - 1] === element)
      for (const child of moved) this.#pending[this.#pendingCount++] = child
    element.end = moved[0]?.offset ?? element.end
  }

  #unclosed(element: XmlElement): void {
    const { name, offset, openEnd } = element
    const childless = element.entry?.holds === "none"
    const at = trimEnd(this.#source, openEnd - 1)
    this.#problems.add("xml-unclosed-element", offset, openEnd - offset, `<${name}> is left open`, {
      hint: childless ? `End the tag with "/>".` : `Add </${name}> where it ends.`,
      ...(childless ? { fix: { text: "/>", label: 'End it with "/>"', offset: at, length: openEnd - at } } : {}),
    })
  }

  #report(tag: TagReader): void {
    if (tag.problems !== undefined)
      for (const { code, offset, length, message, advice } of tag.problems)
        this.#problems.add(code, offset, length, message, advice)
    if (!tag.references) return
    for (const { valueStart, valueEnd } of tag.attributes) {
      const entity = forbiddenEntity(this.#source.slice(valueStart, valueEnd))
      if (entity !== undefined) this.#entity(valueStart + entity.index, entity.text)
    }
  }

  #entity(offset: number, text: string): void {
    this.#problems.add("entity-forbidden", offset, text.length, `The entity ${text} does not exist in NXML`, {
      hint: "Write the character itself, or &amp; for &.",
    })
  }
}
