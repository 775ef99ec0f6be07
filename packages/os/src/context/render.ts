import { type Entity, isArray, isJsonObject, isPanel, type Json, type PanelEntity } from "@nexus/protocol"
import { openState, withoutSecretDefaults } from "./secrets.ts"

/** How much of an entity the model is shown. */
export type Detail = "full" | "outline" | "name"

const SAMPLE_ITEMS = 3
const SAMPLE_TEXT = 160
const SAMPLE_CHARS = 2_000

/** One entity as text. `full` holds a panel's source exactly, because edits must find their words in it. */
export function renderEntity(entity: Entity, detail: Detail): string {
  if (isPanel(entity)) return renderPanel(entity, detail)
  const head = `<note id="${entity.id}" kind="${entity.kind}" name="${attribute(entity.name)}"`
  return detail === "name" ? `${head}/>\n` : `${head}>${shorten(JSON.stringify(sample(entity.properties)))}</note>\n`
}

function renderPanel(panel: PanelEntity, detail: Detail): string {
  const { title, frame } = panel.properties
  const head = `<panel id="${panel.id}" title="${attribute(title)}"`
  if (detail === "name") return `${head}/>\n`
  const source = withoutSecretDefaults(panel.properties.source)
  if (detail === "outline") return `${head}>\n${outline(source)}\n</panel>\n`
  const place = `x="${frame.x}" y="${frame.y}" w="${frame.w}" h="${frame.h}"`
  const state = shorten(JSON.stringify(sample(openState(panel))))
  return `${head} ${place}>\n<source>\n${source}\n</source>\n<state>${state}</state>\n</panel>\n`
}

/** The declarations alone, each without its body: what another panel may import or call. */
function outline(source: string): string {
  const tags = source.match(
    /<(?:State|Computed|Import|Capability|Handler|Tool|Arg|Lifecycle)\b(?:[^<>"']|"[^"]*"|'[^']*')*>/g,
  )
  return (tags ?? []).map((tag) => shorten(tag, SAMPLE_TEXT)).join("\n")
}

/** The shape of a value with a few of its items: enough to write against, never the whole data. */
function sample(value: Json): Json {
  if (typeof value === "string") return shorten(value, SAMPLE_TEXT)
  if (isArray(value)) {
    const few = value.slice(0, SAMPLE_ITEMS).map(sample)
    return value.length > few.length ? [...few, `… ${value.length - few.length} more`] : few
  }
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sample(item)]))
  return value
}

function shorten(text: string, limit = SAMPLE_CHARS): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", " ")
}
