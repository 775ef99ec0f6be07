import { useReactFlow } from "@xyflow/react"
import { useEffect, useRef } from "react"
import { FIT } from "../canvas/fit.ts"
import { navigate } from "../connect/route.ts"
import { isTyping, matchesShortcut } from "../ui/shortcut.ts"
import { oppositeTheme, useTheme } from "../ui/theme.ts"
import type { Command } from "./command.ts"
import { useMayEdit, useRole } from "./desk-context.ts"
import { usePanelCommands } from "./panel-commands.ts"
import { studio, useStudio } from "./studio.ts"

export function useCommands(): readonly Command[] {
  const flow = useReactFlow()
  const editable = useMayEdit()
  const owner = useRole() === "owner"
  const panels = usePanelCommands()
  const { theme, setTheme } = useTheme()
  const minimap = useStudio((state) => state.minimap)
  const past = useStudio((state) => state.instant !== undefined)

  const commands: Command[] = [
    ...panels,
    { label: "Zoom in", group: "Canvas", shortcut: "+", run: () => flow.zoomIn({ duration: 120 }) },
    { label: "Zoom out", group: "Canvas", shortcut: "-", run: () => flow.zoomOut({ duration: 120 }) },
    { label: "Zoom to 100%", group: "Canvas", shortcut: "0", run: () => flow.zoomTo(1, { duration: 160 }) },
    { label: "Fit everything", group: "Canvas", shortcut: "1", run: () => fit(flow) },
    {
      label: minimap ? "Hide the minimap" : "Show the minimap",
      group: "Canvas",
      shortcut: "M",
      run: () => studio.set({ minimap: !minimap }),
    },
    { label: "Assistant", group: "Workspace", shortcut: "A", run: () => studio.toggleDrawer("assistant") },
    { label: "Inbox", group: "Workspace", shortcut: "Q", run: () => studio.toggleDrawer("inbox") },
    { label: "Runs", group: "Workspace", shortcut: "R", run: () => studio.toggleDrawer("runs") },
    { label: "Log", group: "Workspace", shortcut: "L", run: () => studio.toggleDrawer("log") },
    { label: "Changes that did not fit", group: "Workspace", run: () => studio.toggleDrawer("conflicts") },
    { label: "Permissions", group: "Workspace", shortcut: "P", run: () => studio.toggleDrawer("permissions") },
    { label: "Graph", group: "Workspace", shortcut: "G", run: () => studio.toggleDrawer("graph") },
    { label: "Versions", group: "Workspace", shortcut: "V", run: () => studio.toggleDrawer("versions") },
    { label: past ? "Back to now" : "Time", group: "Workspace", shortcut: "T", run: () => studio.toggleTime() },
    { label: "Share", group: "Workspace", run: () => studio.set({ sharing: true }) },
    { label: "All workspaces", group: "Workspace", run: () => navigate({ at: "workspaces" }) },
    { label: "Your account", group: "Workspace", run: () => navigate({ at: "account", section: "" }) },
    {
      label: oppositeTheme(theme) === "dark" ? "Dark appearance" : "Light appearance",
      group: "Workspace",
      run: () => setTheme(oppositeTheme(theme)),
    },
    { label: "Components", group: "Help", run: () => navigate({ at: "components", component: "" }) },
    { label: "Commands", group: "Help", shortcut: "Mod+K", run: () => studio.set({ palette: true }) },
    { label: "Keyboard shortcuts", group: "Help", shortcut: "?", run: () => studio.set({ help: true }) },
  ]
  if (owner) {
    commands.push({ label: "Export this workspace", group: "Workspace", run: () => studio.set({ exporting: true }) })
  }
  if (editable) {
    const commit: Command = { label: "Commit", group: "Workspace", run: () => studio.set({ committing: true }) }
    commands.push(commit)
  }
  return commands
}

/** The one listener for all shortcuts; silent while a dialog is open or somebody types. */
export function useCommandKeys(): void {
  const commands = useCommands()
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        isTyping(event.target) ||
        document.querySelector("[role=dialog],[role=alertdialog]")
      ) {
        return
      }
      if (event.key === "Escape") return studio.back()
      const command = latest.current.find(({ shortcut }) => shortcut && matchesShortcut(event, shortcut))
      if (!command) return
      event.preventDefault()
      command.run()
    }
    addEventListener("keydown", onKeyDown)
    return () => removeEventListener("keydown", onKeyDown)
  }, [])
}

function fit(flow: ReturnType<typeof useReactFlow>): void {
  flow.fitView({ ...FIT, duration: 200 })
}
