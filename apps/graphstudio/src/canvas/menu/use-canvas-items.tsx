import { useReactFlow } from "@xyflow/react"
import {
  BoxSelect,
  FileSpreadsheet,
  LayoutGrid,
  Maximize,
  MessageSquarePlus,
  Plus,
  Presentation,
  Search,
  SquareDashed,
} from "lucide-react"
import { commentDesk } from "../../comments/comment-desk.ts"
import { moving } from "../../ui/appearance.ts"
import type { MenuItem } from "../../ui/menu-props.ts"
import { say } from "../../words/say.ts"
import { useDesk, useMayEdit, usePanels } from "../../workspace/desk-context.ts"
import { studio, useStudio } from "../../workspace/studio.ts"
import { useArrange } from "../arrange/use-arrange.ts"
import { FIT } from "../fit.ts"
import type { Asked } from "./asked.ts"

const SIZE = 15

/** What can be done with the canvas itself: something new on it, something said about it, and ways to look at it. */
export function useCanvasItems({ x, y }: Asked): readonly (MenuItem | "line")[] {
  const { workspace } = useDesk()
  const flow = useReactFlow()
  const arrange = useArrange()
  const past = useStudio((state) => state.instant !== undefined)
  const editable = useMayEdit() && !past
  const panels = usePanels()
  const items: (MenuItem | "line")[] = []
  if (editable) {
    items.push(
      { label: say("New panel"), icon: <Plus size={SIZE} />, shortcut: "Shift+N", run: () => studio.newPanel() },
      {
        label: say("Gallery"),
        icon: <LayoutGrid size={SIZE} />,
        shortcut: "N",
        run: () => studio.set({ gallery: true }),
      },
      {
        label: say("Bring a table"),
        icon: <FileSpreadsheet size={SIZE} />,
        run: () => studio.set({ table: { kind: "choose" } }),
      },
      {
        label: say("New section"),
        icon: <SquareDashed size={SIZE} />,
        shortcut: "S",
        run: () => arrange.section([]),
      },
    )
  }
  if (!past) {
    items.push({
      label: say("Comment here"),
      icon: <MessageSquarePlus size={SIZE} />,
      run: () =>
        commentDesk.draft({ scope: workspace, place: flow.screenToFlowPosition({ x, y }, { snapToGrid: false }) }),
    })
  }
  if (items.length > 0) items.push("line")
  items.push({
    label: say("Find on the canvas"),
    icon: <Search size={SIZE} />,
    shortcut: "Mod+F",
    run: () => studio.set({ finding: true }),
  })
  if (panels.length === 0) return items
  if (!past) {
    items.push({
      label: say("Select all"),
      icon: <BoxSelect size={SIZE} />,
      shortcut: "Mod+A",
      run: () => studio.select(panels.map(({ id }) => id)),
    })
  }
  items.push(
    {
      label: say("Fit everything"),
      icon: <Maximize size={SIZE} />,
      shortcut: "1",
      run: () => flow.fitView({ ...FIT, duration: moving(200) }),
    },
    { label: say("Present"), icon: <Presentation size={SIZE} />, shortcut: "Shift+P", run: () => studio.present() },
  )
  return items
}
