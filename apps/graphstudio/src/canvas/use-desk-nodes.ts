import type { Frame, PanelEntity } from "@nexus/protocol"
import { applyNodeChanges, type NodeChange, type OnNodeDrag, useStoreApi } from "@xyflow/react"
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit, usePanels } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { movedWith } from "./arrange/carried.ts"
import { namesIn, placeOperations } from "./arrange/frame-acts.ts"
import { showGuides } from "./arrange/guides.ts"
import { chosenWithGroups } from "./arrange/placing-acts.ts"
import { carriedChanges, type Drag, snappedResize } from "./arrange/pull.ts"
import { useCopyAct } from "./clipboard/use-copy-act.ts"
import type { CanvasNode, DeskNode } from "./desk-node.ts"
import { frameOf, type PanelNode, toPanelNodes } from "./panel-nodes.ts"
import { type SectionNode, toSectionNodes } from "./section-nodes.ts"
import { useSections } from "./use-sections.ts"

/** Moving by keys is one change after the last key, not one a key; a drop by the mouse is a change at once. */
const SETTLE_MS = 250

/** What a hand holds: shown at once, and one change when it lets go. */
export interface Hand {
  /** Where these lie on the screen now, saved or not. */
  where(ids: readonly string[]): Map<string, Frame>
  hold(frames: ReadonlyMap<string, Frame>): void
  /** Lets go now, or after the last of several keys; at once before anything else is done that comes after it. */
  drop(when?: "now" | "soon" | "at once"): void
}

