import { type Frame, placingOf } from "@nexus/protocol"
import { useStore, ViewportPortal } from "@xyflow/react"
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Copy,
  Group,
  LayoutGrid,
  Lock,
  LockOpen,
  Trash2,
  Ungroup,
} from "lucide-react"
import type { PointerEvent, ReactNode } from "react"
import { useShallow } from "zustand/react/shallow"
import { IconButton } from "../../ui/Button.tsx"
import { say } from "../../words/say.ts"
import { useDesk, usePanels } from "../../workspace/desk-context.ts"
import { useStudio } from "../../workspace/studio.ts"
import type { Hand } from "../use-desk-nodes.ts"
import { boundsOf } from "./align.ts"
import { scaleFrames } from "./scale.ts"
import { useArrange } from "./use-arrange.ts"

const CORNERS = ["top left", "top right", "bottom left", "bottom right"] as const
type Corner = (typeof CORNERS)[number]

interface SelectionToolsProps {
  readonly hand: Hand
}

/** Around several chosen panels: a frame whose corners resize them together, and what can be done with all of them. */
export default function SelectionTools({ hand }: SelectionToolsProps) {
  const desk = useDesk()
  const selection = useStudio((state) => state.selection)
  const panels = usePanels().filter(({ id }) => selection.includes(id))
  const frames = useStore(
    useShallow(({ nodeLookup }) =>
      panels.flatMap(({ id }) => {
        const node = nodeLookup.get(id)
        return node ? [node.position.x, node.position.y, node.width ?? 0, node.height ?? 0] : []
      }),
    ),
  )
  const zoom = useStore(({ transform }) => transform[2])
  const around = boundsOf(toFrames(frames))
  if (panels.length < 2 || !around || !panels.every(({ id }) => desk.mirror.levelOf(id) === "change")) return null
  const ids = panels.map(({ id }) => id)
  return (
    <>
      <ViewportPortal>
        <div
          className="nx-chosen"
          style={{
            transform: `translate(${around.x}px, ${around.y}px)`,
            width: around.w,
            height: around.h,
            borderWidth: 1 / zoom,
          }}
        >
          {CORNERS.map((corner) => (
            <Handle key={corner} corner={corner} ids={ids} around={around} hand={hand} />
          ))}
        </div>
      </ViewportPortal>
      <Bar
        ids={ids}
        around={around}
        locked={panels.every((panel) => placingOf(panel).locked)}
        grouped={panels.some((panel) => placingOf(panel).group !== undefined)}
      />
    </>
  )
}

function toFrames(numbers: readonly number[]): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at + 3 < numbers.length; at += 4) {
    const [x = 0, y = 0, w = 0, h = 0] = numbers.slice(at, at + 4)
    frames.push({ x, y, w, h })
  }
  return frames
}

interface HandleProps extends SelectionToolsProps {
  readonly corner: Corner
  readonly ids: readonly string[]
  readonly around: Frame
}

/** A corner that resizes all of them, seen from the opposite corner. */
function Handle({ corner, ids, around, hand }: HandleProps) {
  const desk = useDesk()
  const zoom = useStore(({ transform }) => transform[2])
  const begin = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation()
    const handle = event.currentTarget
    const origin = { x: event.clientX, y: event.clientY }
    const start = new Map(
      ids.flatMap((id) => {
        const panel = desk.mirror.graph.panel(id)
        return panel && !placingOf(panel).locked ? [[id, panel.properties.frame] as const] : []
      }),
    )
    handle.setPointerCapture(event.pointerId)
    handle.onpointermove = (move) => {
      const dx = ((move.clientX - origin.x) / zoom) * (corner.includes("left") ? -1 : 1)
      const dy = ((move.clientY - origin.y) / zoom) * (corner.includes("top") ? -1 : 1)
      hand.hold(scaleFrames(start, around, { w: around.w + dx, h: around.h + dy }, corner))
    }
    handle.onpointerup = () => {
      handle.onpointermove = null
      handle.onpointerup = null
      hand.drop()
    }
  }
  return (
    <span
      aria-hidden="true"
      data-corner={corner}
      className="nx-chosen-corner nodrag nopan"
      style={{ transform: `translate(-50%, -50%) scale(${1 / zoom})` }}
      onPointerDown={begin}
    />
  )
}

