import type { Reference } from "@nexus/protocol"
import type { XmlElement } from "../document.ts"
import { didYouMean } from "../nearest.ts"
import type { Problems } from "../problems.ts"
import type { Components } from "../vocabulary.ts"
import type { TypedUse } from "./locals.ts"

export type Root = Reference["root"]

const ROOTS: readonly Root[] = ["$state", "$computed", "$imports"]

/**
 * Everything a document declares and what of it was used. Names are gathered before anything is checked, so the order of
 * rooms does not matter, and a declaration that is itself wrong still counts: its mistake is told once, not at each use.
 */
export class Names {
  readonly problems: Problems
  readonly root: XmlElement
  /** Every component that may be used. */
  readonly components: Components
  readonly states = new Map<string, XmlElement>()
  readonly computed = new Map<string, XmlElement>()
  readonly imports = new Map<string, XmlElement>()
  readonly handlers = new Map<string, XmlElement>()
  readonly tools = new Map<string, XmlElement>()
  readonly usedStates = new Set<string>()
  readonly usedHandlers = new Set<string>()
  /** What the check of types looks at. */
  readonly typed: TypedUse[] = []
  /** Those of them that are computed values, by name. */
  readonly computedUses = new Map<string, TypedUse>()
  /** The elements of Data and Logic that stand where they belong. */
  declared: ReadonlySet<XmlElement> = new Set()
  /** Events of the component whose document this is: statements call them like handlers. */
  events: readonly string[] = []
  #misdeclared: ReadonlySet<string> | undefined
  /** A piece could not be read, so what it uses is unknown. */
  incomplete = false
  /** Some declaration has no name; an unknown name may be meant for it. */
  nameless = false

  constructor(root: XmlElement, problems: Problems, components: Components) {
    this.root = root
    this.problems = problems
    this.components = components
  }

  of(root: Root): ReadonlyMap<string, XmlElement> {
    return root === "$state" ? this.states : root === "$computed" ? this.computed : this.imports
  }

  /** Notes the use of a name; false when it is not declared, which `tellUndefined` then tells. */
  use(root: Root, name: string): boolean {
    if (root !== "$state") return this.of(root).has(name)
    this.usedStates.add(name)
    return this.states.has(name)
  }

  /** Reports a name that is not declared, unless its declaration is what is wrong. */
  tellUndefined(root: Root, name: string, offset: number): void {
    if (this.nameless || this.isMisdeclared(name)) return
    const elsewhere = ROOTS.find((other) => this.of(other).has(name))
    const advice =
      elsewhere === undefined ? didYouMean(name, this.of(root).keys()) : { hint: `Did you mean ${elsewhere}.${name}?` }
    if (root === "$state" && "fix" in advice && advice.fix !== undefined) this.usedStates.add(advice.fix.text)
    if (elsewhere === "$state") this.usedStates.add(name)
    const declaration = root === "$state" ? "State" : root === "$computed" ? "Computed" : "Import"
    this.problems.add("undefined-state", offset, name.length, `There is no ${declaration} "${name}"`, {
      hint: `Declare <${declaration} name="${name}" …/> in Data.`,
      ...advice,
    })
  }

  noteAll(root: Root): void {
    if (root === "$state") for (const name of this.states.keys()) this.usedStates.add(name)
  }

  noteHandler(name: string, offset: number): void {
    this.usedHandlers.add(name)
    if (this.handlers.has(name) || this.events.includes(name) || this.nameless || this.isMisdeclared(name)) return
    const advice = didYouMean(name, [...this.handlers.keys(), ...this.events])
    if (advice.fix !== undefined) this.usedHandlers.add(advice.fix.text)
    this.problems.add("undefined-handler", offset, name.length, `There is no Handler "${name}"`, {
      hint: `Declare <Handler name="${name}">…</Handler> in Logic.`,
      ...advice,
    })
  }

  /** Is there an element that declares `name` but is misspelt or misplaced, and so reported already? */
  isMisdeclared(name: string): boolean {
    if (this.#misdeclared === undefined) {
      const found = new Set<string>()
      this.#some((element) => {
        if (this.declared.has(element) || PROPERLY_NAMED.has(element.name)) return false
        for (const attribute of element.attributes)
          if (attribute.name === "name" || attribute.name === "as") found.add(attribute.value)
        return false
      })
      this.#misdeclared = found
    }
    return this.#misdeclared.has(name)
  }

  /** Is there an element of this name anywhere, even where it does not stand? */
  isElement(name: string): boolean {
    return this.#some((element) => element.name === name)
  }

  #some(test: (element: XmlElement) => boolean): boolean {
    const pending: XmlElement[] = [this.root]
    for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
      if (test(element)) return true
      for (const child of element.children) if (child.kind === "element") pending.push(child)
    }
    return false
  }
}

const PROPERLY_NAMED: ReadonlySet<string> = new Set(["NexusPanel", "Tool", "Arg", "Each"])
