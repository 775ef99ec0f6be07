import {
  type AttributeDeclaration,
  type ComponentDeclaration,
  components,
  type ElementDeclaration,
  elements,
  type Json,
  type PropDeclaration,
} from "@nexus/protocol"
import { sayDeclared } from "../words/declared.ts"
import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"

/**
 * What may stand in a View, as the page shows it. Everything is read from protocol's declarations, which the validator,
 * the completion and the renderer read too, so this page cannot say anything else. Only the order of reading is ours: a
 * component nobody put in order stands at the end of its page, and never falls out.
 */
export interface Entry {
  readonly name: string
  readonly doc: string
  readonly props: readonly Prop[]
  readonly events: readonly (readonly [name: string, doc: string])[]
  /** The type of the value that `bind` holds. */
  readonly bind: string | undefined
  readonly holds: string
  readonly accessibleName: string
  readonly keyboard: string
  readonly width: ComponentDeclaration["width"] | undefined
  readonly example: string
  readonly sample: { readonly [state: string]: Json }
}

/** One property or attribute; `values` are the only ones allowed. */
export interface Prop {
  readonly name: string
  readonly type: string
  readonly values: readonly string[]
  readonly initial: string | undefined
  readonly required: boolean
  readonly doc: string
}

export interface EntryGroup {
  readonly title: string
  readonly text: string
  readonly entries: readonly Entry[]
}

const ORDER: readonly (readonly [title: string, text: string, names: readonly string[]])[] = [
  [say("Arrange"), say("Places and groups other components."), ["Layout", "Container", "Tabs", "Tab", "Divider"]],
  [
    say("Show"),
    say("Shows a value and takes no input."),
    [
      ...["Text", "Markdown", "Code", "Image", "Icon", "Link", "Badge", "Metric", "Progress"],
      ...["Log", "Table", "Chart", "Graph"],
    ],
  ],
  [
    say("Ask"),
    say("Takes what people type, choose and press."),
    [
      ...["Input", "TextArea", "Number", "Select", "Checkbox", "Switch", "Slider", "Date", "File"],
      ...["Form", "Button"],
    ],
  ],
]

/** Every component and control element, grouped and in order. */
export function readCatalogue(): readonly EntryGroup[] {
  const left = new Map(components)
  const groups = ORDER.map(([title, text, names]) => ({
    title,
    text,
    entries: names.flatMap((name) => {
      const declaration = left.get(name)
      left.delete(name)
      return declaration ? [fromComponent(declaration)] : []
    }),
  }))
  const control = [...elements.values()].filter(({ parents }) => parents.includes("View"))
  return [
    ...groups,
    { title: say("Control"), text: say("Decides what is shown, and how often."), entries: control.map(fromElement) },
    { title: say("More"), text: say("And what else there is."), entries: [...left.values()].map(fromComponent) },
  ].filter(({ entries }) => entries.length > 0)
}

/** The groups with only the entries that a search means: by name first, else by what is said about them. */
export function searchCatalogue(groups: readonly EntryGroup[], text: string): readonly EntryGroup[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === "") return groups
  const keep = (means: (entry: Entry) => boolean) =>
    groups
      .map((group) => ({ ...group, entries: group.entries.filter(means) }))
      .filter(({ entries }) => entries.length > 0)
  const byName = keep(({ name }) => name.toLowerCase().includes(wanted))
  return byName.length > 0 ? byName : keep((entry) => wordsOf(entry).includes(wanted))
}

function wordsOf({ doc, props, events, keyboard }: Entry): string {
  const named = [...props.map((prop) => `${prop.name} ${prop.doc} ${prop.values.join(" ")}`), ...events.flat()]
  return [doc, keyboard, ...named].join(" ").toLowerCase()
}

const HOLDS = {
  none: say("Nothing: it has no children."),
  components: say("Components and control elements."),
  text: say("Text."),
} as const

function fromComponent(declaration: ComponentDeclaration): Entry {
  const { name, doc, props, events, bind, children, width, example, sample = {} } = declaration
  return {
    name,
    doc: sayDeclared(doc),
    props: Object.entries(props).map(fromProp),
    events: Object.entries(events).map(([event, said]) => [event, sayDeclared(said)] as const),
    bind,
    holds: HOLDS[children],
    accessibleName: nameRule(declaration),
    keyboard: declaration.keyboard === undefined ? keyRule(declaration) : sayDeclared(declaration.keyboard),
    width,
    example,
    sample,
  }
}

function fromProp([name, { type, values = [], initial, required, doc }]: [string, PropDeclaration]): Prop {
  const written = initial === undefined ? undefined : String(initial)
  return { name, type, values, initial: written, required: required === true, doc: sayDeclared(doc) }
}

function nameRule({ labelledBy, children }: ComponentDeclaration): string {
  if (!labelledBy) {
    return children === "components"
      ? say("None of its own: what stands inside is read.")
      : say("What it shows is what is read.")
  }
  const names = new Intl.ListFormat(LANGUAGE, { type: "disjunction" }).format(labelledBy.map((name) => `\`${name}\``))
  return say("Give {names}: a screen reader says it. Without it checking warns `missing-label`.", { names })
}

function keyRule({ bind, events, children }: ComponentDeclaration): string {
  if (bind !== undefined) return say("Tab reaches it.")
  if ("onClick" in events || "onSelect" in events) return say("Tab reaches it; Enter presses it.")
  return children === "components" ? say("Tab goes through what stands inside.") : say("Nothing in it takes the focus.")
}

function fromElement({ name, doc, attributes, children, example, sample = {} }: ElementDeclaration): Entry {
  return {
    name,
    doc: sayDeclared(doc),
    props: Object.entries(attributes).map(fromAttribute),
    events: [],
    bind: undefined,
    holds: HOLDS[children === "components" ? "components" : "none"],
    accessibleName: say("None: it paints nothing itself."),
    keyboard: say("Tab goes through what it shows."),
    width: undefined,
    example,
    sample,
  }
}

const KINDS: Readonly<Record<AttributeDeclaration["kind"], string>> = {
  text: "string",
  identifier: "name",
  enum: "enum",
  boolean: "boolean",
  json: "JSON",
  binding: "expression",
  handler: "handler",
  duration: "duration",
}

function fromAttribute([name, { kind, values = [], required, doc }]: [string, AttributeDeclaration]): Prop {
  return { name, type: KINDS[kind], values, initial: undefined, required: required === true, doc: sayDeclared(doc) }
}