interface BarProps {
  readonly ids: readonly string[]
  readonly around: Frame
  readonly locked: boolean
  readonly grouped: boolean
}

const AIR = 12
const HEIGHT = 40

function Bar({ ids, around, locked, grouped }: BarProps) {
  const arrange = useArrange()
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const width = useStore((state) => state.width)
  const middle = (around.x + around.w / 2) * zoom + x
  const above = around.y * zoom + y - HEIGHT - AIR
  const place = {
    top: Math.max(8, above),
    left: Math.min(Math.max(middle, Math.min(264, width / 2)), Math.max(width - 264, width / 2)),
  }
  return (
    <div
      role="toolbar"
      aria-label={say("{count, plural, one {One chosen panel} other {# chosen panels}}", { count: ids.length })}
      className="nx-fade nodrag nopan absolute z-[6] flex max-w-[calc(100%-16px)] -translate-x-1/2 flex-wrap items-center gap-0.5 rounded-sheet border border-line bg-raised p-1 shadow-lifted"
      style={place}
    >
      <Tool
        label={say("Align left")}
        shortcut="Alt+A"
        icon={<AlignStartVertical size={16} />}
        run={() => arrange.align(ids, "left")}
      />
      <Tool
        label={say("Align centres")}
        shortcut="Alt+H"
        icon={<AlignCenterVertical size={16} />}
        run={() => arrange.align(ids, "centre")}
      />
      <Tool
        label={say("Align right")}
        shortcut="Alt+D"
        icon={<AlignEndVertical size={16} />}
        run={() => arrange.align(ids, "right")}
      />
      <Line />
      <Tool
        label={say("Align top")}
        shortcut="Alt+W"
        icon={<AlignStartHorizontal size={16} />}
        run={() => arrange.align(ids, "top")}
      />
      <Tool
        label={say("Align middles")}
        shortcut="Alt+V"
        icon={<AlignCenterHorizontal size={16} />}
        run={() => arrange.align(ids, "middle")}
      />
      <Tool
        label={say("Align bottom")}
        shortcut="Alt+S"
        icon={<AlignEndHorizontal size={16} />}
        run={() => arrange.align(ids, "bottom")}
      />
      <Line />
      {ids.length > 2 ? (
        <>
          <Tool
            label={say("Distribute across")}
            shortcut="Alt+Shift+H"
            icon={<AlignHorizontalDistributeCenter size={16} />}
            run={() => arrange.distribute(ids, "x")}
          />
          <Tool
            label={say("Distribute down")}
            shortcut="Alt+Shift+V"
            icon={<AlignVerticalDistributeCenter size={16} />}
            run={() => arrange.distribute(ids, "y")}
          />
        </>
      ) : null}
      <Tool label={say("Tidy up")} shortcut="Alt+T" icon={<LayoutGrid size={16} />} run={() => arrange.tidy(ids)} />
      <Line />
      {grouped ? (
        <Tool
          label={say("Ungroup")}
          shortcut="Mod+Shift+G"
          icon={<Ungroup size={16} />}
          run={() => arrange.ungroup(ids)}
        />
      ) : (
        <Tool label={say("Group")} shortcut="Mod+G" icon={<Group size={16} />} run={() => arrange.group(ids)} />
      )}
      <Tool
        label={locked ? say("Unlock") : say("Lock")}
        shortcut="Mod+Shift+L"
        icon={locked ? <LockOpen size={16} /> : <Lock size={16} />}
        run={() => arrange.lock(ids, !locked)}
      />
      <Tool label={say("Duplicate")} shortcut="Mod+D" icon={<Copy size={16} />} run={() => arrange.duplicate(ids)} />
      <Tool label={say("Delete")} shortcut="Delete" icon={<Trash2 size={16} />} run={() => arrange.remove(ids)} />
    </div>
  )
}

interface ToolProps {
  readonly label: string
  readonly shortcut: string
  readonly icon: ReactNode
  readonly run: () => void
}

function Tool({ run, ...rest }: ToolProps) {
  return <IconButton side="top" {...rest} onClick={run} />
}

function Line() {
  return <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
}
