import { COMMON_PROPS, elements, type Panel } from "@nexus/protocol"
import { FUNCTIONS } from "../expression/builtins.ts"
import { attributeOf, type XmlElement } from "./document.ts"
import { parseDocument } from "./grammar.ts"
import { Problems } from "./problems.ts"
import { parsePanel } from "./to-panel.ts"
import { type Components, componentsWith, type PanelOptions } from "./vocabulary.ts"

/** One thing that could be written at a place; `apply` replaces the source from `from` up to the place. */
export interface Completion {
  readonly label: string
  readonly kind: "element" | "attribute" | "value" | "state" | "handler" | "function" | "variable"
  readonly detail: string
  readonly apply: string
  readonly from: number
}

/**
 * What can be written at `offset`: elements that may stand there, attributes not given yet, values, and the names the
 * panel declares. Answers from the same declarations that the checks use.
 */
export function completionsAt(source: string, offset: number, options: PanelOptions = {}): Completion[] {
  const components = componentsWith(options.components)
  const before = source.slice(0, offset)
  const open = openElements(before, components)
  const current = open[open.length - 1]
  const panel = () => parsePanel(source, options).panel
  if (current?.name === "Handler" && current.openEnd < offset && !current.broken) return inScript(before, panel())
  const tag = current?.broken === true && !before.endsWith(">") ? before.slice(current.offset) : undefined
  if (current === undefined || tag === undefined) {
    const name = /<([A-Za-z_]\w*)?$/.exec(before)
    return name === null ? [] : elementsIn(current?.name, offset - (name[1] ?? "").length, components)
  }
  if (/^<[\w.:-]*$/.test(tag)) return elementsIn(open[open.length - 2]?.name, current.offset + 1, components)
  const value = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)|'([^']*))$/.exec(tag)
  const locals = localsOf(open)
  if (value !== null)
    return valuesOf(current.name, value[1] ?? "", value[2] ?? value[3] ?? "", offset, panel(), locals, components)
  const name = /[\s"']([A-Za-z_]\w*)?$/.exec(tag)
  return name === null ? [] : attributesOf(current, offset - (name[1] ?? "").length, components)
}

/** The elements that are open at the end of the text, outermost first; the last may be a tag still being written. */
function openElements(before: string, components: Components): XmlElement[] {
  const open: XmlElement[] = []
  const { root } = parseDocument(before, new Problems(before), components)
  for (let element = root; element !== undefined; ) {
    if (element.selfClosing || element.closeStart >= 0) break
    open.push(element)
    element = element.children.findLast((child): child is XmlElement => child.kind === "element")
  }
  return open
}

function localsOf(open: readonly XmlElement[]): string[] {
  return open.flatMap((element) =>
    element.name === "Each" ? ["as", "index"].flatMap((name) => attributeOf(element, name)?.value ?? []) : [],
  )
}

function elementsIn(parent: string | undefined, from: number, components: Components): Completion[] {
  const out: Completion[] = []
  const put = (label: string, detail: string) => out.push({ label, kind: "element", detail, apply: label, from })
  const inView =
    parent !== undefined &&
    (parent === "View" || components.has(parent) || elements.get(parent)?.children === "components")
  for (const { name, doc, parents } of elements.values()) {
    const stands =
      parent === undefined ? parents.length === 0 : parents.includes(parent) || (inView && parents.includes("View"))
    if (stands) put(name, doc)
  }
  const holds = parent !== undefined && (components.get(parent)?.children ?? "components") === "components"
  if (inView && holds) for (const { name, doc } of components.values()) put(name, doc)
  return out
}

function attributesOf(element: XmlElement, from: number, components: Components): Completion[] {
  const component = components.get(element.name)
  const declared: [name: string, detail: string][] =
    component === undefined
      ? Object.entries(elements.get(element.name)?.attributes ?? {}).map(([name, { doc }]) => [name, doc])
      : [
          ...(component.bind === undefined ? [] : [["bind", "The place it reads and writes."] as [string, string]]),
          ...Object.entries(component.props).map(([name, { doc }]): [string, string] => [name, doc]),
          ...Object.entries(component.events),
          ...Object.entries(COMMON_PROPS).map(([name, { doc }]): [string, string] => [name, doc]),
        ]
  return declared
    .filter(([name]) => !element.attributes.some((given) => given.name === name && given.offset < from))
    .map(([label, detail]) => ({ label, kind: "attribute", detail, apply: `${label}=""`, from }))
}

