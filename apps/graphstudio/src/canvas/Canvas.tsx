import { MiniMap, type NodeTypes, ReactFlow, SelectionMode, type Viewport } from "@xyflow/react"
import { useCallback, useMemo, useState } from "react"
import { CommentLayer, PastLayer } from "../comments/CommentLayer.tsx"
import { useMap } from "../phone/use-map.ts"
import { usePast } from "../timeline/use-past.ts"
import { onDemand } from "../ui/on-demand.tsx"
import { useDesk, useMayEdit, usePanels } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { useGuides } from "./arrange/guides.ts"
import { useNudge } from "./arrange/use-nudge.ts"
import { CanvasControls } from "./CanvasControls.tsx"
import { useClipboard } from "./clipboard/use-clipboard.ts"
import type { CanvasNode } from "./desk-node.ts"
import { useDrop } from "./drop/use-drop.ts"
import { FIT } from "./fit.ts"
import { Ground } from "./Ground.tsx"
import { PanelSheet } from "./PanelSheet.tsx"
import { GhostSheet, PastSheet } from "./PastSheet.tsx"
import { toPastNodes } from "./past-nodes.ts"
import { SectionArea } from "./sections/SectionArea.tsx"
import { useClearance } from "./use-clearance.ts"
import { useDeskNodes } from "./use-desk-nodes.ts"
import { usePinch } from "./use-pinch.ts"
import { useCompany, usePresence } from "./use-presence.ts"
import { useReveal } from "./use-reveal.ts"
import { useScrollAsPan } from "./use-scroll-as-pan.ts"
import { useTablePaste } from "./use-table-paste.ts"
import { useTouch } from "./use-touch.ts"
import { readViewport, writeViewport } from "./viewport-memory.ts"
import { useAllAwake } from "./wake/all-awake.ts"
import { LIVE_ALL, MOUNT_ALL } from "./wake/use-life.ts"
import "@xyflow/react/dist/base.css"
import { say } from "../words/say.ts"

const Company = onDemand(() => import("./Company.tsx"))
const GuideLines = onDemand(() => import("./arrange/GuideLines.tsx"))
const SelectionTools = onDemand(() => import("./arrange/SelectionTools.tsx"))
const ReadLines = onDemand(() => import("./reads/ReadLines.tsx"))
const DropHint = onDemand(() => import("./drop/DropHint.tsx"))
const EmptyCanvas = onDemand(() => import("./EmptyCanvas.tsx"))
const NODE_TYPES: NodeTypes = { panel: PanelSheet, section: SectionArea, past: PastSheet, ghost: GhostSheet }
const TOGGLE_KEYS = ["Shift", "Control", "Meta"]
const MIDDLE_BUTTON = [1]
const openFromMap = (_: unknown, { id, type }: CanvasNode) => {
  if (type === "panel" || type === "past") studio.set({ filling: id })
}
/**
 * The desk with its sheets. A press on the empty desk and a drag draws a box that chooses, as in Figma and tldraw; Space,
 * the middle button, the wheel and two fingers move the desk, and so does one finger where there is no mouse.
 */
export function Canvas() {
  const desk = useDesk()
  const panels = usePanels()
  const editable = useMayEdit()
  const minimap = useStudio((state) => state.minimap)
  const [viewport] = useState(() => readViewport(desk.workspace))
  const { nodes, onNodesChange, onNodeDragStart, onNodeDrag, onSelectionChange, where, hold, drop } = useDeskNodes()
  const hand = useMemo(() => ({ where, hold, drop }), [where, hold, drop])
  const several = useStudio(({ selection }) => selection.length > 1)
  const dragging = useGuides(({ guides }) => guides.length > 0)
  const then = usePast()
  const past = useMemo(() => then && toPastNodes(then, panels), [then, panels])
  const atNow = useStudio((state) => state.instant === undefined)
  const company = useCompany()
  useTablePaste()
  const touch = useTouch()
  const map = useMap()
  const reads = useStudio((state) => state.reads)
  const presenting = useStudio((state) => state.presenting)
  const all = useAllAwake((state) => state.all)
  const { dragged, ...dropping } = useDrop()
  usePresence()
  useReveal()
  useClearance()
  useNudge(hand)
  useScrollAsPan()
  usePinch()
  useClipboard()

  const onMoveEnd = useCallback((_: unknown, at: Viewport) => writeViewport(desk.workspace, at), [desk])

  return (
    <ReactFlow<CanvasNode>
      aria-label={say("Canvas")}
      className={nodes.length > LIVE_ALL ? "nx-desk nx-many" : "nx-desk"}
      nodes={past ?? nodes}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      onNodeDragStart={onNodeDragStart}
      onNodeDrag={onNodeDrag}
      onSelectionChange={onSelectionChange}
      onMoveEnd={onMoveEnd}
      {...(map ? { onNodeClick: openFromMap } : {})}
      {...dropping}
      nodesDraggable={editable && atNow && !map}
      elementsSelectable={atNow}
      nodesConnectable={false}
      deleteKeyCode={null}
      multiSelectionKeyCode={TOGGLE_KEYS}
      selectionOnDrag={!touch}
      selectionMode={SelectionMode.Partial}
      panOnDrag={touch ? true : MIDDLE_BUTTON}
      elevateNodesOnSelect={false}
      selectNodesOnDrag
      panOnScroll
      zoomOnDoubleClick={false}
      minZoom={0.1}
      maxZoom={2}
      onlyRenderVisibleElements={nodes.length > MOUNT_ALL && !all}
      {...(viewport ? { defaultViewport: viewport } : { fitView: true, fitViewOptions: FIT })}
      proOptions={{ hideAttribution: true }}
    >
      <Ground />
      {minimap && !presenting ? (
        <MiniMap
          ariaLabel={say("Minimap")}
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
      {presenting ? null : <CanvasControls />}
      {dragging ? <GuideLines /> : null}
      {several && atNow && !presenting ? <SelectionTools hand={hand} /> : null}
      {reads ? <ReadLines then={then?.graph} /> : null}
      {dragged ? <DropHint dragged={dragged} /> : null}
      {nodes.length === 0 ? <EmptyCanvas /> : null}
      {company && atNow ? <Company /> : null}
      {atNow ? <CommentLayer /> : null}
      {then && !atNow ? <PastLayer graph={then.graph} /> : null}
    </ReactFlow>
  )
}
