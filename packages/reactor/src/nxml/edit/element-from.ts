import { decodeText, type XmlElement } from "../document.ts"
import type { NewElement } from "./new-element.ts"
import { PanelDocument } from "./panel-document.ts"
import { elementsIn } from "./target.ts"

/** The elements that a piece of View says, to be written somewhere else in the manner of that place. */
export function elementsFrom(view: string, options: PanelDocument["options"] = {}): NewElement[] {
  const { source, xml } = new PanelDocument(`<NexusPanel title="-"><View>${view}</View></NexusPanel>`, options)
  const room = xml.root && elementsIn(xml.root).find(({ name }) => name === "View")
  return room === undefined ? [] : elementsIn(room).map((element) => toNew(source, element))
}

function toNew(source: string, element: XmlElement): NewElement {
  const { name, openEnd, closeStart } = element
  const attributes = Object.fromEntries(element.attributes.map(({ name, value }) => [name, value]))
  const children = elementsIn(element)
  if (children.length > 0) return { name, attributes, children: children.map((child) => toNew(source, child)) }
  const text = closeStart > openEnd ? decodeText(source.slice(openEnd, closeStart)) : ""
  return text.trim() === "" ? { name, attributes } : { name, attributes, text }
}
