import { Panel, useReactFlow, useStore } from "@xyflow/react"
import { Map as MapIcon, Maximize, Minus, Plus } from "lucide-react"
import { IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { useInsets } from "../ui/insets.ts"
import { say } from "../words/say.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { FIT } from "./fit.ts"

/** Zoom, fit and minimap, at the bottom, in the middle of what drawers leave of the canvas. */
export function CanvasControls() {
  const flow = useReactFlow()
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100))
  const minimap = useStudio((state) => state.minimap)
  const empty = useStore(({ nodes }) => nodes.length === 0)
  const aside = useInsets(({ left, right }) => (left - right) / 2)
  return (
    <Panel
      position="bottom-center"
      style={{ left: `calc(50% + ${aside}px)` }}
      // On an empty desk of a phone they would lie over the ways to begin.
      className={classNames(
        "flex items-center rounded-sheet border border-line bg-raised p-1 shadow-lifted",
        empty && "phone:hidden",
      )}
    >
      <IconButton
        side="top"
        label={say("Zoom out")}
        shortcut="-"
        icon={<Minus size={16} />}
        onClick={() => flow.zoomOut()}
      />
      <button
        type="button"
        aria-label={say("Zoom {percent}%, back to 100%", { percent })}
        onClick={() => flow.zoomTo(1, { duration: 160 })}
        className="tabular h-8 w-12 rounded-control text-12 text-soft hover:bg-hover"
      >
        {percent}%
      </button>
      <IconButton
        side="top"
        label={say("Zoom in")}
        shortcut="+"
        icon={<Plus size={16} />}
        onClick={() => flow.zoomIn()}
      />
      <IconButton
        side="top"
        label={say("Fit everything")}
        shortcut="1"
        icon={<Maximize size={15} />}
        onClick={() => flow.fitView({ ...FIT, duration: 200 })}
      />
      <IconButton
        side="top"
        label={say("Minimap")}
        shortcut="M"
        pressed={minimap}
        icon={<MapIcon size={15} />}
        onClick={() => studio.set({ minimap: !minimap })}
      />
    </Panel>
  )
}
