import { type ReactNode, useMemo, useRef } from "react"
import type { LivePanel } from "../store/live-panel.ts"
import { Cells } from "./Cells.tsx"
import { PaintingContext } from "./panel-context.ts"
import { componentOf } from "./registry.ts"
import { useViewRequests } from "./use-view-requests.ts"
import { WidthContext } from "./width-context.ts"

export interface PanelViewProps {
  readonly live: LivePanel
  /** Its width in pixels where that is known before anything is painted, as it is on a server that was told. */
  readonly width?: number | undefined
}

/** Paints a living panel. Give it a new `live` when the panel's source changes. */
export function PanelView({ live, width }: PanelViewProps): ReactNode {
  const root = useRef<HTMLDivElement>(null)
  const painting = useMemo(() => ({ live, componentOf }), [live])
  useViewRequests(live, root)
  return (
    <PaintingContext value={painting}>
      <div ref={root} className="nx-panel" data-nx-panel={live.id}>
        <WidthContext value={width}>
          <Cells nodes={live.panel.view} places={live.root} />
        </WidthContext>
      </div>
    </PaintingContext>
  )
}
