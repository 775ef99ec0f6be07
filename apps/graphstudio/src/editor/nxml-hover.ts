import { type EditorView, hoverTooltip, type Tooltip } from "@codemirror/view"
import { sayWithin } from "../words/declared.ts"
import { docToDom } from "./doc-dom.ts"
import { languageOf } from "./nxml-service.ts"

/** What stands under the pointer: its type, what it is, an example. */
export const nxmlHover = hoverTooltip(
  async (view: EditorView, pos: number): Promise<Tooltip | null> => {
    const hover = await languageOf(view)?.ask("hover", { offset: pos })
    if (!hover) return null
    const { offset, length, text } = hover
    return { pos: offset, end: offset + length, above: true, create: () => ({ dom: docToDom(sayWithin(text)) }) }
  },
  { hoverTime: 350, hideOnChange: true },
)
