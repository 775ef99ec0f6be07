import type { Binding, Panel, VersionFact, ViewNode } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"

type Part = Extract<VersionFact, { kind: "source" }>["part"]

/** What of a panel's source changed, by its named parts; `text` when it is nothing that the parts know, such as a comment. */
export function sourceFacts(before: string, after: string): VersionFact[] {
  const was = parsePanel(before).panel
  const is = parsePanel(after).panel
  if (!was || !is) return [textChanged()]
  const facts = NAMED.flatMap(([part, read]) => partFacts(part, read(was), read(is)))
  if (JSON.stringify(was.view.map(shapeOf)) !== JSON.stringify(is.view.map(shapeOf))) {
    facts.push({ kind: "source", part: "view", change: "changed", sentence: "the view changed" })
  }
  // A title is a fact of its own already.
  return facts.length > 0 || was.title !== is.title ? facts : [textChanged()]
}

function textChanged(): VersionFact {
  return { kind: "source", part: "text", change: "changed", sentence: "the text of the source changed" }
}

type Parts = ReadonlyMap<string, string>

/** Each named part of a panel with all that is said of it, but where it stands. */
const NAMED: readonly (readonly [Part, (panel: Panel) => Parts])[] = [
  ["state", ({ states }) => told(states, ({ name }) => name)],
  ["computed", ({ computed }) => new Map(computed.map(({ name, value }) => [name, value.text]))],
  ["import", ({ imports }) => told(imports, ({ as }) => as)],
  ["capability", ({ capabilities }) => told(capabilities, ({ type, scope }) => (scope ? `${type}:${scope}` : type))],
  ["handler", ({ handlers }) => new Map(handlers.map(({ name, source }) => [name, source.trim()]))],
  ["tool", ({ tools }) => told(tools, ({ name }) => name)],
  ["lifecycle", ({ lifecycles }) => told(lifecycles, ({ on, run }) => `${on} ${run}`)],
]

function told<Item extends { readonly range: unknown }>(items: readonly Item[], name: (item: Item) => string): Parts {
  return new Map(items.map(({ ...item }) => [name(item), JSON.stringify({ ...item, range: undefined }, withoutPlaces)]))
}

/** Where something stands is no part of what it says. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === "range" || key === "references" || key === "line" ? undefined : value
}

function partFacts(part: Part, was: Parts, is: Parts): VersionFact[] {
  const facts: VersionFact[] = []
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(name) === is.get(name)) continue
    const change = !was.has(name) ? "added" : !is.has(name) ? "removed" : "changed"
    const sentence = change === "changed" ? `${part} \`${name}\` changed` : `${part} \`${name}\` was ${change}`
    facts.push({ kind: "source", part, name, change, sentence })
  }
  return facts
}

function shapeOf({ element, attributes, children, content }: ViewNode): unknown {
  return [
    element,
    Object.entries(attributes).map(([name, { text }]: [string, Binding]) => [name, text]),
    content,
    children.map(shapeOf),
  ]
}
