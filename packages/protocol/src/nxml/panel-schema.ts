import * as z from "zod"
import { Json } from "../json.ts"
import { COMMON_PROPS, components } from "./components/components.ts"
import { elements } from "./elements.ts"
import { STATE_TYPES } from "./panel.ts"

/**
 * `Panel` as a JSON Schema, for tools that take a panel as data. Shapes are written once more here because a schema of
 * TypeScript's types would need a compiler; which element has which attributes comes from the declarations.
 */
const Range = z
  .strictObject({ line: z.int().min(1), column: z.int().min(1), offset: z.int().min(0), length: z.int().min(0) })
  .meta({ id: "Range", description: "A stretch of the source: line and column from 1, offset in UTF-16 units." })

const Reference = z
  .strictObject({ root: z.enum(["$state", "$computed", "$imports"]), name: z.string(), write: z.boolean() })
  .meta({ id: "Reference" })

const Binding = z
  .strictObject({ text: z.string(), references: z.array(Reference), range: Range })
  .meta({ id: "Binding", description: "An attribute's value as written: text, or text with {expression} holes." })

const StateType = z.enum(STATE_TYPES)

const Tool = z.strictObject({
  name: z.string(),
  handler: z.string(),
  description: z.string(),
  args: z.array(
    z.strictObject({
      name: z.string(),
      type: StateType,
      required: z.boolean(),
      initial: Json.optional(),
      description: z.string(),
    }),
  ),
  range: Range,
})

const ViewNode = z
  .strictObject({
    id: z.string().regex(/^\d+(\.\d+)*$/),
    element: z.string(),
    attributes: z.record(z.string(), Binding),
    get children() {
      return z.array(ViewNode)
    },
    content: z.string(),
    range: Range,
  })
  .meta({ id: "ViewNode", description: "One element of the View: a component or a control element." })

/** A panel as data, as far as shapes go; `Panel` in what it holds. */
export const PanelData = z.strictObject({
  title: z.string(),
  version: z.string(),
  description: z.string(),
  states: z.array(
    z.strictObject({
      name: z.string(),
      type: StateType,
      initial: Json,
      description: z.string(),
      scope: z.enum(["document", "session"]),
      secret: z.boolean(),
      range: Range,
    }),
  ),
  computed: z.array(z.strictObject({ name: z.string(), value: Binding, range: Range })),
  imports: z.array(z.strictObject({ panel: z.string(), name: z.string(), as: z.string(), range: Range })),
  capabilities: z.array(z.strictObject({ type: z.string(), scope: z.string(), reason: z.string(), range: Range })),
  handlers: z.array(
    z.strictObject({
      name: z.string(),
      source: z.string(),
      line: z.int().min(1),
      references: z.array(Reference),
      range: Range,
    }),
  ),
  tools: z.array(Tool),
  lifecycles: z.array(
    z.strictObject({
      on: z.enum(["mount", "unmount", "change", "schedule"]),
      run: z.string(),
      watch: Binding.optional(),
      everyMs: z.number().optional(),
      cron: z.string().optional(),
      range: Range,
    }),
  ),
  view: z.array(ViewNode),
})

/** The JSON Schema (2020-12) of a panel as data; elements that are not standard are a package's and take anything. */
export function panelJsonSchema(): object {
  const schema = z.toJSONSchema(PanelData, { io: "output", unrepresentable: "any" })
  const definitions: { [name: string]: object } = { ...schema.$defs }
  const node = definitions.ViewNode
  if (node !== undefined) definitions.ViewNode = { ...node, allOf: attributeRules() }
  return { ...schema, title: "Panel", $defs: definitions }
}

function attributeRules() {
  const controls = [...elements.values()].filter(({ parents }) => parents.includes("View") || parents.includes("If"))
  const rules = controls.map(({ name, attributes }) => {
    const required = Object.keys(attributes).filter((attribute) => attributes[attribute]?.required === true)
    return ruleOf(name, Object.keys(attributes), required)
  })
  for (const { name, props, events, bind } of components.values()) {
    const required = Object.keys(props).filter((prop) => props[prop]?.required === true)
    const own = [...Object.keys(COMMON_PROPS), ...Object.keys(props), ...Object.keys(events)]
    rules.push(ruleOf(name, bind === undefined ? own : [...own, "bind"], required))
  }
  return rules
}

const NO_ATTRIBUTES = { maxProperties: 0 }

function ruleOf(element: string, known: readonly string[], required: readonly string[]) {
  return {
    if: { properties: { element: { const: element } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: {
      properties: { attributes: known.length === 0 ? NO_ATTRIBUTES : { propertyNames: { enum: known }, required } },
    },
  }
}
