import { PanelView } from "@nexus/reactor/react"
import { type NodeProps, NodeResizer } from "@xyflow/react"
import { type CSSProperties, memo, type PointerEvent, useState } from "react"
import { personColour } from "../ui/person-colour.ts"
import { useDesk, useMayEdit, usePanelActivity, usePanelPart } from "../workspace/desk-context.ts"
import { CapabilityPrompt } from "./CapabilityPrompt.tsx"
import type { PanelNode } from "./panel-nodes.ts"
import { SheetBar } from "./SheetBar.tsx"
import { usePeersOn } from "./use-presence.ts"

/** A panel as a sheet of paper on the desk. It paints when its own title, source or grants change; values paint alone. */
export const PanelSheet = memo(function PanelSheet({ id, selected, dragging }: NodeProps<PanelNode>) {
  const title = usePanelPart(id, (panel) => panel?.properties.title ?? "")
  const editable = useMayEdit()
  return (
    <>
      <NodeResizer
        isVisible={selected && editable}
        minWidth={200}
        minHeight={120}
        lineClassName="nx-resize-line"
        handleClassName="nx-resize-handle"
      />
      <section
        aria-label={title}
        data-selected={selected || undefined}
        data-lifted={dragging || undefined}
        className="nx-sheet"
      >
        <SheetBar id={id} title={title} />
        <SheetBody id={id} />
        <Breath id={id} />
      </section>
      <PeerMarks id={id} />
    </>
  )
})

/** The living content. For a viewer a disabled fieldset switches every control off and leaves everything readable. */
const SheetBody = memo(function SheetBody({ id }: { readonly id: string }) {
  const desk = useDesk()
  const editable = useMayEdit()
  const source = usePanelPart(id, (panel) => panel?.properties.source)
  const [scrolls, setScrolls] = useState(false)
  const entity = source === undefined ? undefined : desk.mirror.graph.panel(id)
  const live = entity && desk.live(entity)
  const look = ({ currentTarget: body }: PointerEvent) => setScrolls(body.scrollHeight > body.clientHeight)
  return (
    // A click into the content uses the panel; only the bar selects the sheet.
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops the canvas from taking the click
    <div
      className={`nx-sheet-body nodrag nopan ${scrolls ? "nowheel" : ""}`}
      onPointerEnter={look}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <CapabilityPrompt id={id} />
      {live ? (
        <fieldset disabled={!editable} className="contents">
          <PanelView live={live} />
        </fieldset>
      ) : (
        <p className="text-13 text-wrong">This panel cannot be read. Open its source to mend it.</p>
      )}
    </div>
  )
})

/** One breath in the colour of whoever else changed something here. */
function Breath({ id }: { readonly id: string }) {
  const { remote } = usePanelActivity(id)
  if (!remote) return null
  const style: CSSProperties & Record<"--nx-person", string> = { "--nx-person": personColour(remote.by.id) }
  return <span key={remote.seq} aria-hidden="true" style={style} className="nx-breath nx-breathe" />
}

/** Who else has this sheet in hand. */
function PeerMarks({ id }: { readonly id: string }) {
  const peers = usePeersOn(id)
  const [first] = peers
  if (!first) return null
  const colour = personColour(first.user)
  return (
    <span aria-hidden="true" className="nx-peer" style={{ borderColor: colour }}>
      <span style={{ background: colour }}>{peers.map(({ name }) => name).join(", ")}</span>
    </span>
  )
}
