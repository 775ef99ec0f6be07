import { placingOf, sectionsOf } from "@nexus/protocol"
import { useReactFlow } from "@xyflow/react"
import { moving } from "../../ui/appearance.ts"
import { say } from "../../words/say.ts"
import type { Command } from "../../workspace/command.ts"
import { useDesk, useMayEdit, usePanels } from "../../workspace/desk-context.ts"
import { studio, useStudio } from "../../workspace/studio.ts"
import { copyWithValues } from "../clipboard/copy-with-values.ts"
import { useSections } from "../use-sections.ts"
import { switchSnapping, useGuides } from "./guides.ts"
import { type Arrange, useArrange } from "./use-arrange.ts"

/** The commands about how things lie on the canvas. */
export function useArrangeCommands(): Command[] {
  const desk = useDesk()
  const flow = useReactFlow()
  const panels = usePanels()
  const sections = useSections()
  const selection = useStudio((state) => state.selection)
  const past = useStudio((state) => state.instant !== undefined)
  const editable = useMayEdit() && !past
  const reads = useStudio((state) => state.reads)
  const snapping = useGuides((state) => state.on)
  const arrange = useArrange()

  const selected = panels.filter(({ id }) => selection.includes(id))
  const ids = selected.map(({ id }) => id)
  const changeable = editable && ids.length > 0 && ids.every((id) => desk.mirror.levelOf(id) === "change")
  const [section] = sections.filter(({ id }) => selection.includes(id))
  const commands: Command[] = []
  if (!past && panels.length + sections.length > 0) {
    commands.push({
      label: say("Select all"),
      group: "Panels",
      shortcut: "Mod+A",
      run: () => studio.select([...panels, ...sectionsOf(desk.mirror.graph)].map(({ id }) => id)),
    })
  }
  if (changeable) commands.push(...commandsFor(arrange, ids))
  if (changeable && selected.some((panel) => placingOf(panel).group !== undefined)) {
    commands.push({ label: say("Ungroup"), group: "Panels", shortcut: "Mod+Shift+G", run: () => arrange.ungroup(ids) })
  }
  if (changeable) {
    const locked = selected.every((panel) => placingOf(panel).locked)
    commands.push({
      label: locked ? say("Unlock") : say("Lock"),
      group: "Panels",
      shortcut: "Mod+Shift+L",
      run: () => arrange.lock(ids, !locked),
    })
  }
  if (editable) {
    commands.push({
      label: ids.length > 0 ? say("Section around the selection") : say("New section"),
      group: "Panels",
      shortcut: "S",
      run: () => arrange.section(ids),
    })
    if (section) {
      const { id, name } = section
      commands.push({
        label: say("Rename section {name}", { name }),
        group: "Panels",
        shortcut: "Enter",
        run: () => studio.set({ naming: id }),
      })
    }
  }
  commands.push(...lookingCommands(reads, selection.length > 0, panels.length > 0))
  if (selection.length > 0 && !past) {
    commands.push({
      label: say("Copy with values"),
      group: "Panels",
      shortcut: "Mod+Alt+C",
      run: () => copyWithValues(desk.mirror.graph, selection),
    })
  }
  const [only, another] = selected
  if (only && !another) {
    const { id } = only
    commands.push({ label: say("Full screen"), group: "Panels", shortcut: "F", run: () => studio.set({ filling: id }) })
  }
  commands.push({
    label: snapping ? say("Do not snap to other panels") : say("Snap to other panels"),
    group: "Canvas",
    run: () => switchSnapping(!snapping),
  })
  for (const { id, name, frame } of sections) {
    commands.push({
      label: say("Go to section {name}", { name }),
      group: "Canvas",
      ofOne: true,
      run: () => {
        studio.select([id])
        flow.fitBounds(
          { x: frame.x, y: frame.y, width: frame.w, height: frame.h },
          { padding: 0.1, duration: moving(200) },
        )
      },
    })
  }
  return commands
}

/** What only looks: finding, the lines between panels, one panel at a time, presenting. */
function lookingCommands(reads: boolean, chosen: boolean, panels: boolean): Command[] {
  const commands: Command[] = [
    {
      label: say("Find on the canvas"),
      group: "Canvas",
      shortcut: "Mod+F",
      also: "/",
      run: () => studio.set({ finding: true }),
    },
    {
      label: reads ? say("Hide which panel reads which") : say("Show which panel reads which"),
      group: "Canvas",
      // With a panel in hand the letter opens its source.
      shortcut: chosen ? "Shift+E" : "E",
      run: () => studio.set({ reads: !reads }),
    },
  ]
  if (!panels) return commands
  commands.push(
    { label: say("Present"), group: "Canvas", shortcut: "Shift+P", run: () => studio.present() },
    { label: say("One panel at a time"), group: "Canvas", run: () => studio.set({ filling: "" }) },
  )
  return commands
}

function commandsFor(arrange: Arrange, ids: readonly string[]): Command[] {
  const group = "Panels"
  const commands: Command[] = [
    { label: say("Bring to the front"), group, shortcut: "]", run: () => arrange.turn(ids, "front") },
    { label: say("Send to the back"), group, shortcut: "[", run: () => arrange.turn(ids, "back") },
    { label: say("Bring forward"), group, shortcut: "Mod+]", run: () => arrange.turn(ids, "forward") },
    { label: say("Send backward"), group, shortcut: "Mod+[", run: () => arrange.turn(ids, "backward") },
  ]
  if (ids.length < 2) return commands
  commands.push(
    { label: say("Align left"), group, shortcut: "Alt+A", run: () => arrange.align(ids, "left") },
    { label: say("Align centres"), group, shortcut: "Alt+H", run: () => arrange.align(ids, "centre") },
    { label: say("Align right"), group, shortcut: "Alt+D", run: () => arrange.align(ids, "right") },
    { label: say("Align top"), group, shortcut: "Alt+W", run: () => arrange.align(ids, "top") },
    { label: say("Align middles"), group, shortcut: "Alt+V", run: () => arrange.align(ids, "middle") },
    { label: say("Align bottom"), group, shortcut: "Alt+S", run: () => arrange.align(ids, "bottom") },
    { label: say("Tidy up"), group, shortcut: "Alt+T", run: () => arrange.tidy(ids) },
    { label: say("Group"), group, shortcut: "Mod+G", run: () => arrange.group(ids) },
  )
  if (ids.length < 3) return commands
  commands.push(
    { label: say("Distribute across"), group, shortcut: "Alt+Shift+H", run: () => arrange.distribute(ids, "x") },
    { label: say("Distribute down"), group, shortcut: "Alt+Shift+V", run: () => arrange.distribute(ids, "y") },
  )
  return commands
}
