import { type PanelEntity, placingOf } from "@nexus/protocol"
import { type NodeProps, NodeResizer } from "@xyflow/react"
import { Activity, type CSSProperties, memo } from "react"
import { PinsOn } from "../comments/CommentLayer.tsx"
import { personColour } from "../ui/person-colour.ts"
import { remoteOf } from "../workspace/activity.ts"
import { usePanelActivity, usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { useStudio } from "../workspace/studio.ts"
import { Asked } from "./Asked.tsx"
import { InTheirColour } from "./InTheirColour.tsx"
import type { PanelNode } from "./panel-nodes.ts"
import { SheetBar } from "./SheetBar.tsx"
import { SheetBody } from "./sheet-body.tsx"
import { usePeersOn } from "./use-presence.ts"
import { useLife } from "./wake/use-life.ts"

/** A panel as a sheet of paper on the desk. It paints when its own title, source or grants change; values paint alone. */
export const PanelSheet = memo(function PanelSheet({ id, selected, dragging }: NodeProps<PanelNode>) {
  const title = usePanelPart(id, (panel) => panel?.properties.title ?? "")
  const editable = usePanelLevel(id) === "change"
  const locked = usePanelPart(id, isLocked)
  const alone = useStudio(({ selection }) => selection.length === 1)
  const elsewhere = useStudio(({ filling }) => filling === id)
  const life = useLife(id, selected)
  return (
    <>
      {selected && editable && alone && !locked ? (
        <NodeResizer minWidth={200} minHeight={120} lineClassName="nx-resize-line" handleClassName="nx-resize-handle" />
      ) : null}
      <section
        aria-label={title}
        data-selected={selected || undefined}
        data-lifted={dragging || undefined}
        className="nx-sheet"
      >
        {life === "awake" ? null : <Asleep title={title} />}
        {life === "asleep" ? null : (
          <Activity mode={life === "awake" ? "visible" : "hidden"}>
            <SheetBar id={id} title={title} />
            <Asked id={id} />
            <InTheirColour id={id}>{elsewhere ? null : <SheetBody id={id} />}</InTheirColour>
            <Breath id={id} />
          </Activity>
        )}
      </section>
      <PeerMarks id={id} />
      <PinsOn scope={id} />
    </>
  )
})

/** A panel that is not alive now: its title, and where its content will be. */
function Asleep({ title }: { readonly title: string }) {
  return (
    <>
      <header className="nx-sheet-bar">
        <h3 className="min-w-0 truncate font-medium text-13">{title}</h3>
      </header>
      <div aria-hidden="true" className="nx-asleep" />
    </>
  )
}

const isLocked = (panel: PanelEntity | undefined) => panel !== undefined && placingOf(panel).locked

type PersonStyle = CSSProperties & Record<"--nx-person", string>

/** One breath of the whole sheet, when somebody else changed more of it than values. */
function Breath({ id }: { readonly id: string }) {
  const remote = usePanelActivity(id, remoteOf)
  if (!remote || remote.valuesOnly) return null
  const style: PersonStyle = { "--nx-person": personColour(remote.by.id) }
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
