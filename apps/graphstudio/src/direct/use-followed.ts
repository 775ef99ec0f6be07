import { elementOfNode, nodeAt, type PanelDocument } from "@nexus/reactor/language"
import { rebaseEdits, textDifference } from "@nexus/reactor/text"
import { useEffect, useState } from "react"
import type { Desk } from "../workspace/desk.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { type Directing, studio } from "../workspace/studio.ts"
import { documentOf } from "./panel-document.ts"

/**
 * Nodes are counted, so a change above the selected one gives it another number. Its place in the text is followed through
 * the difference of the two texts instead, whoever made it: what was selected stays selected.
 */
export function useFollowed(document: PanelDocument, directing: Directing | undefined): void {
  const desk = useDesk()
  const { panel, node, source } = directing ?? {}
  useEffect(() => {
    if (panel === undefined || node === undefined || source === document.source) return
    const before = source === undefined ? document : documentOf(desk, source)
    studio.direct(panel, followed(before, document, node), document.source)
  }, [desk, document, panel, node, source])
}

interface Selected {
  readonly node: string | undefined
  /** The same as long as it is the same component, whatever its number: what is being typed about it stays. */
  readonly component: number
}

/** What is selected, counted in this text: right in the very painting in which another text comes. */
export function useSelected(document: PanelDocument, directing: Directing | undefined): Selected {
  const desk = useDesk()
  const node = directing && nodeIn(desk, document, directing)
  const [seen, setSeen] = useState({ document, node, component: 0 })
  if (seen.node !== node || seen.document !== document) {
    const same = seen.node !== undefined && sameComponent(seen.document, document, seen.node) === node
    setSeen({ document, node, component: same ? seen.component : seen.component + 1 })
  }
  return { node, component: seen.component }
}

function nodeIn(desk: Desk, document: PanelDocument, { node, source }: Directing): string | undefined {
  if (node === undefined || source === undefined || source === document.source) return node
  return followed(documentOf(desk, source), document, node)
}

/** The node that is now what `node` was; `undefined` where it is gone with everything around it. */
export function followed(before: PanelDocument, after: PanelDocument, node: string): string | undefined {
  const element = elementOfNode(before, node)
  if (element === undefined) return elementOfNode(after, node) && node
  const mark = { offset: element.offset + 1, length: 0, text: "|" }
  const [moved] = rebaseEdits([mark], textDifference(before.source, after.source))
  return moved && nodeAt(after, moved.offset)
}

/** As `followed`, but only while it is that component: not what it was in, nor what stands where it stood. */
export function sameComponent(before: PanelDocument, after: PanelDocument, node: string): string | undefined {
  if (before.source === after.source) return node
  const now = followed(before, after, node)
  const name = elementOfNode(before, node)?.name
  return now !== undefined && elementOfNode(after, now)?.name === name ? now : undefined
}
