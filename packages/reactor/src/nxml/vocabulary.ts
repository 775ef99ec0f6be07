import {
  type AttributeDeclaration,
  COMMON_PROPS,
  type ComponentDeclaration,
  components,
  type ElementDeclaration,
  elements,
  type PropDeclaration,
} from "@nexus/protocol"
import { NameTable } from "./name-table.ts"

/** The components a source may use, by name. */
export type Components = ReadonlyMap<string, ComponentDeclaration>

/** What is known about a source before it is read. */
export interface PanelOptions {
  /** Components of packages, beside the standard ones; a standard name is never replaced. */
  readonly components?: Components
  /** The source is this component's own document: View sees its props as variables, and statements may fire its events. */
  readonly component?: ComponentDeclaration
}

/** How the value of one attribute is read and checked. */
export type Rule =
  | { readonly reads: "prop"; readonly prop: PropDeclaration }
  | { readonly reads: "event" }
  | { readonly reads: "bind" }
  | { readonly reads: "attribute"; readonly declared: AttributeDeclaration }

/**
 * One element's declaration laid out for reading: what the checks would otherwise ask again at each element is worked
 * out once. A name that is declared twice is the component.
 */
export interface Entry {
  readonly name: string
  readonly component: ComponentDeclaration | undefined
  readonly element: ElementDeclaration | undefined
  readonly rules: ReadonlyMap<string, Rule>
  /** The attributes that must be given, each with what it is. */
  readonly required: readonly { readonly name: string; readonly doc: string }[]
  /** Every attribute it takes, as suggested for one that it does not. */
  readonly known: readonly string[]
  readonly holds: "none" | "elements" | "script" | "components" | "text"
  /** Stands in View: a component, or a control element such as If. */
  readonly inView: boolean
  /** The elements declared to stand in it; empty for those of View. */
  readonly children: readonly string[]
}

/** Everything declared, by name; `names` finds a name in a source without making a string of it. */
export interface Vocabulary {
  readonly entries: ReadonlyMap<string, Entry>
  readonly names: NameTable
}

const joined = new WeakMap<Components, Components>()
const vocabularies = new WeakMap<Components, Vocabulary>()

/** The standard components and `extra`; the same map for the same extra ones. */
export function componentsWith(extra?: Components): Components {
  if (extra === undefined || extra.size === 0) return components
  let all = joined.get(extra)
  if (all === undefined) {
    all = new Map([...components, ...[...extra].filter(([name]) => !components.has(name))])
    joined.set(extra, all)
  }
  return all
}

/** The vocabulary of these components and of every other element; worked out once for the same map. */
export function vocabularyOf(all: Components): Vocabulary {
  let vocabulary = vocabularies.get(all)
  if (vocabulary === undefined) {
    vocabulary = createVocabulary(all)
    vocabularies.set(all, vocabulary)
  }
  return vocabulary
}

function createVocabulary(all: Components): Vocabulary {
  const entries = new Map<string, Entry>()
  for (const element of elements.values()) entries.set(element.name, entryOfElement(element))
  for (const [name, component] of all) entries.set(name, entryOfComponent(name, component))
  const names = new NameTable()
  for (const { name, known } of entries.values()) for (const word of [name, ...known]) names.add(word)
  return { entries, names }
}

function entryOfElement(element: ElementDeclaration): Entry {
  const attributes = Object.entries(element.attributes)
  const { name } = element
  return {
    name,
    component: undefined,
    element,
    rules: new Map(
      attributes.map(([attribute, declared]): [string, Rule] => [attribute, { reads: "attribute", declared }]),
    ),
    required: attributes.flatMap(([attribute, { required, doc }]) =>
      required === true ? [{ name: attribute, doc }] : [],
    ),
    known: attributes.map(([attribute]) => attribute),
    holds: element.children,
    inView: element.parents.includes("View") || name === "Else",
    children: [...elements.values()].filter(({ parents }) => parents.includes(name)).map((child) => child.name),
  }
}

function entryOfComponent(name: string, component: ComponentDeclaration): Entry {
  const { props, events, bind } = component
  const rules = new Map<string, Rule>()
  for (const [prop, declared] of Object.entries({ ...COMMON_PROPS, ...props }))
    rules.set(prop, { reads: "prop", prop: declared })
  for (const event of Object.keys(events)) if (!rules.has(event)) rules.set(event, { reads: "event" })
  if (bind !== undefined && !rules.has("bind")) rules.set("bind", { reads: "bind" })
  const own = [...Object.keys(props), ...Object.keys(events), ...Object.keys(COMMON_PROPS)]
  return {
    name,
    component,
    element: undefined,
    rules,
    required: Object.entries(props).flatMap(([prop, { required, doc }]) =>
      required === true ? [{ name: prop, doc }] : [],
    ),
    known: bind === undefined ? own : ["bind", ...own],
    holds: component.children,
    inView: true,
    children: [],
  }
}

/** May a `child` element stand in `parent`, as far as is declared? Unknown elements hold anything. */
export function canHold(parent: Entry | undefined, child: Entry | undefined, childName: string): boolean {
  if (parent === undefined) return true
  if (parent.component !== undefined && child?.component?.parents !== undefined)
    return child.component.parents.includes(parent.name)
  if (parent.component?.holds !== undefined && child !== undefined && child.component !== undefined)
    return parent.component.holds.includes(childName)
  if (parent.holds === "components") return child?.inView ?? true
  return parent.children.includes(childName)
}
