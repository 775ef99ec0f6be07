import { type ComponentDeclaration, components, type ViewNode } from "@nexus/protocol"
import type { Box } from "./rows.ts"

const WHOLE_ROW: Box = { min: 4096, ideal: 4096, max: 4096 }
const EMBED: Box = { min: 200, ideal: 480, max: 4096 }
const UNKNOWN: Box = { min: 120, ideal: 240, max: 4096 }
const SNUG: ReadonlySet<string> = new Set(["Badge", "Button", "Checkbox", "Icon", "Link", "Switch"])

const boxes: ReadonlyMap<string, Box> = new Map(
  [...components.values()].map(({ name, width }): [string, Box] => [
    name,
    SNUG.has(name) ? { ...width, snug: true } : width,
  ]),
)

/**
 * How wide a component wants to be, as its declaration says; a title stands above what follows, not beside it.
 * `packaged` are the components that packages brought.
 */
export function boxOf(node: ViewNode, packaged?: ReadonlyMap<string, ComponentDeclaration>): Box {
  const { element } = node
  if (element === "Text" && node.attributes.size?.text === "title") return WHOLE_ROW
  if (element === "Embed") return EMBED
  return boxes.get(element) ?? packaged?.get(element)?.width ?? UNKNOWN
}
