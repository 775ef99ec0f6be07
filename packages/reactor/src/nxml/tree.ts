import { elements } from "@nexus/protocol"
import { forbiddenEntity, type XmlDocument, type XmlElement, type XmlNode, type XmlText } from "./document.ts"
import { nearest } from "./nearest.ts"
import type { Problems } from "./problems.ts"
import type { ScannedTag } from "./tag.ts"
import { skipSpace, trimEnd } from "./tag.ts"
import type { ScannedClose } from "./tokens.ts"
import type { Components } from "./vocabulary.ts"

export const MAX_DEPTH = 64
export const MAX_NODES = 10_000

const ROOMS: ReadonlySet<string> = new Set(["Data", "Logic", "View"])

/** An element whose end has not been seen. */
interface Open {
  readonly element: XmlElement
  /** A mismatched closing tag was reported inside; this element's missing end is the same mistake. */
  explained: boolean
}

/**
 * Nests the stream of tags with a stack, and repairs it. A closing tag closes the nearest open element of its name; what
 * stood open in between was left open and is reported there, once. A closing tag that fits nothing is a misspelt end of
 * the innermost element, or stray. Elements that could not hold what follows them give it to their parent, so a missing
 * `/>` costs no node. Too deep or too many: reported once, and the rest is read without being kept.
 */
export class Tree {
  readonly #source: string
  readonly #problems: Problems
  readonly #components: Components
  readonly #nodes: XmlNode[] = []
  readonly #stack: Open[] = []
  /** How many open elements have each name. */
  readonly #openNames = new Map<string, number>()
  /** Names of elements that were closed for another's sake: their own closing tags come late and say nothing new. */
  readonly #forgiven = new Map<string, number>()
  #root: XmlElement | undefined
  #extraRoot = false
  #outsideText = false
  #tooDeep = false
  #count = 0
  #last: XmlText | undefined

  readonly #hasReferences: boolean

  constructor(source: string, problems: Problems, components: Components) {
    this.#source = source
    this.#components = components
    this.#problems = problems
    this.#hasReferences = source.includes("&")
  }

  open(tag: ScannedTag): void {
    this.#last = undefined
    if (ROOMS.has(tag.name) && this.#stack.length > 1) this.#leaveRoom()
    const element: XmlElement = {
      kind: "element",
      name: tag.name,
      offset: tag.offset,
      attributes: tag.attributes,
      children: [],
      openEnd: tag.openEnd,
      selfClosing: tag.selfClosing,
      broken: tag.broken,
      closeStart: -1,
      end: tag.openEnd,
    }
    if (this.#attach(element)) this.#report(tag)
    if (tag.rawEnd >= 0) this.#raw(element, tag)
    else if (!tag.selfClosing) {
      this.#stack.push({ element, explained: false })
      this.#openNames.set(tag.name, (this.#openNames.get(tag.name) ?? 0) + 1)
    }
  }

  close({ name, complete }: ScannedClose, offset: number, end: number): void {
    this.#last = undefined
    if (!complete) {
      const advice = { fix: { text: ">", label: 'Insert ">"', offset: end, length: 0 } }
      this.#problems.add("xml-unclosed-tag", offset, end - offset, `The tag </${name} has no ">"`, advice)
    }
    if ((this.#openNames.get(name) ?? 0) > 0) {
      while (this.#stack.length > 0) {
        const top = this.#pop()
        if (top === undefined) return
        if (top.element.name === name) {
          top.element.closeStart = offset
          top.element.end = end
          return
        }
        this.#leave(top, offset)
        this.#forgiven.set(top.element.name, (this.#forgiven.get(top.element.name) ?? 0) + 1)
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
        fix: { text: "", label: "Remove it" },
      })
      return
    }
    const expected = top.element.name
    const slip = nearest(name, [expected]) !== undefined
    const message = slip ? `</${name}> does not match <${expected}>` : `</${name}> closes nothing that is open`
    this.#problems.add("xml-mismatched-close", offset, end - offset, message, {
      hint: slip ? `Did you mean </${expected}>?` : `The innermost open element is <${expected}>.`,
      fix: slip ? { text: `</${expected}>`, label: `Change to </${expected}>` } : { text: "", label: "Remove it" },
    })
    if (slip) {
      this.#pop()
      top.element.closeStart = offset
      top.element.end = end
    } else top.explained = true
  }

