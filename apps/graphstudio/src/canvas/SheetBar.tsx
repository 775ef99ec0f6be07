import { type PanelEntity, placingOf } from "@nexus/protocol"
import {
  Check,
  CircleHelp,
  Code,
  Copy,
  Ellipsis,
  Eye,
  FileSpreadsheet,
  Image,
  KeyRound,
  Lock,
  LockOpen,
  Maximize2,
  PencilRuler,
  ScrollText,
  SlidersHorizontal,
  Trash2,
} from "lucide-react"
import { memo } from "react"
import { ago } from "../ui/ago.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { Menu } from "../ui/Menu.tsx"
import type { MenuItem } from "../ui/menu-props.ts"
import { personColour } from "../ui/person-colour.ts"
import { Tip } from "../ui/Tip.tsx"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit, usePanelActivity, usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { useArrange } from "./arrange/use-arrange.ts"
import { LiveDot } from "./LiveDot.tsx"

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

function SheetMenu({ id, title }: SheetBarProps) {
  const desk = useDesk()
  const editable = usePanelLevel(id) === "change"
  const { remove, duplicate, lock } = useArrange()
  const locked = usePanelPart(id, isLocked)
  const grants = usePanelPart(id, (panel) => panel?.properties.grants)
  const hasTable = usePanelPart(id, mentionsTable)
  const items: (MenuItem | "line")[] = [
    {
      label: say("Look into it"),
      icon: <SlidersHorizontal size={15} />,
      shortcut: "I",
      run: () => studio.inspect(id, "values"),
    },
    {
      label: say("Full screen"),
      icon: <Maximize2 size={15} />,
      shortcut: "F",
      run: () => studio.set({ filling: id }),
    },
    {
      label: say("Save as a picture"),
      icon: <Image size={15} />,
      run: () => studio.set({ picturing: { panel: id } }),
    },
  ]
  if (hasTable) {
    items.push({
      label: say("Save table as CSV"),
      icon: <FileSpreadsheet size={15} />,
      run: async () => (await import("../tables/save-tables.ts")).saveTables(desk, id),
    })
  }
  if (editable) {
    for (const grant of grants ?? []) {
      items.push({
        label: say("Take back {value}", { value: grant.length > 34 ? `${grant.slice(0, 33)}…` : grant }),
        icon: <KeyRound size={15} />,
        run: () =>
          desk.submit([{ kind: "panel_grant", panel: id, grant, granted: false }], `took ${grant} back from ${title}`),
      })
    }
    items.push({
      label: locked ? say("Unlock") : say("Lock"),
      icon: locked ? <LockOpen size={15} /> : <Lock size={15} />,
      shortcut: "Mod+Shift+L",
      run: () => lock([id], !locked),
    })
    const copy = { label: say("Duplicate"), icon: <Copy size={15} />, shortcut: "Mod+D", run: () => duplicate([id]) }
    items.push(copy, "line", {
      label: say("Delete"),
      icon: <Trash2 size={15} />,
      shortcut: "Delete",
      tone: "wrong",
      run: () => remove([id]),
    })
  }
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={say("More for {title}", { title })}
          className="inline-flex size-6 items-center justify-center rounded-[6px] text-soft hover:bg-hover hover:text-ink"
        >
          <Ellipsis size={15} />
        </button>
      }
      items={items}
    />
  )
}

/** A word is enough to offer it: whether there is a table is found out when somebody asks for it. */
function mentionsTable(panel: PanelEntity | undefined): boolean {
  return panel?.properties.source.includes("<Table") ?? false
}

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

/** Said where an owner narrowed this panel for the person who looks; a viewer is told once for all of them. */
function Narrowed({ id }: { readonly id: string }) {
  const level = usePanelLevel(id)
  const mayEdit = useMayEdit()
  if (level === "change" || (level === "look" && !mayEdit)) return null
  const [text, why] =
    level === "run"
      ? [
          say("Look and run"),
          say("You can look at this panel and run it, not change it. An owner of the workspace decides that."),
        ]
      : [
          say("Only look"),
          say("You can look at this panel, not run or change it. An owner of the workspace decides that."),
        ]
  return (
    <Tip label={why}>
      <span className="flex flex-none items-center gap-1 rounded-full bg-sunken px-2 py-0.5 text-12 text-soft">
        <Eye size={12} />
        {text}
      </span>
    </Tip>
  )
}

/** Who else changed something here last, what and when. */
function LastRemote({ id }: { readonly id: string }) {
  const { remote } = usePanelActivity(id)
  if (!remote) return null
  return (
    <Tip label={`${remote.by.name} · ${remote.reason} · ${ago(remote.at, Date.now())}`}>
      <span
        role="img"
        aria-label={say("Last changed by {name}: {reason}", { name: remote.by.name, reason: remote.reason })}
        className="size-2 rounded-full"
        style={{ background: personColour(remote.by.id) }}
      />
    </Tip>
  )
}
