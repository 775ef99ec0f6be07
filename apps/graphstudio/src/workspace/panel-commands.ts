import { useReactFlow } from "@xyflow/react"
import { useArrange } from "../canvas/arrange/use-arrange.ts"
import { useSections } from "../canvas/use-sections.ts"
import { moving } from "../ui/appearance.ts"
import { say } from "../words/say.ts"
import type { Command } from "./command.ts"
import { useDesk, useHistory, useMayEdit, usePanels, useRole } from "./desk-context.ts"
import { makingCommands } from "./making-commands.ts"
import { panelsInWords } from "./panel-acts.ts"
import { studio, useStudio } from "./studio.ts"

/** The commands that concern panels: making one, what is selected, and one's own last steps. */
export function usePanelCommands(): Command[] {
  const desk = useDesk()
  const flow = useReactFlow()
  const panels = usePanels()
  const selection = useStudio((state) => state.selection)
  const directing = useStudio((state) => state.directing !== undefined)
  const past = useStudio((state) => state.instant !== undefined)
  const editable = useMayEdit() && !past
  const owner = useRole() === "owner"
  const { canUndo, canRedo } = useHistory()
  const { remove, duplicate } = useArrange()
  const sections = useSections()
  const selected = panels.filter(({ id }) => selection.includes(id))
  const changeable = editable && selected.every(({ id }) => desk.mirror.levelOf(id) === "change")
  const [only] = selected
  const areas = sections.filter(({ id }) => selection.includes(id))
  const ids = [...selected, ...areas].map(({ id }) => id)

  const commands: Command[] = []
  if (editable) {
    commands.push(...makingCommands())
    if (canUndo) commands.push({ label: say("Undo"), group: "Panels", shortcut: "Mod+Z", run: () => desk.undo() })
    if (canRedo) commands.push({ label: say("Redo"), group: "Panels", shortcut: "Mod+Shift+Z", run: () => desk.redo() })
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
      label: changeable ? say("Edit the source of {title}", { title }) : say("Read the source of {title}", { title }),
      group: "Panels",
      shortcut: "E",
      run: () => studio.edit(id),
    })
    commands.push({
      label: say("Look into {title}", { title: only.properties.title }),
      group: "Panels",
      shortcut: "I",
      run: () => studio.inspect(id, "values"),
    })
    if (owner) {
      commands.push({
        label: say("Embed {title} in another site", { title }),
        group: "Panels",
        run: () => studio.set({ sharing: true, embedding: id }),
      })
    }
  }
  // The keys of a component are not those of its panel.
  if (changeable && !directing && ids.length > 0) {
    const what = selected.length > 0 ? panelsInWords(selected) : (areas[0]?.name ?? "")
    commands.push({
      label: say("Duplicate {what}", { what }),
      group: "Panels",
      shortcut: "Mod+D",
      run: () => duplicate(ids),
    })
    commands.push({
      label: say("Delete {what}", { what }),
      group: "Panels",
      shortcut: "Delete",
      run: () => remove(ids),
    })
  }
  if (ids.length > 0) {
    commands.push({
      label: say("Zoom to the selection"),
      group: "Panels",
      shortcut: "2",
      run: () => flow.fitView({ nodes: ids.map((id) => ({ id })), padding: 0.3, maxZoom: 1.2, duration: moving(200) }),
    })
  }
  for (const panel of panels) {
    commands.push({
      label: say("Go to {title}", { title: panel.properties.title }),
      group: "Canvas",
      ofOne: true,
      run: () => {
        studio.show(panel.id)
        flow.fitView({ nodes: [{ id: panel.id }], padding: 0.3, maxZoom: 1, duration: moving(200) })
      },
    })
  }
  return commands
}
