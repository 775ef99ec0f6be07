import type { Json } from "../json.ts"
import { CAPABILITY_TYPES } from "../run/capability-text.ts"
import { STATE_TYPES } from "./panel.ts"

/**
 * How an attribute's text is read. `binding`: text with `{expression}` holes. `handler`: the name of a Handler.
 * `json`: a literal of the type that the attribute `type` names. `duration`: a number with its unit, such as `1h`.
 */
export type AttributeKind = "text" | "identifier" | "enum" | "boolean" | "json" | "binding" | "handler" | "duration"

/** An attribute of an element; `values` are the allowed ones of an `enum`. */
export interface AttributeDeclaration {
  readonly kind: AttributeKind
  readonly doc: string
  readonly required?: true
  readonly values?: readonly string[]
}

/** An element that is not a component: the rooms, what stands in Data and Logic, and the View's control elements. */
export interface ElementDeclaration {
  readonly name: string
  readonly doc: string
  /** The elements it may stand in; `View` also means any component or control element inside View. */
  readonly parents: readonly string[]
  readonly attributes: { readonly [name: string]: AttributeDeclaration }
  readonly children: "none" | "elements" | "script" | "components"
  readonly example: string
  /** The first values of the states that `example` names, where the example shows something. */
  readonly sample?: { readonly [state: string]: Json }
}

const name: AttributeDeclaration = { kind: "identifier", required: true, doc: "Its name." }
const description: AttributeDeclaration = { kind: "text", doc: "What it is, for people and AI assistants." }