/** What lies on the desk, for React Flow. A drag lives in React Flow alone and becomes one change at the drop. */
export function useDeskNodes() {
  const desk = useDesk()
  const panels = usePanels()
  const sections = useSections()
  const editable = useMayEdit()
  const selection = useStudio((state) => state.selection)
  const fixed = useFixed(panels)
  const copy = useCopyAct()
  const flow = useStoreApi()
  const latest = useRef<readonly DeskNode[]>([])
  const drag = useRef<Drag>(undefined)
  const begun = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const arranged = useCallback(
    (before: readonly DeskNode[]): DeskNode[] => [
      ...toSectionNodes(before.filter(isSectionNode), sections, selection, editable),
      ...toPanelNodes(before.filter(isPanelNode), panels, selection, (id) => !fixed.includes(id)),
    ],
    [panels, sections, selection, editable, fixed],
  )
  const [nodes, setNodes] = useState(() => arranged([]))
  useEffect(() => setNodes(arranged), [arranged])
  useEffect(() => {
    latest.current = nodes
  }, [nodes])
  const back = useRef(arranged)
  useEffect(() => {
    back.current = arranged
  }, [arranged])
  /** Everything where the graph says it lies. */
  const takeBack = useCallback(() => setNodes((before) => back.current(before.map(letGo))), [])

  const settle = useCallback(async () => {
    clearTimeout(timer.current)
    const frames = new Map(latest.current.filter(atRest).map((node) => [node.id, frameOf(node)]))
    const operations = placeOperations(desk.mirror.graph, frames)
    if (operations.length === 0) return
    const moved = operations.map((operation) =>
      "panel" in operation ? operation.panel : "id" in operation ? operation.id : "",
    )
    const name =
      namesIn(desk.mirror.graph, moved) ??
      say("{count, plural, one {# panel} other {# panels}}", { count: moved.length })
    if (!(await desk.submit(operations, `moved ${name}`))) takeBack()
  }, [desk, takeBack])

  const onNodesChange = useCallback(
    (all: NodeChange<CanvasNode>[]) => {
      if (useStudio.getState().instant !== undefined) return
      const changes = all.filter(isDeskChange)
      const zoom = flow.getState().transform[2]
      const held = drag.current
      const wanted = held
        ? carriedChanges(held, changes, latest.current, zoom)
        : snappedResize(changes, latest.current, zoom)
      showGuides(wanted.guides)
      setNodes((before) => applyNodeChanges(wanted.changes, before))
      const settled = changes.some((change) =>
        change.type === "position" ? !change.dragging : change.type === "dimensions" && change.resizing === false,
      )
      if (!settled) return
      showGuides([])
      drag.current = undefined
      clearTimeout(timer.current)
      if (held?.copies) {
        copy(held.moved, wanted.frames)
        timer.current = setTimeout(takeBack, 0)
        return
      }
      const dropped = latest.current.some((node) => !atRest(node))
      timer.current = setTimeout(settle, dropped ? 0 : SETTLE_MS)
    },
    [settle, takeBack, copy, flow],
  )

  const onNodeDragStart = useCallback<OnNodeDrag>(
    ({ altKey, ctrlKey, metaKey }, lead, dragged) => {
      const moved = movedWith(
        desk.mirror.graph,
        dragged.map(({ id }) => id),
      )
      const start = new Map(latest.current.map((node) => [node.id, frameOf(node)]))
      drag.current = { lead: lead.id, moved, start, copies: altKey, free: ctrlKey || metaKey }
    },
    [desk],
  )
  const onNodeDrag = useCallback<OnNodeDrag>(({ altKey, ctrlKey, metaKey }) => {
    const held = drag.current
    if (held) drag.current = { ...held, free: ctrlKey || metaKey || (altKey && !held.copies) }
  }, [])

  const onSelectionChange = useCallback(
    ({ nodes: chosen }: { nodes: { id: string }[] }) => {
      // React Flow begins without nodes and says so; that is nobody's choice, and what was chosen elsewhere stays chosen.
      const begins = !begun.current && chosen.length === 0
      begun.current = true
      if (begins) return
      const before = useStudio.getState().selection
      studio.select(
        chosenWithGroups(
          desk.mirror.graph.panels(),
          before,
          chosen.map(({ id }) => id),
        ),
      )
    },
    [desk],
  )

  const where = useCallback<Hand["where"]>(
    (ids) => new Map(latest.current.filter(({ id }) => ids.includes(id)).map((node) => [node.id, frameOf(node)])),
    [],
  )
  const hold = useCallback<Hand["hold"]>((frames) => {
    clearTimeout(timer.current)
    latest.current = latest.current.map((node) => heldAt(node, frames.get(node.id)))
    setNodes((before) => before.map((node) => heldAt(node, frames.get(node.id))))
  }, [])
  const drop = useCallback<Hand["drop"]>(
    (when = "now") => {
      clearTimeout(timer.current)
      const release = () => {
        latest.current = latest.current.map(letGo)
        setNodes((before) => before.map(letGo))
        settle()
      }
      if (when === "at once") release()
      else timer.current = setTimeout(release, when === "now" ? 0 : SETTLE_MS)
    },
    [settle],
  )
  return { nodes, onNodesChange, onNodeDragStart, onNodeDrag, onSelectionChange, where, hold, drop }
}

export function isPanelNode(node: DeskNode): node is PanelNode {
  return node.type === "panel"
}

function isSectionNode(node: DeskNode): node is SectionNode {
  return node.type === "section"
}

function isDeskChange(change: NodeChange<CanvasNode>): change is NodeChange<DeskNode> {
  return !("item" in change) || change.item.type === "panel" || change.item.type === "section"
}

function atRest(node: DeskNode): boolean {
  return !node.dragging && !node.resizing
}

/** A node that is held stays where it is held, whatever the graph says meanwhile. */
function heldAt<Node extends DeskNode>(node: Node, frame: Frame | undefined): Node {
  if (!frame) return node
  return { ...node, position: { x: frame.x, y: frame.y }, width: frame.w, height: frame.h, resizing: true }
}

function letGo<Node extends DeskNode>(node: Node): Node {
  return atRest(node) ? node : { ...node, dragging: false, resizing: false }
}

/** The ids of panels that this person may not change, in one text, so that it paints only when they are others. */
function useFixed(panels: readonly PanelEntity[]): string {
  const { mirror, watchEntities } = useDesk()
  return useSyncExternalStore(watchEntities, () =>
    panels.flatMap(({ id }) => (mirror.levelOf(id) === "change" ? [] : [id])).join(" "),
  )
}
