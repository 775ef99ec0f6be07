import type { Node } from "acorn"

/** An acorn node seen loosely: its fields are read by name and checked before use. */
export type Loose = Node & { readonly [field: string]: unknown }

export function isNode(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
}

export function isIdentifier(value: unknown): value is Loose {
  return isNode(value) && value.type === "Identifier"
}

export function listOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter((item): item is Loose => isNode(item)) : []
}

/** The nodes right below, in the order of the source. */
export function* childrenOf(node: Loose): IterableIterator<Loose> {
  for (const field in node) {
    const value = node[field]
    if (isNode(value)) yield value
    else yield* listOf(value)
  }
}

/** `b` of `a.b` and `a["b"]`. */
export function propertyName(node: Loose): string | undefined {
  const { property } = node
  if (!isNode(property)) return undefined
  if (node.computed !== true) return typeof property.name === "string" ? property.name : undefined
  return property.type === "Literal" && typeof property.value === "string" ? property.value : undefined
}
