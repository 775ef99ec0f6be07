import {
  Activity,
  Clock3,
  GitCommitHorizontal,
  History,
  Inbox,
  LayoutGrid,
  MessageSquare,
  Plus,
  ScrollText,
  ShieldCheck,
  Sparkles,
  Waypoints,
} from "lucide-react"
import type { ReactNode } from "react"
import { useUnreadMentions } from "../comments/use-threads.ts"
import { mayAnswer } from "../inbox/who-may.ts"
import { IconButton } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { useMayEdit, useRole, useWaiting } from "./desk-context.ts"
import { type DrawerName, studio, useStudio } from "./studio.ts"

interface Tool {
  readonly name: DrawerName
  readonly label: string
  readonly shortcut: string
  readonly icon: ReactNode
}

const DRAWERS: readonly Tool[] = [
  { name: "assistant", label: say("Assistant"), shortcut: "A", icon: <Sparkles size={17} /> },
  { name: "inbox", label: say("Inbox"), shortcut: "Q", icon: <Inbox size={17} /> },
  { name: "comments", label: say("Comments"), shortcut: "Shift+C", icon: <MessageSquare size={16} /> },
  { name: "runs", label: say("Runs"), shortcut: "R", icon: <Activity size={17} /> },
  { name: "log", label: say("Log"), shortcut: "L", icon: <ScrollText size={17} /> },
  { name: "permissions", label: say("Permissions"), shortcut: "P", icon: <ShieldCheck size={17} /> },
  { name: "graph", label: say("Graph"), shortcut: "G", icon: <Waypoints size={17} /> },
  { name: "history", label: say("History"), shortcut: "H", icon: <History size={17} /> },
  { name: "versions", label: say("Versions"), shortcut: "V", icon: <GitCommitHorizontal size={18} /> },
]

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
      {DRAWERS.map(({ name, label, shortcut, icon }) => (
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
        label={say("Time")}
        data-tour="time"
        shortcut="T"
        icon={<Clock3 size={17} />}
        pressed={timeOpen}
        onClick={() => studio.toggleTime()}
      />
    </nav>
  )
}

const MOST = 99

/** How many questions wait for this person, and how often they were called and have not looked; at the corner of the inbox. */
function Called() {
  const have = useRole()
  const questions = useWaiting((state) => state.questions?.filter(({ role }) => mayAnswer(have, role)).length ?? 0)
  const mentions = useUnreadMentions().length
  const count = questions + mentions
  if (count === 0) return null
  return (
    <span
      role="img"
      aria-label={say(
        "{questions, plural, =0 {} one {# open question} other {# open questions}}{mentions, plural, =0 {} one { # mention} other { # mentions}}",
        { questions, mentions },
      ).trim()}
      className="tabular pointer-events-none absolute -top-1 -end-1 grid h-4 min-w-4 place-items-center rounded-full border border-raised bg-accent px-1 font-bold text-[10px] text-on-accent leading-none"
    >
      {count > MOST ? `${MOST}+` : count}
    </span>
  )
}
