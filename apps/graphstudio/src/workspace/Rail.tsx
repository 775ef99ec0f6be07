import { Clock3, GitCommitHorizontal, Plus, Sparkles } from "lucide-react"
import { IconButton } from "../ui/Button.tsx"
import { useMayEdit } from "./desk-context.ts"
import { studio, useStudio } from "./studio.ts"

/** The slim way into everything that opens over the canvas's edge. */
export function Rail() {
  const drawer = useStudio((state) => state.drawer)
  const timeOpen = useStudio((state) => state.timeOpen)
  const editable = useMayEdit()
  return (
    <nav
      aria-label="Tools"
      className="absolute top-2 left-2 z-20 flex flex-col gap-1 rounded-sheet border border-line bg-raised p-1 shadow-lifted"
    >
      {editable ? (
        <IconButton
          side="right"
          label="New panel"
          shortcut="N"
          icon={<Plus size={18} />}
          onClick={() => studio.newPanel()}
        />
      ) : null}
      <IconButton
        side="right"
        label="Assistant"
        shortcut="A"
        icon={<Sparkles size={17} />}
        pressed={drawer === "assistant"}
        onClick={() => studio.toggleDrawer("assistant")}
      />
      <IconButton
        side="right"
        label="Versions"
        shortcut="V"
        icon={<GitCommitHorizontal size={18} />}
        pressed={drawer === "versions"}
        onClick={() => studio.toggleDrawer("versions")}
      />
      <IconButton
        side="right"
        label="Time"
        shortcut="T"
        icon={<Clock3 size={17} />}
        pressed={timeOpen}
        onClick={() => studio.toggleTime()}
      />
    </nav>
  )
}
