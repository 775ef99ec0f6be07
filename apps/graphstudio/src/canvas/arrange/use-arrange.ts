import { createId, type Frame, isPanel, type Operation, placingOf, sectionsOf } from "@nexus/protocol"
import { useMemo } from "react"
import { toast } from "../../ui/toasts.ts"
import { say } from "../../words/say.ts"
import type { Desk } from "../../workspace/desk.ts"
import { useDesk } from "../../workspace/desk-context.ts"
import { studio } from "../../workspace/studio.ts"
import { useCanvasView } from "../../workspace/use-canvas-view.ts"
import { useCopyAct } from "../clipboard/use-copy-act.ts"
import { freePlace } from "../placement.ts"
import { newSection } from "../sections/section-acts.ts"
import { type Axis, alignFrames, boundsOf, distributeFrames, type Frames, type Side, tidyFrames } from "./align.ts"
import { movedWith } from "./carried.ts"
import { framesIn, namesIn, placeOperations } from "./frame-acts.ts"
import { groupPanels, lockPanels, type Turn, turnPanels, ungroupPanels, withGroups } from "./placing-acts.ts"

/** What a person does to what is chosen, each as one change and so as one step to take back. */
export function useArrange() {
  const desk = useDesk()
  const view = useCanvasView()
  const copy = useCopyAct()
  return useMemo(() => {
    const { graph } = desk.mirror
    const place = (ids: readonly string[], verb: string, arrange: (frames: Frames) => Frames) => {
      const panels = ids.filter((id) => graph.panel(id))
      const frames = new Map([...arrange(framesIn(graph, panels))].filter(([id]) => isFree(desk, id)))
      desk.submit(placeOperations(graph, frames), `${verb} ${inWords(desk, panels)}`)
    }
    const panelIds = (ids: readonly string[]) => ids.filter((id) => graph.panel(id))
    return {
      align: (ids: readonly string[], side: Side) => place(ids, "aligned", (frames) => alignFrames(frames, side)),
      distribute: (ids: readonly string[], axis: Axis) =>
        place(ids, "distributed", (frames) => distributeFrames(frames, axis)),
      tidy: (ids: readonly string[]) => place(ids, "tidied up", tidyFrames),
      turn: (ids: readonly string[], turn: Turn) =>
        desk.submit(turnPanels(graph, panelIds(ids), turn), `${TURNED[turn]} ${inWords(desk, panelIds(ids))}`),
      lock: (ids: readonly string[], locked: boolean) =>
        desk.submit(
          lockPanels(panelIds(ids), locked),
          `${locked ? "locked" : "unlocked"} ${inWords(desk, panelIds(ids))}`,
        ),
      group: (ids: readonly string[]) =>
        desk.submit(groupPanels(panelIds(ids), createId("group")), `grouped ${inWords(desk, panelIds(ids))}`),
      ungroup: (ids: readonly string[]) =>
        desk.submit(
          ungroupPanels([...graph.panels()].filter(({ id }) => ids.includes(id))),
          `ungrouped ${inWords(desk, panelIds(ids))}`,
        ),
      async remove(ids: readonly string[], how: "removed" | "cut" = "removed") {
        const free = ids.filter((id) => isFree(desk, id))
        const kept = ids.length - free.length
        if (free.length === 0) return tellLocked(desk, ids)
        const what = inWords(desk, free)
        studio.select(ids.filter((id) => !free.includes(id)))
        const operations = free.map((id): Operation => ({ kind: "entity_remove", id }))
        if (!(await desk.submit(operations, `${how} ${what}`))) return
        toast({
          title: how === "cut" ? say("Cut {what}", { what }) : say("Removed {what}", { what }),
          detail:
            kept > 0 ? lockedStay(kept) : how === "cut" ? say("Paste it here or in another workspace.") : undefined,
          action: { label: say("Undo"), run: () => desk.undo() },
        })
      },
      async duplicate(ids: readonly string[]) {
        const all = movedWith(graph, ids).length > 0 ? withGroups(graph.panels(), ids) : ids
        const frames = framesIn(graph, all)
        const around = boundsOf([...frames.values()])
        if (!around) return
        const beside = { ...around, x: around.x + around.w + 24 }
        const taken = [...graph.panels()].map(({ properties }) => properties.frame)
        const { x, y } = freePlace(taken, around, beside)
        await copy(all, moved(frames, x - around.x, y - around.y))
      },
      /** Around what is chosen; with nothing chosen, a free area in view. */
      async section(ids: readonly string[]) {
        const chosen = boundsOf([...framesIn(graph, ids).values()])
        const taken = [...graph.panels()].map(({ properties }) => properties.frame)
        const around = chosen ?? freePlace(taken, EMPTY_SECTION, view())
        const name = say("Section {number}", { number: sectionsOf(graph).length + 1 })
        const { id, operations } = newSection(name, desk.workspace, around)
        if (!(await desk.submit(operations, `added section ${name}`))) return
        studio.select([id])
        studio.set({ naming: id })
      },
    }
  }, [desk, view, copy])
}

export type Arrange = ReturnType<typeof useArrange>

const EMPTY_SECTION = { w: 640, h: 400 }
const TURNED: Readonly<Record<Turn, string>> = {
  front: "brought to the front",
  back: "sent to the back",
  forward: "brought forward",
  backward: "sent backward",
}

function inWords({ mirror }: Desk, ids: readonly string[]): string {
  return namesIn(mirror.graph, ids) ?? say("{count, plural, one {# panel} other {# panels}}", { count: ids.length })
}

function lockedStay(kept: number): string {
  return say("{kept, plural, one {A locked panel stays} other {# locked panels stay}}", { kept })
}

function isFree({ mirror }: Desk, id: string): boolean {
  const entity = mirror.graph.entity(id)
  return !isPanel(entity) || !placingOf(entity).locked
}

function tellLocked(desk: Desk, ids: readonly string[]): void {
  if (ids.length === 0) return
  const unlock = () => desk.submit(lockPanels(ids, false), `unlocked ${inWords(desk, ids)}`)
  toast({
    title: say("{what} is locked", { what: inWords(desk, ids) }),
    detail: say("Unlock it first; nothing was removed."),
    action: { label: say("Unlock"), run: unlock },
  })
}

function moved(frames: ReadonlyMap<string, Frame>, dx: number, dy: number): Frames {
  return new Map([...frames].map(([id, frame]) => [id, { ...frame, x: frame.x + dx, y: frame.y + dy }]))
}
