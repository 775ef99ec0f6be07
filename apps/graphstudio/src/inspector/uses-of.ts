import { nodeAt, type PanelDocument } from "@nexus/reactor/language"

/** One place where a value is read or written; `node` where it is a component of the View. */
export interface ValueUse {
  readonly line: number
  readonly column: number
  readonly offset: number
  readonly writes: boolean
  /** What it stands in: `Button`, `Computed total`, `Handler add`. */
  readonly where: string
  readonly node: string | undefined
}

type ValueKind = "State" | "Computed" | "Import"

/** Every place of a value but its declaration, in the order of the text. */
export function usesOf(document: PanelDocument, kind: ValueKind, name: string): readonly ValueUse[] {
  const symbol = document.symbols.all.find((one) => one.element.name === kind && one.name === name)
  return (symbol?.occurrences ?? []).flatMap(({ offset, length, use }) => {
    if (use === "declare" || length === 0) return []
    const before = document.source.slice(0, offset)
    const line = before.split("\n").length
    const column = offset - before.lastIndexOf("\n")
    return [
      {
        line,
        column,
        offset,
        writes: use === "write",
        where: whereOf(document, offset),
        node: nodeAt(document, offset),
      },
    ]
  })
}

function whereOf({ xml }: PanelDocument, offset: number): string {
  let element = xml.root
  for (;;) {
    const inner = element?.children.find(
      (child) => child.kind === "element" && child.offset <= offset && offset < child.end,
    )
    if (inner?.kind !== "element") break
    element = inner
  }
  const name = element?.attributes.find((attribute) => attribute.name === "name")?.value
  const declares = name !== undefined && /^(?:State|Computed|Handler|Tool)$/.test(element?.name ?? "")
  return declares ? `${element?.name} ${name}` : (element?.name ?? "")
}
