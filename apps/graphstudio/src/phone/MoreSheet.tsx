import { Command, GitCommitHorizontal, Redo2, Share2 } from "lucide-react"
import type { ReactNode } from "react"
import { BottomSheet } from "../ui/BottomSheet.tsx"
import { say } from "../words/say.ts"
import { Called } from "../workspace/Called.tsx"
import { useDesk, useHistory, useMayEdit } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { TIME, TOOLS } from "../workspace/tools.tsx"

/** Everything that has no place of its own in a phone's bar. */
export default function MoreSheet({ onClose }: { readonly onClose: () => void }) {
  const desk = useDesk()
  const editable = useMayEdit()
  const { canRedo } = useHistory()
  const drawer = useStudio((state) => state.drawer)
  const timeOpen = useStudio((state) => state.timeOpen)
  const after = (run: () => void) => () => {
    onClose()
    run()
  }
  return (
    <BottomSheet title={say("More")} onClose={onClose}>
      <div className="grid grid-cols-3 gap-1">
        {TOOLS.filter(({ name }) => name !== "assistant").map(({ name, label, icon }) => (
          <Tile
            key={name}
            label={label}
            icon={icon}
            pressed={drawer === name}
            onPress={after(() => studio.toggleDrawer(name))}
          >
            {name === "inbox" ? <Called /> : null}
          </Tile>
        ))}
        <Tile label={TIME.label} icon={TIME.icon} pressed={timeOpen} onPress={after(() => studio.toggleTime())} />
        <Tile label={say("Share")} icon={<Share2 size={17} />} onPress={after(() => studio.set({ sharing: true }))} />
        {editable ? (
          <Tile
            label={say("Commit")}
            icon={<GitCommitHorizontal size={18} />}
            onPress={after(() => studio.set({ committing: true }))}
          />
        ) : null}
        {canRedo && editable ? (
          <Tile label={say("Redo")} icon={<Redo2 size={17} />} onPress={after(() => desk.redo())} />
        ) : null}
        <Tile
          label={say("Commands")}
          icon={<Command size={17} />}
          onPress={after(() => studio.set({ palette: true }))}
        />
      </div>
    </BottomSheet>
  )
}

interface TileProps {
  readonly label: string
  readonly icon: ReactNode
  readonly pressed?: boolean
  readonly onPress: () => void
  readonly children?: ReactNode
}

function Tile({ label, icon, pressed, onPress, children }: TileProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className="flex h-[72px] min-w-0 flex-col items-center justify-center gap-1.5 rounded-sheet px-1 text-12 text-ink active:bg-hover aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
    >
      <span className="relative px-2 text-soft">
        {icon}
        {children}
      </span>
      <span className="max-w-full truncate">{label}</span>
    </button>
  )
}
