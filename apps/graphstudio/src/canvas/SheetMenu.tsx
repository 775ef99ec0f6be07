import { type PanelEntity, placingOf } from "@nexus/protocol"
import {
  Copy,
  Ellipsis,
  FileSpreadsheet,
  Image,
  KeyRound,
  Lock,
  LockOpen,
  Maximize2,
  SlidersHorizontal,
  Trash2,
} from "lucide-react"
import { classNames } from "../ui/class-names.ts"
import { Menu } from "../ui/Menu.tsx"
import type { MenuItem } from "../ui/menu-props.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk, usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { useArrange } from "./arrange/use-arrange.ts"

interface SheetMenuProps {
  readonly id: string
  readonly title: string
  /** What stands above the rest, where a sheet has no bar with buttons. */
  readonly first?: readonly MenuItem[]
  readonly className?: string
}

/** Everything that can be done with a sheet and is not worth a button of its own. */
export function SheetMenu({ id, title, first = [], className }: SheetMenuProps) {
  const desk = useDesk()
  const editable = usePanelLevel(id) === "change"
  const { remove, duplicate, lock } = useArrange()
  const locked = usePanelPart(id, isLocked)
  const grants = usePanelPart(id, (panel) => panel?.properties.grants)
  const hasTable = usePanelPart(id, mentionsTable)
  const items: (MenuItem | "line")[] = [
    ...first,
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
        run: async () => {
          const granted = (yes: boolean) => [{ kind: "panel_grant", panel: id, grant, granted: yes } as const]
          if (!(await desk.submit(granted(false), `took ${grant} back from ${title}`))) return
          const again = () => desk.submit(granted(true), `gave ${grant} back to ${title}`)
          toast({ title: say("Took {grant} back", { grant }), action: { label: say("Undo"), run: again } })
        },
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
          className={classNames(
            "inline-flex items-center justify-center rounded-[6px] text-soft hover:bg-hover hover:text-ink",
            className ?? "size-6",
          )}
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
