import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from "react"
import { useWidth } from "../use-width.ts"
import { word } from "../words.ts"
import { GraphPicture } from "./GraphPicture.tsx"
import type { GraphData, GraphNode } from "./graph-data.ts"
import { layoutGraph, type PlacedGraph } from "./graph-layout.ts"
import { useDragToScroll, useZoom } from "./use-zoom.ts"

export interface GraphDrawingProps {
  readonly data: GraphData
  readonly relations: ReadonlyMap<string, string>
  readonly direction: string
  /** Height of the box in pixels; absent: as high as the picture, up to a bound. */
  readonly height: number | undefined
  readonly label: string
  /** The node that is looked at: it is marked, and where not all fits it comes to the middle. */
  readonly middle?: string | undefined
  readonly onSelect: ((node: GraphNode) => void) | undefined
}

const HIGHEST = 480

/** A graph with one node in the order of Tab; the arrow keys lead to the others in reading order. */
export function GraphDrawing({
  data,
  relations,
  direction,
  height,
  label,
  middle,
  onSelect,
}: GraphDrawingProps): ReactNode {
  const id = useId()
  const placed = useMemo(() => layoutGraph(data, direction), [data, direction])
  const { box, width } = useWidth()
  const zoom = useZoom(placed, { width, height })
  const drag = useDragToScroll()
  const picture = useRef<SVGSVGElement>(null)
  const [active, setActive] = useState(0)
  const [lit, setLit] = useState<string>()
  const [chosen, setChosen] = useState<string>()
  const last = placed.nodes.length - 1
  const measured = width !== undefined
  const looked = placed.nodes.find(({ node }) => node.id === middle)
  const start = looked ?? placed.nodes[0]
  const began = useRef<{ readonly placed: PlacedGraph; readonly at: string | undefined }>(undefined)
  useLayoutEffect(() => {
    // A picture wider than its box begins where its first node is, once; then it stays where the viewer scrolls.
    if (!box.current || width === undefined || !start) return
    if (began.current?.placed === placed && began.current.at === looked?.node.id) return
    began.current = { placed, at: looked?.node.id }
    box.current.scrollLeft = start.x * zoom.scale - width / 2
    if (looked) box.current.scrollTop = looked.y * zoom.scale - box.current.clientHeight / 2
  }, [placed, width, start, looked, zoom.scale, box])

  const choose = (index: number) => {
    const found = placed.nodes[index]
    if (!found || !onSelect) return
    setActive(index)
    setChosen(found.node.id)
    onSelect(found.node)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const zoomed = { "+": zoom.larger, "=": zoom.larger, "-": zoom.smaller, "0": zoom.fit }[event.key]
    if (zoomed && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      zoomed()
      return
    }
    if (event.target instanceof HTMLElement) return
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      choose(active)
      return
    }
    const next = nextNode(event.key, active, last)
    if (next === undefined) return
    event.preventDefault()
    setActive(next)
    picture.current?.querySelector<SVGElement>(`[data-node="${next}"]`)?.focus()
  }
  const natural = Math.min(HIGHEST, Math.ceil(placed.height * zoom.scale))
  return (
    <div className="nx-graph-frame">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys come from the nodes inside, dragging only scrolls */}
      <div
        ref={box}
        className="nx-graph-box"
        style={{
          height: height ?? (measured ? natural : undefined),
          maxHeight: height === undefined ? HIGHEST : undefined,
        }}
        onKeyDown={onKeyDown}
        {...drag}
      >
        <GraphPicture
          ref={picture}
          placed={placed}
          data={data}
          relations={relations}
          id={id}
          label={label}
          scale={measured ? zoom.scale : undefined}
          active={Math.min(active, last)}
          lit={lit}
          chosen={looked?.node.id ?? chosen}
          choose={onSelect ? choose : undefined}
          onLight={setLit}
        />
      </div>
      {zoom.large && (
        <div className="nx-graph-zoom">
          <button type="button" className="nx-tool" aria-label={word("Smaller")} onClick={zoom.smaller}>
            −
          </button>
          <button type="button" className="nx-tool" aria-label={word("Larger")} onClick={zoom.larger}>
            +
          </button>
          <button type="button" className="nx-tool" aria-label={word("Show the whole graph")} onClick={zoom.fit}>
            ⤢
          </button>
        </div>
      )}
    </div>
  )
}

function nextNode(key: string, active: number, last: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(active + 1, last)
    case "ArrowLeft":
    case "ArrowUp":
      return Math.max(active - 1, 0)
    case "Home":
      return 0
    case "End":
      return last
    default:
      return undefined
  }
}
