import { isArray, isJsonObject, type Json, type StateType } from "@nexus/protocol"
import { formatPanel } from "@nexus/reactor"

/** An example as a piece of View, and as a panel that works alone. */
export interface Example {
  /** What stands in the View, laid out. */
  readonly snippet: string
  /** The whole panel, with a State for each value of the sample. */
  readonly source: string
}

/** Makes a panel of one example: each value of `sample` becomes a State of the value's type. */
export function toExample(title: string, example: string, sample: { readonly [state: string]: Json }): Example {
  const states = Object.entries(sample).map(([name, value]) => stateElement(name, value))
  const data = states.length > 0 ? `<Data>${states.join("")}</Data>` : ""
  const source = formatPanel(
    `<NexusPanel title="${quoted(title)}" version="1.0.0">${data}<View>${example}</View></NexusPanel>`,
  )
  return { source, snippet: insideView(source) }
}

function stateElement(name: string, value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return `<State name="${name}" type="${typeOf(value)}" default='${quoted(text, "'")}'/>`
}

function typeOf(value: Json): StateType {
  if (isArray(value)) return "list"
  if (isJsonObject(value)) return "object"
  if (typeof value === "number") return "number"
  return typeof value === "boolean" ? "boolean" : "string"
}

/** Text for an attribute; a line break survives as a numeric entity. */
function quoted(text: string, quote: '"' | "'" = '"'): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "&#10;")
  return quote === '"' ? safe.replaceAll('"', "&quot;") : safe.replaceAll("'", "&apos;")
}

/** The lines between View's tags, without the indent they have there. */
function insideView(source: string): string {
  const lines = source.split("\n")
  const from = lines.indexOf("  <View>")
  const to = lines.indexOf("  </View>")
  return lines
    .slice(from + 1, to)
    .map((line) => line.replace(/^ {4}/, ""))
    .join("\n")
}
