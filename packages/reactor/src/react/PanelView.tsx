import { type ReactNode, useEffect, useRef } from "react"
import type { LivePanel } from "../store/live-panel.ts"
import { Cells } from "./Cells.tsx"
import { PanelContext } from "./panel-context.ts"

export interface PanelViewProps {
  readonly live: LivePanel
}

/** Paints a living panel. Give it a new `live` when the panel's source changes. */
export function PanelView({ live }: PanelViewProps): ReactNode {
  const root = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      live.onViewRequest(({ kind, target }) => {
        const named = root.current?.querySelector<HTMLElement>(`[data-nx-id="${CSS.escape(target)}"]`)
        if (kind === "scrollTo") named?.scrollIntoView({ block: "nearest" })
        else focusable(named)?.focus()
      }),
    [live],
  )
  return (
    <PanelContext value={live}>
      <div ref={root} className="nx-panel" data-nx-panel={live.id}>
        <Cells nodes={live.panel.view} places={live.root} />
      </div>
    </PanelContext>
  )
}

function focusable(element: HTMLElement | null | undefined): HTMLElement | null | undefined {
  return element?.querySelector<HTMLElement>("input, textarea, select, button, a[href]") ?? element
}
