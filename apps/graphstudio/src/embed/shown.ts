import { equalJson, type Graph, type PanelEntity, placingOf, type Section, sectionsOf } from "@nexus/protocol"
import type { ComponentType } from "react"

/** What an embed shows: one panel, or the canvas. */
export type Shown =
  | { readonly kind: "panel"; readonly panel: PanelEntity | undefined }
  | { readonly kind: "canvas"; readonly panels: readonly PanelEntity[]; readonly sections: readonly Section[] }

/** Paints one panel. The page of an embed keeps it alive, a preview shows it as it is. */
export type Body = ComponentType<{ readonly panel: PanelEntity }>

export function shownOf(graph: Graph, panel: string | undefined): Shown {
  if (panel !== undefined) return { kind: "panel", panel: graph.panel(panel) }
  return { kind: "canvas", panels: [...graph.panels()], sections: sectionsOf(graph) }
}

/** Whether nothing but the values in panels is another, which the panels follow themselves. */
export function sameShown(a: Shown, b: Shown): boolean {
  if (a.kind === "panel") return b.kind === "panel" && samePanel(a.panel, b.panel)
  if (b.kind === "panel") return false
  const samePanels =
    a.panels.length === b.panels.length && a.panels.every((panel, at) => samePanel(panel, b.panels[at]))
  return samePanels && equalJson(a.sections.map(toJson), b.sections.map(toJson))
}

function samePanel(a: PanelEntity | undefined, b: PanelEntity | undefined): boolean {
  if (!a || !b) return a === b
  const [one, two] = [a.properties, b.properties]
  const same = a.id === b.id && one.source === two.source && one.title === two.title && one.frame === two.frame
  return same && placingOf(a).z === placingOf(b).z
}

function toJson({ id, name, frame }: Section) {
  return { id, name, frame }
}
