import { useReactFlow } from "@xyflow/react"
import { useEffect, useRef } from "react"
import { useArrangeCommands } from "../canvas/arrange/arrange-commands.ts"
import { FIT } from "../canvas/fit.ts"
import { commentDesk } from "../comments/comment-desk.ts"
import { navigate } from "../connect/route.ts"
import { useSession } from "../connect/session-context.ts"
import { tour } from "../tour/progress.ts"
import { moving } from "../ui/appearance.ts"
import { currentKey, keyName, useOwnKeys } from "../ui/own-keys.ts"
import { isTyping, matchesShortcut } from "../ui/shortcut.ts"
import { say } from "../words/say.ts"
import type { Command } from "./command.ts"
import type { Desk } from "./desk.ts"
import { useDesk, useMayEdit, useRole } from "./desk-context.ts"
import { usePanelCommands } from "./panel-commands.ts"
import { useSettingsCommands } from "./settings-commands.ts"
import { signOut } from "./sign-out.ts"
import { studio, useStudio } from "./studio.ts"

export function useCommands(): readonly Command[] {
  const flow = useReactFlow()
  const desk = useDesk()
  const session = useSession()
  const editable = useMayEdit()
  const owner = useRole() === "owner"
  const panels = usePanelCommands()
  const settings = useSettingsCommands()
  const arrange = useArrangeCommands()
  const minimap = useStudio((state) => state.minimap)
  const past = useStudio((state) => state.instant !== undefined)

  const commands: Command[] = [
    ...panels,
    ...arrange,
    { label: say("Zoom in"), group: "Canvas", shortcut: "+", run: () => flow.zoomIn({ duration: moving(120) }) },
    { label: say("Zoom out"), group: "Canvas", shortcut: "-", run: () => flow.zoomOut({ duration: moving(120) }) },
    {
      label: say("Zoom to 100%"),
      group: "Canvas",
      shortcut: "0",
      run: () => flow.zoomTo(1, { duration: moving(160) }),
    },
    { label: say("Fit everything"), group: "Canvas", shortcut: "1", run: () => fit(flow) },
    {
      label: minimap ? say("Hide the minimap") : say("Show the minimap"),
      group: "Canvas",
      shortcut: "M",
      run: () => studio.set({ minimap: !minimap }),
    },
    { label: say("Assistant"), group: "Workspace", shortcut: "A", run: () => studio.toggleDrawer("assistant") },
    { label: say("Inbox"), group: "Workspace", shortcut: "Q", run: () => studio.toggleDrawer("inbox") },
    { label: say("Comments"), group: "Workspace", shortcut: "Shift+C", run: () => studio.toggleDrawer("comments") },
    ...(past
      ? []
      : [{ label: say("New comment"), group: "Canvas" as const, shortcut: "C", run: () => beginComment(desk.mirror) }]),
    { label: say("Runs"), group: "Workspace", shortcut: "R", run: () => studio.toggleDrawer("runs") },
    { label: say("Log"), group: "Workspace", shortcut: "L", run: () => studio.toggleDrawer("log") },
    { label: say("Changes that did not fit"), group: "Workspace", run: () => studio.toggleDrawer("conflicts") },
    {
      label: say("Permissions"),
      group: "Workspace",
      shortcut: "P",
      run: () => studio.toggleDrawer("permissions"),
    },
    { label: say("Graph"), group: "Workspace", shortcut: "G", run: () => studio.toggleDrawer("graph") },
    { label: say("History"), group: "Workspace", shortcut: "H", run: () => studio.toggleDrawer("history") },
    { label: say("Versions"), group: "Workspace", shortcut: "V", run: () => studio.toggleDrawer("versions") },
    {
      label: past ? say("Back to now") : say("Time"),
      group: "Workspace",
      shortcut: "T",
      run: () => studio.toggleTime(),
    },
    {
      label: say("Save the canvas as a picture"),
      group: "Canvas",
      run: () => studio.set({ picturing: {} }),
    },
    { label: say("Print"), group: "Canvas", run: () => print() },
    { label: say("Share"), group: "Workspace", run: () => studio.set({ sharing: true }) },
    { label: say("All workspaces"), group: "Workspace", run: () => navigate({ at: "workspaces" }) },
    { label: say("Sign out"), group: "Settings", run: () => signOut(session, desk) },
    { label: say("Components"), group: "Help", run: () => navigate({ at: "components", component: "" }) },
    { label: say("Commands"), group: "Help", shortcut: "Mod+K", run: () => studio.set({ palette: true }) },
    { label: say("Keyboard shortcuts"), group: "Help", shortcut: "?", run: () => studio.set({ help: true }) },
    { label: say("Take the tour"), group: "Help", run: () => tour.start(editable) },
    ...settings,
  ]
  if (owner) {
    commands.push({
      label: say("Export this workspace"),
      group: "Workspace",
      run: () => studio.set({ exporting: true }),
    })
  }
  if (editable) {
    const commit: Command = {
      label: say("Commit"),
      group: "Workspace",
      run: () => studio.set({ committing: true }),
    }
    commands.push(commit)
  }
  return commands
}

/** On the one panel that is selected at once, at its edge, where it covers nothing; else the next click says where. */
function beginComment({ graph }: Desk["mirror"]): void {
  const [only, another] = useStudio.getState().selection
  const frame = only && !another ? graph.panel(only)?.properties.frame : undefined
  if (only && frame) commentDesk.draft({ scope: only, place: { x: frame.w - 6, y: 34 } })
  else commentDesk.place()
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
        (event.key === "Enter" && isPressed(event.target)) ||
        document.querySelector("[role=dialog],[role=alertdialog]")
      ) {
        return
      }
      if (event.key === "Escape") return studio.back()
      const { keys } = useOwnKeys.getState()
      const command = latest.current.find((each) => {
        const key = currentKey(keyName(each), each.shortcut, keys)
        return (key && matchesShortcut(event, key)) || (each.also && matchesShortcut(event, each.also))
      })
      if (!command) return
      event.preventDefault()
      command.run()
    }
    addEventListener("keydown", onKeyDown)
    return () => removeEventListener("keydown", onKeyDown)
  }, [])
}

function fit(flow: ReturnType<typeof useReactFlow>): void {
  flow.fitView({ ...FIT, duration: moving(200) })
}

/** Enter presses it, or is for what stands in a panel. */
const PRESSED = "button, a, summary, [role=tab], [role=treeitem], .nx-sheet-body, .nx-graph-box"

function isPressed(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(PRESSED) !== null
}
