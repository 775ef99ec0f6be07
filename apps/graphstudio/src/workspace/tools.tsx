import {
  Activity,
  Clock3,
  GitCommitHorizontal,
  History,
  Inbox,
  MessageSquare,
  ScrollText,
  ShieldCheck,
  Sparkles,
  Waypoints,
} from "lucide-react"
import type { ReactNode } from "react"
import { say } from "../words/say.ts"
import type { DrawerName } from "./studio.ts"

interface Tool {
  readonly name: DrawerName
  readonly label: string
  readonly shortcut: string
  readonly icon: ReactNode
}

/** What opens over the canvas's edge, in the order of the rail. */
export const TOOLS: readonly Tool[] = [
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

/** The slider over the whole workspace; no drawer, but a tool like them. */
export const TIME: Omit<Tool, "name"> = { label: say("Time"), shortcut: "T", icon: <Clock3 size={17} /> }
