import { type ReactNode, useCallback, useMemo, useRef } from "react"
import type { LivePanel } from "../../store/live-panel.ts"
import { type Slot, withSlot } from "../../store/places.ts"
import { Cells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"
import { InlineError } from "../InlineError.tsx"
import { PaintingContext, usePainting } from "../panel-context.ts"
import { paintedBy } from "../slots.ts"
import { useValue } from "../use-value.ts"
import { useViewRequests } from "../use-view-requests.ts"

/** Another panel of the workspace, alive at this place. What it cannot show it says here and nowhere else. */
export function Embed({ node, places, props, root }: ComponentProps): ReactNode {
  const painting = usePainting()
  const { live } = painting
  const reference = props.text("panel")
  const found = useValue(useCallback(() => embedded(live, reference), [live, reference]))
  const slot = useMemo(() => paintedBy({ nodes: node.children, places }, painting), [node, places, painting])
  if (typeof found === "string") return <InlineError element="Embed" messages={[found]} />
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset takes part in the form around it
    <div {...root} role="group" aria-label={found.panel.title} className="nx-embed">
      <Inside key={found.id} live={found} slot={slot} />
    </div>
  )
}

function Inside({ live, slot }: { readonly live: LivePanel; readonly slot: Slot }): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const { componentOf } = usePainting()
  const painting = useMemo(() => ({ live, componentOf }), [live, componentOf])
  const places = useMemo(() => withSlot(live.root, slot), [live, slot])
  useViewRequests(live, box)
  return (
    <PaintingContext value={painting}>
      <div ref={box} className="nx-panel" data-nx-panel={live.id}>
        <Cells nodes={live.panel.view} places={places} />
      </div>
    </PaintingContext>
  )
}

/** The panel, or why it cannot stand here. */
function embedded(live: LivePanel, reference: string): LivePanel | string {
  try {
    return live.embed(reference)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
