import { type ComponentDeclaration, elements } from "@nexus/protocol"
import { attributeOf, sourceOffset, type XmlAttribute, type XmlDocument, type XmlElement } from "../document.ts"
import type { Components } from "../vocabulary.ts"
import { type NameUses, namesInBinding, namesInPath, namesInStatements } from "./expression-names.ts"
import { type Alias, namesInScript } from "./script-names.ts"
import { scriptText } from "./script-text.ts"

export type SymbolKind = "state" | "computed" | "import" | "handler" | "tool" | "variable"

/** One place where a name of the panel stands; `length` is 0 where a declaration leaves the name out. */
export interface Occurrence {
  readonly offset: number
  readonly length: number
  readonly use: "declare" | "read" | "write"
  /** What must be written around the new name when this place is renamed, so that nothing else changes. */
  readonly before: string
  readonly after: string
  /** Names that mean something nearer here, so that this place cannot take one of them. */
  readonly bound: readonly string[]
  /** `{ items: list }`: the local variable that the place gives its value to. Where both have one name, it stands once. */
  readonly alias?: Alias
}

/** A name that the panel declares, with every place where it stands, in document order. */
export interface NamedSymbol {
  readonly kind: SymbolKind
  readonly name: string
  readonly element: XmlElement
  readonly occurrences: readonly Occurrence[]
}

/** What is named in one document; `unreadable` are places whose names are unknown because they hold a mistake. */
export interface Symbols {
  readonly all: readonly NamedSymbol[]
  readonly unreadable: readonly number[]
}

/** How the text of an attribute is read. */
export type AttributeRole = "binding" | "statements" | "path" | "handler" | "text"

export function roleOf(element: string, attribute: string, components: Components): AttributeRole {
  const component = components.get(element)
  if (component === undefined && elements.has(element)) {
    const kind = elements.get(element)?.attributes[attribute]?.kind
    return kind === "binding" || kind === "handler" ? kind : "text"
  }
  if (isEvent(component, attribute)) return "statements"
  return attribute === "bind" && !isProp(component, "bind") ? "path" : "binding"
}

function isEvent(component: ComponentDeclaration | undefined, name: string): boolean {
  return component === undefined || !isProp(component, name) ? /^on[A-Z]/.test(name) : false
}

function isProp(component: ComponentDeclaration | undefined, name: string): boolean {
  return component !== undefined && Object.hasOwn(component.props, name)
}

interface Growing {
  readonly kind: SymbolKind
  readonly name: string
  readonly element: XmlElement
  readonly occurrences: Occurrence[]
}

const DECLARING: { readonly [element: string]: SymbolKind } = {
  State: "state",
  Computed: "computed",
  Import: "import",
  Handler: "handler",
  Tool: "tool",
}

/** Finds every name of the document and where it stands, the way checking resolves it. */
export function symbolsOf(document: XmlDocument, components: Components): Symbols {
  const reader = new Reader(document.source, components)
  if (document.root !== undefined) {
    reader.declare(document.root)
    reader.visit(document.root, [])
  }
  for (const symbol of reader.all) symbol.occurrences.sort((a, b) => a.offset - b.offset)
  return reader
}

class Reader {
  readonly all: Growing[] = []
  readonly unreadable: number[] = []
  readonly #source: string
  readonly #components: Components
  readonly #byName = new Map<string, Growing>()

  constructor(source: string, components: Components) {
    this.#source = source
    this.#components = components
  }

  /** Gathers what Data and Logic declare; of two that share a name, uses belong to the first. */
  declare(element: XmlElement): void {
    const kind = DECLARING[element.name]
    if (kind !== undefined) this.#declaration(kind, element)
    for (const child of element.children) if (child.kind === "element") this.declare(child)
  }

