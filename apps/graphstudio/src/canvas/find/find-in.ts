import {
  type Graph,
  isArray,
  isJsonObject,
  type Json,
  type Panel,
  type PanelEntity,
  type ViewNode,
} from "@nexus/protocol"

/** A panel in which the words were found, and where. */
export interface Found {
  readonly id: string
  readonly title: string
  readonly where: "title" | "value" | "text"
  /** The name of the value. */
  readonly name?: string | undefined
  /** What stands there, cut around the words. */
  readonly text: string
}

const MOST = 50
const AROUND = 36
/** Values are looked through so deep; what lies deeper is nothing that one reads on a panel. */
const DEPTH = 8

/** The panels in which all of `words` stand together: titles first, then values, then the texts of the view. */
export function findIn(graph: Graph, words: string, panelOf: (source: string) => Panel | undefined): readonly Found[] {
  const wanted = words.trim().toLowerCase()
  if (wanted === "") return []
  const found = [...graph.panels()].flatMap((panel) => foundIn(panel, wanted, panelOf) ?? [])
  const rank = { title: 0, value: 1, text: 2 }
  return found.sort((a, b) => rank[a.where] - rank[b.where] || a.title.localeCompare(b.title)).slice(0, MOST)
}

function foundIn(
  { id, properties: { title, state, source } }: PanelEntity,
  wanted: string,
  panelOf: (source: string) => Panel | undefined,
): Found | undefined {
  if (title.toLowerCase().includes(wanted)) return { id, title, where: "title", text: title }
  for (const [name, value] of Object.entries(state)) {
    for (const text of textsOf(value, DEPTH)) {
      const cut = around(text, wanted)
      if (cut !== undefined) return { id, title, where: "value", name, text: cut }
    }
  }
  for (const text of viewTexts(panelOf(source)?.view ?? [])) {
    const cut = around(text, wanted)
    if (cut !== undefined) return { id, title, where: "text", text: cut }
  }
  return undefined
}

function* textsOf(value: Json, depth: number): Generator<string> {
  if (typeof value === "string") yield value
  else if (typeof value === "number") yield String(value)
  else if (depth === 0) return
  else if (isArray(value)) for (const item of value) yield* textsOf(item, depth - 1)
  else if (isJsonObject(value)) for (const item of Object.values(value)) yield* textsOf(item, depth - 1)
}

/** What a person wrote into attributes; expressions and names of handlers are not read on a panel. */
function* viewTexts(nodes: readonly ViewNode[]): Generator<string> {
  const open = [...nodes]
  for (let node = open.shift(); node; node = open.shift()) {
    for (const [name, { text }] of Object.entries(node.attributes)) {
      if (!/^(?:on[A-Z]|bind)/.test(name) && !text.startsWith("{")) yield text
    }
    open.unshift(...node.children)
  }
}

function around(text: string, wanted: string): string | undefined {
  const at = text.toLowerCase().indexOf(wanted)
  if (at < 0) return undefined
  const start = Math.max(0, at - AROUND)
  const end = at + wanted.length + AROUND
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`
}
