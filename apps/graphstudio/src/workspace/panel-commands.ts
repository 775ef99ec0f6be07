import type { PanelEntity } from "@nexus/protocol"
import { createId } from "@nexus/protocol"
import { useReactFlow } from "@xyflow/react"
import { useCallback } from "react"
import { freePlace } from "../canvas/placement.ts"
import { moving } from "../ui/appearance.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Command } from "./command.ts"
import { useDesk, useHistory, useMayEdit, usePanels } from "./desk-context.ts"
import { makingCommands } from "./making-commands.ts"
import { copyPanel, panelsInWords, removePanels } from "./panel-acts.ts"
import { studio, useStudio } from "./studio.ts"
import { useCanvasView } from "./use-canvas-view.ts"

/** Duplicate and delete, for the selection and for a panel's own menu. */
export function usePanelActs() {
  const desk = useDesk()
  const view = useCanvasView()

  const remove = useCallback(
    async (panels: readonly PanelEntity[]) => {
      if (panels.length === 0) return
      const what = panelsInWords(panels)
      studio.select([])
      if (!(await desk.submit(removePanels(panels.map(({ id }) => id)), `removed ${what}`))) return
      toast({ title: `Removed ${what}`, action: { label: "Undo", run: () => desk.undo() } })
    },
    [desk],
  )

  const duplicate = useCallback(
    async (panels: readonly PanelEntity[]) => {
      const frames = [...desk.mirror.graph.panels()].map(({ properties }) => properties.frame)
      const copies = panels.map((panel) => {
        const { x, y, w, h } = panel.properties.frame
        const frame = freePlace(frames, { w, h }, { x: x + w + 24, y, w, h })
        frames.push(frame)
        return copyPanel(panel, createId("panel"), frame)
      })
      if (await desk.submit(copies, `duplicated ${panelsInWords(panels)}`)) {
        const ids = copies.flatMap((copy) => (copy.kind === "entity_add" ? [copy.entity.id] : []))
        studio.select(ids)
        studio.set({ reveal: ids.at(-1) })
      }
    },
    [desk],
  )

  return { remove, duplicate, view }
}

/** The commands that concern panels: making one, what is selected, and one's own last steps. */
export function usePanelCommands(): Command[] {
  const desk = useDesk()
  const flow = useReactFlow()
  const panels = usePanels()
  const selection = useStudio((state) => state.selection)
  const directing = useStudio((state) => state.directing !== undefined)
  const past = useStudio((state) => state.instant !== undefined)
  const editable = useMayEdit() && !past
  const { canUndo, canRedo } = useHistory()
  const { remove, duplicate } = usePanelActs()
  const selected = panels.filter(({ id }) => selection.includes(id))
  const changeable = editable && selected.every(({ id }) => desk.mirror.levelOf(id) === "change")
  const [only] = selected

  const commands: Command[] = []
  if (editable) {
    commands.push(...makingCommands())
    if (canUndo) commands.push({ label: "Undo", group: "Panels", shortcut: "Mod+Z", run: () => desk.undo() })
    if (canRedo) commands.push({ label: "Redo", group: "Panels", shortcut: "Mod+Shift+Z", run: () => desk.redo() })
  }
  if (only && selected.length === 1) {
    const { id } = only
    const { title } = only.properties
    commands.push({
      label: say("Run a handler of {title}", { title }),
      group: "Panels",
      run: () => studio.inspect(id, "handlers"),
    })
    commands.push(
      directing
        ? {
            label: say("Stop editing {title} in place", { title }),
            group: "Panels",
            run: () => studio.set({ directing: undefined }),
          }
        : {
            label: say("Edit {title} in place", { title }),
            group: "Panels",
            shortcut: "Enter",
            run: () => studio.direct(id),
          },
    )
    commands.push({
      label: `${changeable ? "Edit" : "Read"} the source of ${only.properties.title}`,
      group: "Panels",
      shortcut: "E",
      run: () => studio.edit(id),
    })
    commands.push({
      label: `Look into ${only.properties.title}`,
      group: "Panels",
      shortcut: "I",
      run: () => studio.inspect(id, "values"),
    })
  }
  // The keys of a component are not those of its panel.
  if (changeable && !directing && selected.length > 0) {
    const what = panelsInWords(selected)
    commands.push({ label: `Duplicate ${what}`, group: "Panels", shortcut: "Mod+D", run: () => duplicate(selected) })
    commands.push({ label: `Delete ${what}`, group: "Panels", shortcut: "Delete", run: () => remove(selected) })
    commands.push({
      label: "Zoom to the selection",
      group: "Panels",
      shortcut: "2",
      run: () =>
        flow.fitView({ nodes: selected.map(({ id }) => ({ id })), padding: 0.3, maxZoom: 1.2, duration: moving(200) }),
    })
  }
  for (const panel of panels) {
    commands.push({
      label: `Go to ${panel.properties.title}`,
      group: "Canvas",
      run: () => {
        studio.select([panel.id])
        flow.fitView({ nodes: [{ id: panel.id }], padding: 0.3, maxZoom: 1, duration: moving(200) })
      },
    })
  }
  return commands
}
