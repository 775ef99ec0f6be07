import { packageComponents } from "@nexus/protocol"
import { PanelDocument } from "@nexus/reactor/language"
import { useMemo } from "react"
import type { Desk } from "../workspace/desk.ts"
import { useDesk, usePanelPart } from "../workspace/desk-context.ts"

let last: PanelDocument | undefined

/** The panel's text, read; the same object while the text stays the same, for all who look at the one that is edited. */
export function documentOf(desk: Desk, source: string): PanelDocument {
  const { declarations } = packageComponents(desk.mirror.graph)
  if (last?.source !== source || last.options.components !== declarations) {
    last = new PanelDocument(source, { components: declarations })
  }
  return last
}

/** The text of a panel as it is now, read; paints when it changes, whoever changed it. */
export function usePanelDocument(panel: string): PanelDocument {
  const desk = useDesk()
  const source = usePanelPart(panel, (entity) => entity?.properties.source ?? "")
  return useMemo(() => documentOf(desk, source), [desk, source])
}
