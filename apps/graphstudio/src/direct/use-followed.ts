import { elementOfNode, nodeAt, type PanelDocument } from "@nexus/reactor/language"
import { rebaseEdits, textDifference } from "@nexus/reactor/text"
import { useEffect } from "react"
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

/** The node that is now what `node` was; `undefined` where it is gone with everything around it. */
export function followed(before: PanelDocument, after: PanelDocument, node: string): string | undefined {
  const element = elementOfNode(before, node)
  if (element === undefined) return elementOfNode(after, node) && node
  const mark = { offset: element.offset + 1, length: 0, text: "|" }
  const [moved] = rebaseEdits([mark], textDifference(before.source, after.source))
  return moved && nodeAt(after, moved.offset)
}