const DECLARATIONS: readonly ElementDeclaration[] = [
  {
    name: "NexusPanel",
    doc: "One panel: Data, Logic and View.",
    parents: [],
    attributes: {
      title: { kind: "text", required: true, doc: "The panel's name on the canvas." },
      version: { kind: "text", doc: "The panel's version, such as 1.0.0." },
      description,
    },
    children: "elements",
    example: '<NexusPanel title="Hello"><View><Text content="Hello"/></View></NexusPanel>',
  },
  {
    name: "Data",
    doc: "What the panel knows.",
    parents: ["NexusPanel"],
    attributes: {},
    children: "elements",
    example: '<Data><State name="count" type="number"/></Data>',
  },
  {
    name: "Logic",
    doc: "What the panel can do.",
    parents: ["NexusPanel"],
    attributes: {},
    children: "elements",
    example: '<Logic><Handler name="add">$state.count += 1</Handler></Logic>',
  },
  {
    name: "View",
    doc: "What the panel shows.",
    parents: ["NexusPanel"],
    attributes: {},
    children: "components",
    example: '<View><Text content="Hello"/></View>',
  },
  {
    name: "State",
    doc: "A value that is kept, shared and may change.",
    parents: ["Data"],
    attributes: {
      name,
      type: { kind: "enum", values: STATE_TYPES, required: true, doc: "The type of its values." },
      default: {
        kind: "json",
        doc: "The first value, as JSON of the type; a string as it is. Absent: the type's empty value.",
      },
      description,
      scope: {
        kind: "enum",
        values: ["document", "session"],
        doc: "`document`: shared and durable. `session`: each viewer's own, never kept.",
      },
      secret: { kind: "boolean", doc: "`true`: never leaves the kernel, neither to browsers nor TriLog, Git or AI." },
    },
    children: "none",
    example: '<State name="items" type="list" default="[]"/>',
  },
  {
    name: "Computed",
    doc: "A value worked out from others; lazy and cached.",
    parents: ["Data"],
    attributes: { name, value: { kind: "binding", required: true, doc: "The expression." } },
    children: "none",
    example: '<Computed name="open" value="{$state.items.filter(i => !i.done).length}"/>',
  },
  {
    name: "Import",
    doc: "Another panel's State or Computed: read-only and live, as `$imports.<as>`.",
    parents: ["Data"],
    attributes: {
      panel: { kind: "text", required: true, doc: "The other panel's id or title." },
      name: { kind: "identifier", required: true, doc: "The name of the State or Computed there." },
      as: { kind: "identifier", doc: "Its name here; absent: the same name." },
    },
    children: "none",
    example: '<Import panel="kitchen" name="stock" as="stock"/>',
  },
  {
    name: "Capability",
    doc: "A right that handlers need; a person grants it.",
    parents: ["Logic"],
    attributes: {
      type: {
        kind: "enum",
        values: CAPABILITY_TYPES,
        required: true,
        doc: "The class of calls.",
      },
      scope: { kind: "text", doc: "What within the class, with `*` for anything; absent: all of it." },
      reason: { kind: "text", doc: "Why, for the person who is asked." },
    },
    children: "none",
    example: '<Capability type="http" scope="https://prices.example.org/*" reason="Looks prices up"/>',
  },
  {
    name: "Handler",
    doc: "JavaScript that runs in the sandbox; raw text until `</Handler>`.",
    parents: ["Logic"],
    attributes: { name, description },
    children: "script",
    example: '<Handler name="add">$state.items.push({ id: $id(), title: $args.title })</Handler>',
  },
  {
    name: "Tool",
    doc: "A handler offered to AI assistants and other panels, with typed arguments.",
    parents: ["Logic"],
    attributes: {
      name,
      handler: { kind: "handler", required: true, doc: "The handler that does it." },
      description: { kind: "text", doc: "What it does; assistants choose by it." },
    },
    children: "elements",
    example:
      '<Tool name="add_item" handler="add" description="Put one thing on the list"><Arg name="title" type="string"/></Tool>',
  },
  {
    name: "Arg",
    doc: "One argument of a Tool.",
    parents: ["Tool"],
    attributes: {
      name,
      type: { kind: "enum", values: STATE_TYPES, required: true, doc: "The type of its values." },
      required: { kind: "boolean", doc: "`true`: it must be given." },
      default: { kind: "json", doc: "The value when it is not given." },
      description,
    },
    children: "none",
    example: '<Arg name="title" type="string" required="true" description="What to buy"/>',
  },
  {
    name: "Lifecycle",
    doc: "Runs a handler when something happens.",
    parents: ["Logic"],
    attributes: {
      on: {
        kind: "enum",
        values: ["mount", "unmount", "change", "schedule"],
        required: true,
        doc: "When: the panel is opened or closed, a watched value changed, or time came.",
      },
      run: { kind: "handler", required: true, doc: "The handler." },
      watch: { kind: "binding", doc: "The expression that `change` watches." },
      every: { kind: "duration", doc: "The interval of `schedule`: a number with ms, s, m, h or d." },
      cron: { kind: "text", doc: "The times of `schedule`: five cron fields." },
    },
    children: "none",
    example: '<Lifecycle on="schedule" every="1h" run="refresh"/>',
  },
  {
    name: "If",
    doc: "Shows its children while `test` holds; an Else inside shows otherwise.",
    parents: ["View"],
    attributes: { test: { kind: "binding", required: true, doc: "The condition." } },
    children: "components",
    example:
      '<If test="{$state.count > 0}"><Text content="{$state.count} left"/><Else><Text content="All done"/></Else></If><Button label="Done with one" onClick="$state.count = $state.count - 1"/>',
    sample: { count: 2 },
  },
  {
    name: "Else",
    doc: "What an If shows when its test does not hold.",
    parents: ["If"],
    attributes: {},
    children: "components",
    example: '<Else><Text content="None"/></Else>',
  },
  {
    name: "Each",
    doc: "Repeats its children for every item of a list.",
    parents: ["View"],
    attributes: {
      items: { kind: "binding", required: true, doc: "The list." },
      as: { kind: "identifier", required: true, doc: "The name of one item inside." },
      key: { kind: "binding", doc: "What makes an item the same item when the list changes." },
      index: { kind: "identifier", doc: "The name of the position inside, counted from 0." },
    },
    children: "components",
    example:
      '<Each items="{$state.items}" as="item" key="{item.id}"><Checkbox label="{item.title}" bind="item.done"/></Each>',
    sample: {
      items: [
        { id: "1", title: "Water the plants", done: true },
        { id: "2", title: "Call the library", done: false },
      ],
    },
  },
  {
    name: "Slot",
    doc: "Where the children of an Embed, or of a package's component, come to stand; its own children show when there are none.",
    parents: ["View"],
    attributes: {},
    children: "components",
    example: '<Slot><Text content="Nothing was put here"/></Slot>',
  },
  {
    name: "Embed",
    doc: "Shows another panel of the workspace, alive: its states are shared, its handlers are its own. Children fill its Slot.",
    parents: ["View"],
    attributes: {
      panel: { kind: "binding", required: true, doc: "The other panel's id or title." },
      id: { kind: "text", doc: "A name for `$view.focus` and `$view.scrollTo`." },
    },
    children: "components",
    example: '<Embed panel="Groceries"/>',
  },
]

/** Every element that is not a component, by name. */
export const elements: ReadonlyMap<string, ElementDeclaration> = new Map(
  DECLARATIONS.map((declaration) => [declaration.name, declaration]),
)
