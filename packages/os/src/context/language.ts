import {
  CapabilityType,
  COMMON_PROPS,
  type ComponentDeclaration,
  components,
  describeCapability,
  type ElementDeclaration,
  elements,
  type PropDeclaration,
} from "@nexus/protocol"

/**
 * NXML told to a model. Elements, components and capabilities are written out from the protocol's declarations, the
 * same ones the validator reads, so the prompt cannot promise what saving would refuse. Only the rules that no
 * declaration carries (how expressions and handlers read) are prose.
 */
export function renderLanguage(): string {
  const parts = [RULES, "## Elements", ...map(elements, element), "## Components inside View"]
  parts.push(...map(components, component), `Every component also takes: ${props(COMMON_PROPS)}.`)
  parts.push("## Capabilities (type: what a person grants; scope in angle brackets)")
  for (const type of CapabilityType.options) parts.push(`${type}: ${describeCapability({ type, scope: "<scope>" })}`)
  return parts.join("\n")
}

const RULES = `# NXML
One panel is one XML document with the rooms Data, Logic and View, in this order; Data and Logic may be absent. No DTD, no entities but the five of XML.
Attributes are text with {expression} holes; a lone hole keeps its type: value="{$state.count}". In attributes write &quot; for ", &lt; for <, &amp; for &; prefer single quotes in expressions.
Expressions are a JavaScript subset: literals, template strings, . [] ?. operators (== is strict), ?: && || ??, arrow functions as arguments, pure string, array, number and Object methods, Math, and format, plural, relativeTime, sum, groupBy, sortBy, unique. No statements, new, function, this, regular expressions or assignment. Names: $state $computed $imports $panel and loop variables; in events also $event.
bind="$state.x" or bind="item.done" is two-way. Events (onClick, onChange, onSubmit, onSelect) hold statements split by ";": handler calls add({ title: $state.draft }) and assignments $state.draft = ''.
A Handler's text is raw JavaScript, async allowed; it sees $state (read and write), $args, $computed, $imports, $emit(name, payload), $view.toast(text), $log.info(text), $id(), $now(), $random() and nexus.* for declared capabilities, such as await nexus.http.fetch(url) with reply.json(). It has no window, document, fetch, setTimeout, import or require.
Give each list item an id from $id() and write key="{item.id}" on Each. Every State and Handler must be used; every input and Button needs a label.`

function element(declaration: ElementDeclaration): string {
  const attributes = Object.entries(declaration.attributes).map(([name, { kind, required, values, doc }]) => {
    return `${name}${required ? "!" : ""} (${values ? values.join("|") : kind}: ${doc})`
  })
  const inside = declaration.parents.length ? ` In ${declaration.parents.join(", ")}.` : ""
  const list = attributes.length ? ` ${attributes.join("; ")}.` : ""
  return `${declaration.name}: ${declaration.doc}${inside}${list} ${declaration.example}`
}

function component(declaration: ComponentDeclaration): string {
  const parts = [`${declaration.name}: ${declaration.doc}`]
  if (Object.keys(declaration.props).length) parts.push(`Props: ${props(declaration.props)}.`)
  if (declaration.bind) parts.push(`bind: ${declaration.bind}.`)
  for (const [name, doc] of Object.entries(declaration.events)) parts.push(`${name}: ${doc}`)
  if (declaration.children !== "none") parts.push(`Holds ${declaration.children}.`)
  return `${parts.join(" ")} ${declaration.example}`
}

function props(declarations: { readonly [name: string]: PropDeclaration }): string {
  return Object.entries(declarations)
    .map(([name, prop]) => `${name}${prop.required ? "!" : ""} (${prop.values ? prop.values.join("|") : prop.type})`)
    .join(", ")
}

function map<Item>(items: ReadonlyMap<string, Item>, line: (item: Item) => string): string[] {
  return [...items.values()].map(line)
}
