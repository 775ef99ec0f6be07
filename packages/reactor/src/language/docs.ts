import { type ComponentDeclaration, type ElementDeclaration, elements, type PropDeclaration } from "@nexus/protocol"
import type { Components } from "../nxml/vocabulary.ts"

/** The type of a prop as one line: its values, whether it is required, what holds without it. */
export function propType({ type, values, required, initial }: PropDeclaration): string {
  const what = values === undefined ? type : values.join(" | ")
  const otherwise = initial === undefined ? "" : ` = ${JSON.stringify(initial)}`
  return what + otherwise + (required === true ? ", required" : "")
}

/** What an element is, for a person who points at it: Markdown. */
export function elementDoc(name: string, components: Components): string | undefined {
  const component = components.get(name)
  if (component !== undefined) return componentDoc(component)
  const element = elements.get(name)
  return element === undefined ? undefined : plainDoc(element)
}

function componentDoc({ name, doc, props, events, bind, keyboard, example }: ComponentDeclaration): string {
  const rows = [
    ...(bind === undefined ? [] : [`- \`bind\`: ${bind}`]),
    ...Object.entries(props).map(([prop, declared]) => `- \`${prop}\`: ${propType(declared)}`),
    ...Object.keys(events).map((event) => `- \`${event}\``),
  ]
  const keys = keyboard === undefined ? [] : [keyboard]
  return joined(`**<${name}>** ${doc}`, rows.join("\n"), ...keys, codeBlock(example))
}

function plainDoc({ name, doc, parents, example }: ElementDeclaration): string {
  const stands = parents.length === 0 ? "" : `Stands in ${parents.join(" or ")}.`
  return joined(`**<${name}>** ${doc}`, stands, codeBlock(example))
}

export function codeBlock(code: string, language = "xml"): string {
  return `\`\`\`${language}\n${code}\n\`\`\``
}

/** Paragraphs of Markdown; empty ones are left out. */
export function joined(...paragraphs: readonly string[]): string {
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n\n")
}