  #declaration(kind: SymbolKind, element: XmlElement): void {
    const given = attributeOf(element, kind === "import" && attributeOf(element, "as") !== undefined ? "as" : "name")
    if (given === undefined || given.valueEnd === given.valueStart) return
    const left = kind === "import" && given.name === "name"
    const place = left
      ? occurrence(given.end, 0, "declare", ' as="', '"')
      : occurrence(given.valueStart, given.valueEnd - given.valueStart, "declare")
    const symbol = this.#add(kind, given.value, element, place)
    const key = `${kind} ${given.value}`
    if (!this.#byName.has(key)) this.#byName.set(key, symbol)
  }

  #add(kind: SymbolKind, name: string, element: XmlElement, place: Occurrence): Growing {
    const symbol: Growing = { kind, name, element, occurrences: [place] }
    this.all.push(symbol)
    return symbol
  }

  /** Notes the uses in `element` and below; `locals` are the loop variables in reach, innermost first. */
  visit(element: XmlElement, locals: readonly Growing[]): void {
    if (element.name === "Handler") this.#script(element)
    const inside = element.name === "Each" ? [...this.#loop(element), ...locals] : locals
    for (const attribute of element.attributes) {
      const outer = element.name === "Each" && attribute.name === "items"
      this.#attribute(element, attribute, outer ? locals : inside)
    }
    for (const child of element.children) if (child.kind === "element") this.visit(child, inside)
  }

  #loop(element: XmlElement): Growing[] {
    return ["as", "index"].flatMap((name) => {
      const given = attributeOf(element, name)
      if (given === undefined || given.valueEnd === given.valueStart) return []
      const place = occurrence(given.valueStart, given.valueEnd - given.valueStart, "declare")
      return [this.#add("variable", given.value, element, place)]
    })
  }

  #attribute(element: XmlElement, attribute: XmlAttribute, locals: readonly Growing[]): void {
    const { value } = attribute
    const role = roleOf(element.name, attribute.name, this.#components)
    if (attribute.valueEnd === attribute.valueStart) return
    if (role === "handler") {
      const place = occurrence(attribute.valueStart, attribute.valueEnd - attribute.valueStart, "read")
      this.#byName.get(`handler ${value}`)?.occurrences.push(place)
    } else if (role !== "text") {
      const read = role === "binding" ? namesInBinding : role === "path" ? namesInPath : namesInStatements
      this.#names(read(value), attribute, locals)
    }
  }

  #names({ names, whole }: NameUses, attribute: XmlAttribute, locals: readonly Growing[]): void {
    if (!whole) this.unreadable.push(attribute.offset)
    for (const { of, name, at, write, shorthand, bound } of names) {
      const kind = of === undefined ? undefined : of === "handler" ? "handler" : KIND_OF_ROOT[of]
      const symbol =
        kind === undefined ? locals.find((local) => local.name === name) : this.#byName.get(`${kind} ${name}`)
      if (symbol === undefined) continue
      const start = sourceOffset(this.#source, attribute, at)
      const end = sourceOffset(this.#source, attribute, at + name.length)
      symbol.occurrences.push(
        occurrence(start, end - start, write ? "write" : "read", shorthand ? `${name}: ` : "", "", bound),
      )
    }
  }

  #script(element: XmlElement): void {
    const { offset, text } = scriptText(element, this.#source)
    const { uses, whole } = namesInScript(text)
    if (!whole) this.unreadable.push(offset)
    for (const { of, name, at, write, shorthand, alias } of uses) {
      const symbol = this.#byName.get(`${KIND_OF_ROOT[of]} ${name}`)
      const place = occurrence(offset + at, name.length, write ? "write" : "read", "", shorthand ? `: ${name}` : "")
      symbol?.occurrences.push(alias ? { ...place, alias: { ...alias, end: offset + alias.end } } : place)
    }
  }
}

const KIND_OF_ROOT = { $state: "state", $computed: "computed", $imports: "import" } as const

function occurrence(
  offset: number,
  length: number,
  use: Occurrence["use"],
  before = "",
  after = "",
  bound: readonly string[] = NONE,
): Occurrence {
  return { offset, length, use, before, after, bound }
}

const NONE: readonly string[] = []
