import { LayoutGrid, Plus } from "lucide-react"
import { IconButton } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { Called } from "./Called.tsx"
import { useMayEdit } from "./desk-context.ts"
import { studio, useStudio } from "./studio.ts"
import { TIME, TOOLS } from "./tools.tsx"

/** The slim way into everything that opens over the canvas's edge. */
export function Rail() {
  const drawer = useStudio((state) => state.drawer)
  const timeOpen = useStudio((state) => state.timeOpen)
  const editable = useMayEdit()
  return (
    <nav
      aria-label={say("Tools")}
      className="absolute top-2 start-2 z-20 flex flex-col gap-1 rounded-sheet border border-line bg-raised p-1 shadow-lifted"
    >
      {editable ? (
        <IconButton
          side="right"
          label={say("New panel")}
          shortcut="Shift+N"
          icon={<Plus size={18} />}
          onClick={() => studio.newPanel()}
        />
      ) : null}
      {editable ? (
        <IconButton
          side="right"
          label={say("Gallery")}
          data-tour="gallery"
          shortcut="N"
          icon={<LayoutGrid size={17} />}
          onClick={() => studio.set({ gallery: true })}
        />
      ) : null}
      {TOOLS.map(({ name, label, shortcut, icon }) => (
        <span key={name} className="relative">
          <IconButton
            side="right"
            label={label}
            shortcut={shortcut}
            icon={icon}
            pressed={drawer === name}
            onClick={() => studio.toggleDrawer(name)}
          />
          {name === "inbox" ? <Called /> : null}
        </span>
      ))}
      <IconButton
        side="right"
        label={TIME.label}
        data-tour="time"
        shortcut={TIME.shortcut}
        icon={TIME.icon}
        pressed={timeOpen}
        onClick={() => studio.toggleTime()}
      />
    </nav>
  )
}
