import { type ReactNode, useEffect, useMemo, useRef } from "react"
import type { LivePanel } from "../store/live-panel.ts"
import { Cells } from "./Cells.tsx"
import { PaintingContext } from "./panel-context.ts"
import { componentOf } from "./registry.ts"

export interface PanelViewProps {
  readonly live: LivePanel
}

/** Paints a living panel. Give it a new `live` when the panel's source changes. */
export function PanelView({ live }: PanelViewProps): ReactNode {
  const root = useRef<HTMLDivElement>(null)
  const painting = useMemo(() => ({ live, componentOf }), [live])
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
    <PaintingContext value={painting}>
      <div ref={root} className="nx-panel" data-nx-panel={live.id}>
        <Cells nodes={live.panel.view} places={live.root} />
      </div>
    </PaintingContext>
  )
}

function focusable(element: HTMLElement | null | undefined): HTMLElement | null | undefined {
  return element?.querySelector<HTMLElement>("input, textarea, select, button, a[href]") ?? element
}
