import { placingOf } from "@nexus/protocol"
import { useReactFlow } from "@xyflow/react"
import {
  BringToFront,
  Code,
  Copy,
  Group,
  Image,
  Lock,
  LockOpen,
  Maximize2,
  MessageSquarePlus,
  PencilRuler,
  SendToBack,
  SlidersHorizontal,
  SquareDashed,
  Trash2,
  Ungroup,
} from "lucide-react"
import { commentDesk } from "../../comments/comment-desk.ts"
import type { MenuItem } from "../../ui/menu-props.ts"
import { say } from "../../words/say.ts"
import { useDesk, useMayEdit, usePanels } from "../../workspace/desk-context.ts"
import { studio, useStudio } from "../../workspace/studio.ts"
import { useArrange } from "../arrange/use-arrange.ts"
import type { Asked } from "./asked.ts"

const SIZE = 15

/** What can be done with panels, one or several, by a hand that points at one of them. */
export function usePanelItems({ x, y, ids }: Asked): readonly (MenuItem | "line")[] {
  const { mirror } = useDesk()
  const flow = useReactFlow()
  const arrange = useArrange()
  const past = useStudio((state) => state.instant !== undefined)
  const mayEdit = useMayEdit()
  const panels = usePanels().filter(({ id }) => ids.includes(id))
  const [only, another] = panels
  if (!only) return []
  const alone = another === undefined
  const editable = mayEdit && !past && panels.every(({ id }) => mirror.levelOf(id) === "change")

  const items: (MenuItem | "line")[] = alone ? lookingItems(only.id, editable) : []
  if (!past) {
    const { frame } = only.properties
    items.push({
      label: say("Comment here"),
      icon: <MessageSquarePlus size={SIZE} />,
      run: () => {
        const at = flow.screenToFlowPosition({ x, y }, { snapToGrid: false })
        commentDesk.draft({ scope: only.id, place: { x: at.x - frame.x, y: at.y - frame.y } })
      },
    })
  }
  if (!editable) return items
  const locked = panels.every((panel) => placingOf(panel).locked)
  items.push(
    "line",
    {
      label: say("Bring to the front"),
      icon: <BringToFront size={SIZE} />,
      shortcut: "]",
      run: () => arrange.turn(ids, "front"),
    },
    {
      label: say("Send to the back"),
      icon: <SendToBack size={SIZE} />,
      shortcut: "[",
      run: () => arrange.turn(ids, "back"),
    },
  )
  if (panels.some((panel) => placingOf(panel).group !== undefined)) {
    items.push({
      label: say("Ungroup"),
      icon: <Ungroup size={SIZE} />,
      shortcut: "Mod+Shift+G",
      run: () => arrange.ungroup(ids),
    })
  } else if (!alone) {
    items.push({ label: say("Group"), icon: <Group size={SIZE} />, shortcut: "Mod+G", run: () => arrange.group(ids) })
  }
  items.push(
    {
      label: alone ? say("Section around it") : say("Section around the selection"),
      icon: <SquareDashed size={SIZE} />,
      shortcut: "S",
      run: () => arrange.section(ids),
    },
    {
      label: locked ? say("Unlock") : say("Lock"),
      icon: locked ? <LockOpen size={SIZE} /> : <Lock size={SIZE} />,
      shortcut: "Mod+Shift+L",
      run: () => arrange.lock(ids, !locked),
    },
    { label: say("Duplicate"), icon: <Copy size={SIZE} />, shortcut: "Mod+D", run: () => arrange.duplicate(ids) },
    "line",
    {
      label: say("Delete"),
      icon: <Trash2 size={SIZE} />,
      shortcut: "Delete",
      tone: "wrong",
      run: () => arrange.remove(ids),
    },
  )
  return items
}

/** The ways into one panel. */
function lookingItems(id: string, editable: boolean): MenuItem[] {
  const inPlace = {
    label: say("Edit in place"),
    icon: <PencilRuler size={SIZE} />,
    shortcut: "Enter",
    run: () => studio.direct(id),
  }
  return [
    ...(editable ? [inPlace] : []),
    {
      label: editable ? say("Edit source") : say("Read source"),
      icon: <Code size={SIZE} />,
      shortcut: "E",
      run: () => studio.edit(id),
    },
    {
      label: say("Look into it"),
      icon: <SlidersHorizontal size={SIZE} />,
      shortcut: "I",
      run: () => studio.inspect(id, "values"),
    },
    {
      label: say("Full screen"),
      icon: <Maximize2 size={SIZE} />,
      shortcut: "F",
      run: () => studio.set({ filling: id }),
    },
    {
      label: say("Save as a picture"),
      icon: <Image size={SIZE} />,
      run: () => studio.set({ picturing: { panel: id } }),
    },
  ]
}
