import { COMMON_PROPS, type ComponentDeclaration, elements, type PropDeclaration } from "@nexus/protocol"
import type { XmlElement } from "../nxml/document.ts"
import type { Components } from "../nxml/vocabulary.ts"
import { type Completion, snippet } from "./completion.ts"
import { elementDoc, propType } from "./docs.ts"

/** The elements that may stand in `parents`, as snippets with what they need unless a tag is there already. */
export function completeElement(
  parents: readonly XmlElement[],
  components: Components,
  from: number,
  to: number,
  rest: string,
): Completion[] {
  const bare = /^[\w.:-]*(?:\s+[A-Za-z_][\w.:-]*\s*=|\s*\/?>)/.test(rest)
  return standingIn(parents, components).map((name) => {
    const { insert, stops } = bare ? { insert: name, stops: [] } : snippet(elementSnippet(name, components))
    const doc = elementDoc(name, components) ?? ""
    return { label: name, kind: "element", detail: `<${name}>`, doc, insert, from, to, ...(bare ? {} : { stops }) }
  })
}

/** The names of elements that may stand there. */
export function standingIn([parent, ...around]: readonly XmlElement[], components: Components): string[] {
  const within = parent === undefined ? undefined : elements.get(parent.name)
  const holder = parent === undefined ? undefined : components.get(parent.name)
  const inView =
    holder === undefined ? within === undefined || within.children === "components" : holder.children === "components"
  const names: string[] = []
  for (const { name, parents } of elements.values()) {
    const stands = parent === undefined ? parents.length === 0 : parents.includes(parent.name)
    if (stands || (parent !== undefined && inView && parents.includes("View"))) names.push(name)
  }
  if (parent === undefined || !inView) return names
  const nearest = [parent, ...around].find(({ name }) => components.has(name) || name === "View")
  const holds = nearest === undefined ? undefined : components.get(nearest.name)?.holds
  for (const { name, parents } of components.values()) {
    const fits = parents === undefined || (nearest !== undefined && parents.includes(nearest.name))
    if (fits && (holds === undefined || holds.includes(name))) names.push(name)
  }
  return names
}

const SNIPPETS: { readonly [name: string]: string } = {
  NexusPanel: 'NexusPanel title="‹Title›">\n  <View>\n    ‹›\n  </View>\n</NexusPanel>',
  State: 'State name="‹name›" type="‹string›"/>',
  Computed: 'Computed name="‹name›" value="{‹›}"/>',
  Import: 'Import panel="‹panel›" name="‹name›"/>',
  Capability: 'Capability type="‹http›" scope="‹›" reason="‹›"/>',
  Handler: 'Handler name="‹name›">\n  ‹›\n</Handler>',
  Tool: 'Tool name="‹name›" handler="‹handler›" description="‹›"/>',
  Arg: 'Arg name="‹name›" type="‹string›"/>',
  Lifecycle: 'Lifecycle on="‹mount›" run="‹handler›"/>',
  If: 'If test="{‹›}">\n  ‹›\n</If>',
  Else: "Else>\n  ‹›\n</Else>",
  Each: 'Each items="{‹$state.items›}" as="‹item›" key="{‹item.id›}">\n  ‹›\n</Each>',
}

function elementSnippet(name: string, components: Components): string {
  const own = Object.hasOwn(SNIPPETS, name) ? SNIPPETS[name] : undefined
  if (own !== undefined) return own
  const component = components.get(name)
  if (component === undefined) return holdsElements(name) ? `${name}>\n  ‹›\n</${name}>` : `${name}/>`
  const attributes = neededOf(component).map((attribute) => ` ${attribute}="${sampleOf(component, attribute)}"`)
  const open = name + attributes.join("")
  if (component.children === "components") return `${open}>\n  ‹›\n</${name}>`
  return component.children === "text" ? `${open}>‹›</${name}>` : `${open}/>`
}

function holdsElements(name: string): boolean {
  const children = elements.get(name)?.children
  return children === "elements" || children === "components"
}

/** What nobody writes this component without: its label, its required props, its place and its first event. */
function neededOf({ props, bind, labelledBy, events }: ComponentDeclaration): string[] {
  const required = Object.keys(props).filter((name) => props[name]?.required === true)
  const event =
    bind === undefined ? Object.keys(events).filter((name) => name === "onClick" || name === "onSubmit") : []
  return [
    ...new Set([...(labelledBy ?? []).slice(0, 1), ...required, ...(bind === undefined ? [] : ["bind"]), ...event]),
  ]
}

function sampleOf({ props, events }: ComponentDeclaration, name: string): string {
  const prop = props[name]
  if (name === "bind") return "‹$state.›"
  if (Object.hasOwn(events, name) || prop === undefined) return "‹›"
  if (prop.type === "enum") return `‹${prop.values?.[0] ?? ""}›`
  return prop.type === "string" ? "‹›" : prop.type === "any" ? "‹{$state.}›" : "{‹›}"
}

/** The attributes of an element that are not written yet. */
export function completeAttribute(
  element: XmlElement,
  components: Components,
  from: number,
  to: number,
  rest: string,
): Completion[] {
  const hasValue = /^[\w.:-]*\s*=/.test(rest)
  const given = element.attributes.filter(({ offset }) => offset !== from).map(({ name }) => name)
  return attributesOf(element.name, components).flatMap(({ name, kind, detail, doc, hole }) => {
    if (given.includes(name)) return []
    const written = hasValue ? { insert: name, stops: [] } : snippet(hole ? `${name}="{‹›}"` : `${name}="‹›"`)
    const more = hasValue ? {} : ({ stops: written.stops, more: true } as const)
    return [{ label: name, kind, detail, doc, insert: written.insert, from, to, ...more }]
  })
}

interface KnownAttribute {
  readonly name: string
  readonly kind: "attribute" | "event"
  readonly detail: string
  readonly doc: string
  /** Its value is always an expression. */
  readonly hole: boolean
}

/** Every attribute an element takes, with what it is. */
export function attributesOf(element: string, components: Components): KnownAttribute[] {
  const component = components.get(element)
  if (component === undefined)
    return Object.entries(elements.get(element)?.attributes ?? {}).map(([name, { kind, values, required, doc }]) => ({
      name,
      kind: "attribute",
      detail: `${values?.join(" | ") ?? kind}${required === true ? ", required" : ""}`,
      doc,
      hole: kind === "binding" && !(element === "Embed"),
    }))
  const prop = ([name, declared]: [string, PropDeclaration]): KnownAttribute => ({
    name,
    kind: "attribute",
    detail: propType(declared),
    doc: declared.doc,
    hole: declared.type === "list" || declared.type === "object",
  })
  return [
    ...(component.bind === undefined
      ? []
      : [
          {
            name: "bind",
            kind: "attribute",
            detail: `place of ${component.bind}`,
            doc: BIND_DOC,
            hole: false,
          } as const,
        ]),
    ...Object.entries(component.props).map(prop),
    ...Object.entries(component.events).map(
      ([name, doc]) => ({ name, kind: "event", detail: "statements", doc, hole: false }) as const,
    ),
    ...Object.entries(COMMON_PROPS).map(prop),
  ]
}

const BIND_DOC = "The place it reads and writes: `$state.name`, or a path from a loop variable."
