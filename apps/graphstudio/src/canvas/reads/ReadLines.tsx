import type { Graph } from "@nexus/protocol"
import { getBezierPath, Position, useStore, ViewportPortal } from "@xyflow/react"
import { useMemo, useRef, useState, useSyncExternalStore } from "react"
import { useShallow } from "zustand/react/shallow"
import { say } from "../../words/say.ts"
import { useDesk } from "../../workspace/desk-context.ts"
import { type Link, linksOf } from "./links.ts"

interface ReadLinesProps {
  /** The workspace of another instant; absent: as it is now. */
  readonly then: Graph | undefined
}

/** Lines from the panels whose values are read to those who read them. They follow a panel in the hand. */
export default function ReadLines({ then }: ReadLinesProps) {
  const now = useLinks()
  const { mirror } = useDesk()
  const links = useMemo(() => (then ? linksOf(then) : now), [then, now])
  const graph = then ?? mirror.graph
  const [looked, setLooked] = useState<string>()
  const places = useStore(
    useShallow(({ nodeLookup }) =>
      links.flatMap(({ from, to }) =>
        [from, to].flatMap((id) => {
          const node = nodeLookup.get(id)
          const { x, y } = node?.internals.positionAbsolute ?? { x: 0, y: 0 }
          return node ? [x, y, node.width ?? 0, node.height ?? 0] : [0, 0, 0, 0]
        }),
      ),
    ),
  )
  const titleOf = (id: string) => graph.panel(id)?.properties.title ?? id
  const drawn = links.map((link, index) => ({ link, ...drawnAs(places.slice(index * 8, index * 8 + 8)) }))
  const shown = drawn.find(({ link }) => keyOf(link) === looked)
  return (
    <ViewportPortal>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: each line has a name of its own, and a title would cover it */}
      <svg className="nx-reads" width="1" height="1">
        <defs>
          <marker
            id="nx-reads-end"
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M1 1 L9 5 L1 9" className="nx-reads-head" />
          </marker>
        </defs>
        {drawn.map(({ link, path }) => (
          // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a line is a picture that also tells keys what is read
          <g
            key={keyOf(link)}
            role="img"
            tabIndex={0}
            aria-label={inWords(link, titleOf)}
            data-looked={keyOf(link) === looked || undefined}
            onPointerEnter={() => setLooked(keyOf(link))}
            onPointerLeave={() => setLooked(undefined)}
            onFocus={() => setLooked(keyOf(link))}
            onBlur={() => setLooked(undefined)}
          >
            <path d={path} className="nx-reads-reach" />
            <path d={path} className="nx-reads-line" markerEnd="url(#nx-reads-end)" />
          </g>
        ))}
      </svg>
      {shown ? (
        <span
          role="tooltip"
          className="nx-reads-words rounded-control border border-line bg-raised px-2 py-1 text-12 shadow-lifted"
          style={{ transform: `translate(-50%, -50%) translate(${shown.x}px, ${shown.y}px)` }}
        >
          {inWords(shown.link, titleOf)}
        </span>
      ) : null}
    </ViewportPortal>
  )
}

function keyOf({ from, to }: Link): string {
  return `${from} ${to}`
}

function inWords({ from, to, names, shows }: Link, titleOf: (id: string) => string): string {
  const [reader, owner] = [titleOf(to), titleOf(from)]
  if (names.length === 0) return say("{reader} shows {owner}", { reader, owner })
  const read = names.join(", ")
  return shows
    ? say("{reader} shows {owner} and reads {names}", { reader, owner, names: read })
    : say("{reader} reads {names} of {owner}", { reader, owner, names: read })
}

/** From the side of the first frame that looks at the second, to the side of the second that looks back. */
function drawnAs([x1 = 0, y1 = 0, w1 = 0, h1 = 0, x2 = 0, y2 = 0, w2 = 0, h2 = 0]: readonly number[]) {
  const across = Math.abs(x2 + w2 / 2 - x1 - w1 / 2) > Math.abs(y2 + h2 / 2 - y1 - h1 / 2)
  const ahead = across ? x2 >= x1 : y2 >= y1
  const [out, into] = across
    ? [ahead ? Position.Right : Position.Left, ahead ? Position.Left : Position.Right]
    : [ahead ? Position.Bottom : Position.Top, ahead ? Position.Top : Position.Bottom]
  const [sourceX, sourceY] = sideOf(x1, y1, w1, h1, out)
  const [targetX, targetY] = sideOf(x2, y2, w2, h2, into)
  const [path, x, y] = getBezierPath({ sourceX, sourceY, sourcePosition: out, targetX, targetY, targetPosition: into })
  return { path, x, y }
}

function sideOf(x: number, y: number, w: number, h: number, side: Position): readonly [number, number] {
  if (side === Position.Left) return [x, y + h / 2]
  if (side === Position.Right) return [x + w, y + h / 2]
  return side === Position.Top ? [x + w / 2, y] : [x + w / 2, y + h]
}

/** The links as they are; the same list until one is another. */
function useLinks(): readonly Link[] {
  const { mirror, watchEntities } = useDesk()
  const kept = useRef<{ readonly text: string; readonly links: readonly Link[] }>({ text: "", links: [] })
  return useSyncExternalStore(watchEntities, () => {
    const links = linksOf(mirror.graph)
    const text = JSON.stringify(links)
    if (text !== kept.current.text) kept.current = { text, links }
    return kept.current.links
  })
}
