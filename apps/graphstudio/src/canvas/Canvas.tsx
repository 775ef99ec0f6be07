import type { PanelEntity } from "@nexus/protocol"
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  MiniMap,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  type Viewport,
} from "@xyflow/react"
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react"
import { CommentLayer } from "../comments/CommentLayer.tsx"
import { usePast } from "../timeline/use-past.ts"
import { useDesk, useMayEdit, usePanels } from "../workspace/desk-context.ts"
import { moveFrames, panelsInWords } from "../workspace/panel-acts.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { CanvasControls } from "./CanvasControls.tsx"
import { FIT } from "./fit.ts"
import { PanelSheet } from "./PanelSheet.tsx"
import { GhostSheet, PastSheet } from "./PastSheet.tsx"
import { frameOf, type PanelNode, toPanelNodes } from "./panel-nodes.ts"
import { type GhostNode, type PastNode, toPastNodes } from "./past-nodes.ts"
import { useClearance } from "./use-clearance.ts"
import { useMakingDrop } from "./use-making-drop.ts"
import { useCompany, usePresence } from "./use-presence.ts"
import { useReveal } from "./use-reveal.ts"
import { useTablePaste } from "./use-table-paste.ts"
import { readViewport, writeViewport } from "./viewport-memory.ts"
import "@xyflow/react/dist/base.css"

const Company = lazy(() => import("./Company.tsx"))
const EmptyCanvas = lazy(() => import("./EmptyCanvas.tsx"))
const NODE_TYPES: NodeTypes = { panel: PanelSheet, past: PastSheet, ghost: GhostSheet }
/** Beyond this many panels only those on screen are mounted. */
const MOUNT_ALL = 40
/** Moving by keys is one change after the last key, not one a key; a drop by the mouse is a change at once. */
const SETTLE_MS = 250

/** The desk with its sheets. A drag lives in React Flow alone and becomes one change at the drop. */
export function Canvas() {
  const desk = useDesk()
  const panels = usePanels()
  const editable = useMayEdit()
  const selection = useStudio((state) => state.selection)
  const minimap = useStudio((state) => state.minimap)
  const [nodes, setNodes] = useState(() => toPanelNodes([], panels, selection))
  const [viewport] = useState(() => readViewport(desk.workspace))
  const latest = useRef(nodes)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const then = usePast()
  const past = useMemo(() => then && toPastNodes(then, panels), [then, panels])
  const atNow = useStudio((state) => state.instant === undefined)
  const company = useCompany()
  const making = useMakingDrop()
  useTablePaste()
  usePresence()
  useReveal()
  useClearance()

  const fixed = useFixed(panels)
  useEffect(
    () => setNodes((before) => toPanelNodes(before, panels, selection, (id) => !fixed.includes(id))),
    [panels, selection, fixed],
  )
  useEffect(() => {
    latest.current = nodes
  }, [nodes])

  const settle = useCallback(async () => {
    clearTimeout(timer.current)
    const frames = new Map(latest.current.filter(atRest).map((node) => [node.id, frameOf(node)]))
    const all = [...desk.mirror.graph.panels()]
    const operations = moveFrames(all, frames)
    if (operations.length === 0) return
    const moved = all.filter(({ id }) => operations.some((operation) => "panel" in operation && operation.panel === id))
    const done = await desk.submit(operations, `moved ${panelsInWords(moved)}`)
    if (!done)
      setNodes((before) => toPanelNodes(before, [...desk.mirror.graph.panels()], useStudio.getState().selection))
  }, [desk])

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      if (useStudio.getState().instant !== undefined) return
      setNodes((before) => applyNodeChanges(changes.filter(isPanelChange), before))
      const settled = changes.some((change) =>
        change.type === "position" ? !change.dragging : change.type === "dimensions" && change.resizing === false,
      )
      if (!settled) return
      clearTimeout(timer.current)
      const dropped = latest.current.some((node) => !atRest(node))
      timer.current = setTimeout(settle, dropped ? 0 : SETTLE_MS)
    },
    [settle],
  )
  const onSelectionChange = useCallback(
    ({ nodes: chosen }: { nodes: { id: string }[] }) => studio.select(chosen.map(({ id }) => id)),
    [],
  )
  const onMoveEnd = useCallback((_: unknown, at: Viewport) => writeViewport(desk.workspace, at), [desk])

  return (
    <ReactFlow<CanvasNode>
      aria-label="Canvas"
      className="nx-desk"
      nodes={past ?? nodes}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      onSelectionChange={onSelectionChange}
      onMoveEnd={onMoveEnd}
      {...making}
      nodesDraggable={editable && atNow}
      elementsSelectable={atNow}
      nodesConnectable={false}
      deleteKeyCode={null}
      multiSelectionKeyCode="Shift"
      selectNodesOnDrag
      panOnScroll
      zoomOnDoubleClick={false}
      minZoom={0.1}
      maxZoom={2}
      onlyRenderVisibleElements={nodes.length > MOUNT_ALL}
      {...(viewport ? { defaultViewport: viewport } : { fitView: true, fitViewOptions: FIT })}
      proOptions={{ hideAttribution: true }}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} color="var(--nx-n7)" />
      {minimap ? (
        <MiniMap
          ariaLabel="Minimap"
          pannable
          zoomable
          position="bottom-right"
          nodeColor="var(--nx-n6)"
          nodeStrokeColor="transparent"
          nodeBorderRadius={12}
          maskColor="color-mix(in oklab, var(--nx-bg) 70%, transparent)"
          bgColor="var(--nx-raised)"
        />
      ) : null}
      <CanvasControls />
      <Suspense fallback={null}>{nodes.length === 0 ? <EmptyCanvas /> : null}</Suspense>
      <Suspense fallback={null}>{company && atNow ? <Company /> : null}</Suspense>
      {atNow ? <CommentLayer /> : null}
    </ReactFlow>
  )
}

type CanvasNode = PanelNode | PastNode | GhostNode

function isPanelChange(change: NodeChange<CanvasNode>): change is NodeChange<PanelNode> {
  return !("item" in change) || change.item.type === "panel"
}

function atRest(node: PanelNode): boolean {
  return !node.dragging && !node.resizing
}

/** The ids of panels that this person may not change, in one text, so that it paints only when they are others. */
function useFixed(panels: readonly PanelEntity[]): string {
  const { mirror, watchEntities } = useDesk()
  return useSyncExternalStore(watchEntities, () =>
    panels.flatMap(({ id }) => (mirror.levelOf(id) === "change" ? [] : [id])).join(" "),
  )
}