  text(offset: number, end: number): void {
    const blank = skipSpace(this.#source, offset) >= end
    const stray = this.#source.charCodeAt(offset) === 60
    let node = this.#last
    if (node === undefined) {
      node = { kind: "text", offset, end, blank, reported: false }
      this.#attachText(node)
      this.#last = node
    } else {
      node.end = end
      node.blank &&= blank
    }
    if (blank) return
    const raw = this.#source.slice(offset, end)
    if (stray && !node.reported) {
      node.reported = true
      this.#problems.add("xml-unexpected-character", offset, 1, 'A "<" begins a tag', {
        hint: "Write &lt; for the character itself.",
        fix: { text: "&lt;", label: "Write &lt;" },
      })
    }
    const entity = forbiddenEntity(raw)
    if (entity !== undefined) this.#entity(offset + entity.index, entity.text)
    if (this.#stack.length > 0 || this.#outsideText) return
    const start = raw.search(/\S/)
    if (start < 0 || node.reported || raw === "\ufeff") return
    this.#outsideText = true
    node.reported = true
    if (this.#root !== undefined || this.#source.includes("<", end))
      this.#problems.add("xml-unexpected-text", offset + start, raw.trim().length, "Text stands outside of the panel", {
        fix: { text: "", label: "Remove it" },
      })
  }

  aside(kind: "comment" | "cdata" | "instruction", offset: number, end: number, complete: boolean): void {
    this.#last = undefined
    this.#attachText({ kind, offset, end, blank: false, reported: false })
    if (complete) return
    const mark = kind === "comment" ? "-->" : kind === "cdata" ? "]]>" : "?>"
    const code =
      kind === "comment" ? "xml-unclosed-comment" : kind === "cdata" ? "xml-unclosed-cdata" : "xml-unclosed-tag"
    const name = kind === "comment" ? "comment" : kind === "cdata" ? "CDATA section" : "instruction"
    this.#problems.add(code, offset, end - offset, `The ${name} has no "${mark}"`, {
      fix: { text: mark, label: `Insert ${mark}`, offset: end, length: 0 },
    })
  }

  declaration(offset: number, end: number): void {
    this.#last = undefined
    this.#attachText({ kind: "instruction", offset, end, blank: false, reported: true })
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
    const parent = this.#stack[this.#stack.length - 1]?.element
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
    parent.children.push(element)
    return true
  }

  #attachText(node: XmlText): void {
    const parent = this.#stack[this.#stack.length - 1]?.element
    if (parent === undefined) this.#nodes.push(node)
    else if (this.#stack.length <= MAX_DEPTH && this.#count <= MAX_NODES) parent.children.push(node)
  }

  /** The text of a Handler, as one child; where its end is missing that is reported. */
  #raw(element: XmlElement, tag: ScannedTag): void {
    if (tag.rawEnd > tag.openEnd)
      element.children.push({ kind: "text", offset: tag.openEnd, end: tag.rawEnd, blank: false, reported: true })
    element.end = tag.closeEnd < 0 ? tag.rawEnd : tag.closeEnd
    if (tag.closeEnd >= 0) {
      element.closeStart = tag.rawEnd
      if (this.#source.charCodeAt(tag.closeEnd - 1) !== 62)
        this.#problems.add(
          "xml-unclosed-tag",
          tag.rawEnd,
          tag.closeEnd - tag.rawEnd,
          `The tag </${tag.name} has no ">"`,
          {
            fix: { text: ">", label: 'Insert ">"', offset: tag.closeEnd, length: 0 },
          },
        )
    } else this.#unclosed(element)
  }

  #pop(): Open | undefined {
    const top = this.#stack.pop()
    if (top !== undefined) this.#openNames.set(top.element.name, (this.#openNames.get(top.element.name) ?? 1) - 1)
    return top
  }

  /** A room begins inside another room: everything down to the panel was left open. */
  #leaveRoom(): void {
    const inRoom = this.#stack.some(({ element }, depth) => depth > 0 && ROOMS.has(element.name))
    if (!inRoom || this.#stack[0]?.element.name !== "NexusPanel") return
    while (this.#stack.length > 1) {
      const top = this.#pop()
      if (top === undefined) return
      this.#leave(top, this.#source.length)
      this.#forgiven.set(top.element.name, (this.#forgiven.get(top.element.name) ?? 0) + 1)
    }
  }

  /** The element ends without its own closing tag, before `offset`. Children it cannot hold go to its parent. */
  #leave(open: Open, offset: number): void {
    const { element } = open
    const kept = this.#stack.length < MAX_DEPTH
    if (!element.broken && !open.explained && kept) this.#unclosed(element)
    const last = element.children[element.children.length - 1]
    element.end = last === undefined ? element.openEnd : Math.min(last.end, offset)
    const parent = this.#stack[this.#stack.length - 1]?.element
    if (parent === undefined || !kept) return
    const foreign = element.children.findIndex(
      (child) => child.kind === "element" && !canHold(element.name, child.name, this.#components),
    )
    if (foreign < 0) return
    const moved = element.children.splice(foreign)
    if (parent.children[parent.children.length - 1] === element) parent.children.push(...moved)
    element.end = moved[0]?.offset ?? element.end
  }

  #unclosed(element: XmlElement): void {
    const { name, offset, openEnd } = element
    const childless = !mayHoldElements(name, this.#components) && !isText(name, this.#components)
    const at = trimEnd(this.#source, openEnd - 1)
    this.#problems.add("xml-unclosed-element", offset, openEnd - offset, `<${name}> is left open`, {
      hint: childless ? `End the tag with "/>".` : `Add </${name}> where it ends.`,
      ...(childless ? { fix: { text: "/>", label: 'End it with "/>"', offset: at, length: openEnd - at } } : {}),
    })
  }

  #report(tag: ScannedTag): void {
    if (tag.problems !== undefined)
      for (const { code, offset, length, message, advice } of tag.problems)
        this.#problems.add(code, offset, length, message, advice)
    if (!this.#hasReferences) return
    for (const attribute of tag.attributes) {
      if (attribute.value.length === attribute.valueEnd - attribute.valueStart && !attribute.value.includes("&"))
        continue
      const entity = forbiddenEntity(this.#source.slice(attribute.valueStart, attribute.valueEnd))
      if (entity !== undefined) this.#entity(attribute.valueStart + entity.index, entity.text)
    }
  }

  #entity(offset: number, text: string): void {
    this.#problems.add("entity-forbidden", offset, text.length, `The entity ${text} does not exist in NXML`, {
      hint: "Write the character itself, or &amp; for &.",
    })
  }
}

/** May a `child` element stand in `parent`, as far as is declared? Unknown elements hold anything. */
function canHold(parent: string, child: string, components: Components): boolean {
  if (components.has(parent)) return components.get(parent)?.children === "components" && !isDeclaration(child)
  const declared = elements.get(child)
  if (!elements.has(parent)) return true
  if (elements.get(parent)?.children === "components") return !isDeclaration(child)
  return declared?.parents.includes(parent) === true
}

function isDeclaration(name: string): boolean {
  const declared = elements.get(name)
  return declared !== undefined && !declared.parents.includes("View") && name !== "Else"
}

function mayHoldElements(name: string, components: Components): boolean {
  const children = components.get(name)?.children ?? elements.get(name)?.children ?? "components"
  return children === "components" || children === "elements"
}

function isText(name: string, components: Components): boolean {
  return components.get(name)?.children === "text" || elements.get(name)?.children === "script"
}