function valuesOf(
  element: string,
  attribute: string,
  written: string,
  offset: number,
  panel: Panel | undefined,
  locals: readonly string[],
  components: Components,
): Completion[] {
  const component = components.get(element)
  const prop = component?.props[attribute]
  const declared = elements.get(element)?.attributes[attribute]
  const values =
    prop?.values ??
    declared?.values ??
    (prop?.type === "boolean" || declared?.kind === "boolean" ? ["true", "false"] : undefined)
  if (values !== undefined && !written.includes("{"))
    return values.map((label) => ({
      label,
      kind: "value",
      detail: prop?.doc ?? declared?.doc ?? "",
      apply: label,
      from: offset - written.length,
    }))
  if (declared?.kind === "handler") return handlersOf(panel, offset - written.length, "")
  if (attribute === "bind") return namesIn(written, offset, panel, locals, true)
  if (component !== undefined && Object.hasOwn(component.events, attribute)) {
    const word = /[\w$]*$/.exec(written)?.[0] ?? ""
    return [
      ...handlersOf(panel, offset - word.length, "()"),
      ...namesIn(written, offset, panel, [...locals, "$event"], true),
    ]
  }
  return written.lastIndexOf("{") > written.lastIndexOf("}") ? namesIn(written, offset, panel, locals, false) : []
}

function handlersOf(panel: Panel | undefined, from: number, behind: string): Completion[] {
  return (panel?.handlers ?? []).map(({ name }) => ({
    label: name,
    kind: "handler",
    detail: "Handler",
    apply: name + behind,
    from,
  }))
}

/** Names of an expression; behind `$state.` the names of that root alone. */
function namesIn(
  written: string,
  offset: number,
  panel: Panel | undefined,
  locals: readonly string[],
  placesOnly: boolean,
): Completion[] {
  const member = /(\$state|\$computed|\$imports)\.(\w*)$/.exec(written)
  const word = member?.[2] ?? /[\w$]*$/.exec(written)?.[0] ?? ""
  const from = offset - word.length
  const out: Completion[] = []
  const put = (label: string, kind: Completion["kind"], detail: string) =>
    out.push({ label, kind, detail, apply: label, from })
  const prefix = (root: string) => (member === null ? `${root}.` : "")
  const wanted = (root: string) => member === null || member[1] === root
  if (member === null && /\.\w*$/.test(written)) return []
  if (wanted("$state"))
    for (const state of panel?.states ?? [])
      put(prefix("$state") + state.name, "state", state.description || state.type)
  if (placesOnly) {
    if (member === null) for (const name of locals) put(name, "variable", "Loop variable")
    return out
  }
  if (wanted("$computed"))
    for (const { name } of panel?.computed ?? []) put(prefix("$computed") + name, "state", "Computed")
  if (wanted("$imports"))
    for (const { as, panel: other } of panel?.imports ?? [])
      put(prefix("$imports") + as, "state", `Import from ${other}`)
  if (member !== null) return out
  for (const name of locals) put(name, "variable", "Loop variable")
  for (const [name, { doc }] of FUNCTIONS) put(name, "function", doc)
  return out
}

const SCRIPT_NAMES: readonly (readonly [name: string, detail: string])[] = [
  ["$state", "Read and write the panel's state"],
  ["$args", "What the handler was called with"],
  ["$computed", "Computed values, read-only"],
  ["$imports", "Values of other panels, read-only"],
  ["$emit", "$emit(name, payload)"],
  ["$view", "$view.toast | focus | scrollTo | open"],
  ["$log", "$log.debug | info | warn | error"],
  ["$id", "$id(): a fresh id"],
  ["$now", "$now(): the time in milliseconds"],
  ["$random", "$random(): 0 to 1"],
  ["nexus", "What was granted: nexus.http, nexus.kv, …"],
]

function inScript(before: string, panel: Panel | undefined): Completion[] {
  const offset = before.length
  const member = /(\$state|\$computed|\$imports)\.\w*$/.exec(before)
  if (member !== null) return namesIn(member[0], offset, panel, [], false)
  const word = /[\w$]*$/.exec(before)?.[0] ?? ""
  if (before.charAt(offset - word.length - 1) === ".") return []
  return SCRIPT_NAMES.map(([label, detail]) => ({
    label,
    kind: "variable",
    detail,
    apply: label,
    from: offset - word.length,
  }))
}
