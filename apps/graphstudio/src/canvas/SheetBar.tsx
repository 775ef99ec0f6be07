import { CircleHelp, Code, Copy, Ellipsis, KeyRound, ScrollText, SlidersHorizontal, Trash2 } from "lucide-react"
import { memo } from "react"
import { ago } from "../ui/ago.ts"
import { IconButton } from "../ui/Button.tsx"
import { Menu } from "../ui/Menu.tsx"
import type { MenuItem } from "../ui/menu-props.ts"
import { personColour } from "../ui/person-colour.ts"
import { Tip } from "../ui/Tip.tsx"
import { useDesk, useMayEdit, usePanelActivity, usePanelPart } from "../workspace/desk-context.ts"
import { usePanelActs } from "../workspace/panel-commands.ts"
import { studio } from "../workspace/studio.ts"
import { LiveDot } from "./LiveDot.tsx"

interface SheetBarProps {
  readonly id: string
  readonly title: string
}

/** A sheet's title, its live dot, and on hover or focus what can be done with it. */
export const SheetBar = memo(function SheetBar({ id, title }: SheetBarProps) {
  const editable = useMayEdit()
  return (
    <header className="nx-sheet-bar">
      <LiveDot id={id} />
      <h3 className="min-w-0 truncate font-medium text-13">{title}</h3>
      <LastRemote id={id} />
      <span className="flex-1" />
      <div className="nx-sheet-actions nodrag">
        <IconButton
          small
          label={editable ? "Edit source" : "Read source"}
          icon={<Code size={14} />}
          onClick={() => studio.edit(id)}
        />
        <IconButton small label="Run log" icon={<ScrollText size={14} />} onClick={() => studio.inspect(id, "log")} />
        <IconButton
          small
          label="Values and why"
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
  const editable = useMayEdit()
  const { remove, duplicate } = usePanelActs()
  const grants = usePanelPart(id, (panel) => panel?.properties.grants)
  const act = (work: typeof remove) => {
    const panel = desk.mirror.graph.panel(id)
    if (panel) work([panel])
  }
  const items: (MenuItem | "line")[] = [
    {
      label: "Look into it",
      icon: <SlidersHorizontal size={15} />,
      shortcut: "I",
      run: () => studio.inspect(id, "values"),
    },
  ]
  if (editable) {
    for (const grant of grants ?? []) {
      items.push({
        label: `Take back ${grant.length > 34 ? `${grant.slice(0, 33)}…` : grant}`,
        icon: <KeyRound size={15} />,
        run: () =>
          desk.submit([{ kind: "panel_grant", panel: id, grant, granted: false }], `took ${grant} back from ${title}`),
      })
    }
    items.push({ label: "Duplicate", icon: <Copy size={15} />, shortcut: "Mod+D", run: () => act(duplicate) }, "line", {
      label: "Delete",
      icon: <Trash2 size={15} />,
      shortcut: "Delete",
      tone: "wrong",
      run: () => act(remove),
    })
  }
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`More for ${title}`}
          className="inline-flex size-6 items-center justify-center rounded-[6px] text-soft hover:bg-hover hover:text-ink"
        >
          <Ellipsis size={15} />
        </button>
      }
      items={items}
    />
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
        aria-label={`Last changed by ${remote.by.name}: ${remote.reason}`}
        className="size-2 rounded-full"
        style={{ background: personColour(remote.by.id) }}
      />
    </Tip>
  )
}
