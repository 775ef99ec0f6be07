import { type PanelEntity, placingOf } from "@nexus/protocol"
import { Check, CircleHelp, Code, Lock, PencilRuler, ScrollText } from "lucide-react"
import { memo } from "react"
import { deedInWords } from "../history/deed-in-words.ts"
import { ago } from "../ui/ago.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { personColour } from "../ui/person-colour.ts"
import { Tip } from "../ui/Tip.tsx"
import { say } from "../words/say.ts"
import { remoteOf } from "../workspace/activity.ts"
import { usePanelActivity, usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { useArrange } from "./arrange/use-arrange.ts"
import { LiveDot } from "./LiveDot.tsx"
import { Narrowed } from "./Narrowed.tsx"
import { SheetMenu } from "./SheetMenu.tsx"

interface SheetBarProps {
  readonly id: string
  readonly title: string
}

/** A sheet's title, its live dot, and on hover or focus what can be done with it. */
export const SheetBar = memo(function SheetBar({ id, title }: SheetBarProps) {
  const editable = usePanelLevel(id) === "change"
  const directing = useStudio((state) => state.directing?.panel === id)
  const leave = () => studio.set({ directing: undefined })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short way; the button and Enter do the same
    <header
      className="nx-sheet-bar"
      onDoubleClick={({ target }) => {
        if (target instanceof Element && target.closest("button")) return
        if (directing) leave()
        else studio.direct(id)
      }}
    >
      <LiveDot id={id} />
      <h3 className="min-w-0 truncate font-medium text-13">{title}</h3>
      <Locked id={id} />
      <Narrowed id={id} />
      <LastRemote id={id} />
      <span className="flex-1" />
      {directing ? (
        <Button small tone="primary" icon={<Check size={13} />} className="nodrag" onClick={leave}>
          {say("Done")}
        </Button>
      ) : null}
      <div className="nx-sheet-actions nodrag">
        {directing ? null : (
          <IconButton
            small
            label={say("Edit in place")}
            shortcut="Enter"
            icon={<PencilRuler size={14} />}
            onClick={() => studio.direct(id)}
          />
        )}
        <IconButton
          small
          label={editable ? say("Edit source") : say("Read source")}
          icon={<Code size={14} />}
          onClick={() => studio.edit(id)}
        />
        <IconButton
          small
          label={say("Run log")}
          icon={<ScrollText size={14} />}
          onClick={() => studio.inspect(id, "log")}
        />
        <IconButton
          small
          label={say("Values and why")}
          data-tour="why"
          icon={<CircleHelp size={14} />}
          onClick={() => studio.inspect(id, "values")}
        />
        <SheetMenu id={id} title={title} />
      </div>
    </header>
  )
})

const isLocked = (panel: PanelEntity | undefined) => panel !== undefined && placingOf(panel).locked

/** The mark of a locked panel; who may change it unlocks it here. */
function Locked({ id }: { readonly id: string }) {
  const locked = usePanelPart(id, isLocked)
  const editable = usePanelLevel(id) === "change"
  const { lock } = useArrange()
  if (!locked) return null
  return (
    <IconButton
      small
      label={editable ? say("Locked; press to unlock") : say("Locked")}
      icon={<Lock size={13} />}
      disabled={!editable}
      className="nodrag text-careful"
      onClick={() => lock([id], false)}
    />
  )
}

/** Who else changed something here last, what and when. */
function LastRemote({ id }: { readonly id: string }) {
  const remote = usePanelActivity(id, remoteOf)
  if (!remote) return null
  return (
    <Tip label={`${remote.by.name} · ${deedInWords(remote.reason)} · ${ago(remote.at, Date.now())}`}>
      <span
        role="img"
        aria-label={say("Last changed by {name}: {reason}", {
          name: remote.by.name,
          reason: deedInWords(remote.reason),
        })}
        className="size-2 rounded-full"
        style={{ background: personColour(remote.by.id) }}
      />
    </Tip>
  )
}
