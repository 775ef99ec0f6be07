import type { PanelEntity, Section } from "@nexus/protocol"
import { placingOf } from "@nexus/protocol"
import {
  type Node,
  type NodeProps,
  type NodeTypes,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from "@xyflow/react"
import { Maximize, Minus, Plus } from "lucide-react"
import { memo, useEffect, useMemo, useRef } from "react"
import { Ground } from "../canvas/Ground.tsx"
import { say } from "../words/say.ts"
import type { Body } from "./shown.ts"
import "@xyflow/react/dist/base.css"

interface EmbedCanvasProps {
  readonly panels: readonly PanelEntity[]
  readonly sections: readonly Section[]
  readonly Body: Body
}

type SheetNode = Node<{ readonly panel: PanelEntity; readonly Body: Body }, "sheet">
type AreaNode = Node<{ readonly name: string }, "area">

const NODE_TYPES: NodeTypes = { sheet: memo(Sheet), area: memo(Area) }
/** Beyond this many panels only those on screen are mounted. */
const MOUNT_ALL = 40
const FIT = { padding: 0.06, maxZoom: 1 } as const

/**
 * The canvas to look at: moved by dragging, zoomed by a pinch or a button. The wheel stays with the page around it, which
 * somebody reads past; taking it, as the studio does, was refused.
 */
export default function EmbedCanvas(props: EmbedCanvasProps) {
  return (
    <ReactFlowProvider>
      <Desk {...props} />
    </ReactFlowProvider>
  )
}

function Desk({ panels, sections, Body }: EmbedCanvasProps) {
  const nodes = useMemo(
    () => [...sections.map(areaNode), ...panels.map((panel) => sheetNode(panel, Body))],
    [panels, sections, Body],
  )
  const moved = useRef(false)
  return (
    <ReactFlow<SheetNode | AreaNode>
      aria-label={say("Canvas")}
      className="nx-desk"
      nodes={nodes}
      nodeTypes={NODE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      elementsSelectable={false}
      zoomOnScroll={false}
      preventScrolling={false}
      zoomOnDoubleClick={false}
      minZoom={0.05}
      maxZoom={2}
      fitView
      fitViewOptions={FIT}
      onlyRenderVisibleElements={nodes.length > MOUNT_ALL}
      onMoveStart={(event) => {
        moved.current ||= event !== null
      }}
      proOptions={{ hideAttribution: true }}
    >
      <Ground />
      <KeepInView moved={moved} />
      <Zoom />
    </ReactFlow>
  )
}

/** A frame that gets another size shows everything again, until a hand has taken hold of the canvas. */
function KeepInView({ moved }: { readonly moved: { readonly current: boolean } }) {
  const { fitView } = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  useEffect(() => {
    if (!moved.current && width > 0 && height > 0) void fitView(FIT)
  }, [fitView, moved, width, height])
  return null
}

function Zoom() {
  const flow = useReactFlow()
  const look = "grid size-7 place-items-center rounded-control text-soft hover:bg-hover hover:text-ink"
  return (
    <Panel position="bottom-right" className="flex rounded-control border border-line bg-raised p-0.5 shadow-lifted">
      <button type="button" aria-label={say("Zoom out")} className={look} onClick={() => flow.zoomOut()}>
        <Minus size={14} />
      </button>
      <button type="button" aria-label={say("Zoom in")} className={look} onClick={() => flow.zoomIn()}>
        <Plus size={14} />
      </button>
      <button type="button" aria-label={say("Fit everything")} className={look} onClick={() => flow.fitView(FIT)}>
        <Maximize size={13} />
      </button>
    </Panel>
  )
}

function Sheet({ data: { panel, Body } }: NodeProps<SheetNode>) {
  const { title } = panel.properties
  return (
    <section aria-label={title} className="nx-sheet">
      <header className="nx-sheet-bar cursor-[inherit]">
        <h3 className="min-w-0 flex-1 truncate font-medium text-13">{title}</h3>
      </header>
      <div className="nx-sheet-body nodrag nopan">
        <Body panel={panel} />
      </div>
    </section>
  )
}

function Area({ data: { name } }: NodeProps<AreaNode>) {
  return (
    <section aria-label={name} className="nx-section">
      <header className="nx-section-bar cursor-[inherit]">
        <h3 className="min-w-0 truncate font-medium text-14">{name}</h3>
      </header>
    </section>
  )
}

function sheetNode(panel: PanelEntity, Body: Body): SheetNode {
  const { frame } = panel.properties
  return {
    id: panel.id,
    type: "sheet",
    data: { panel, Body },
    position: { x: frame.x, y: frame.y },
    width: frame.w,
    height: frame.h,
    zIndex: placingOf(panel).z,
  }
}

function areaNode({ id, name, frame }: Section): AreaNode {
  return {
    id,
    type: "area",
    data: { name },
    position: { x: frame.x, y: frame.y },
    width: frame.w,
    height: frame.h,
    zIndex: -1,
    className: "nx-section-node",
  }
}
