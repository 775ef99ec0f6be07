import type { ListedWorkspace } from "@nexus/protocol"

interface SketchProps {
  readonly panels: ListedWorkspace["sketch"]
}

const WIDE = 320
const HIGH = 144
const AIR = 16
/** A lone panel is not drawn larger than this, so that a small workspace looks small. */
const MOST_SCALE = 0.28
const LINE = 3.2

/**
 * A workspace from afar: its panels' outlines where they lie. A picture of the page was refused: it would be of another
 * day and in the wrong colours, and hold what a panel that is narrowed for somebody must not show.
 */
export function Sketch({ panels }: SketchProps) {
  const left = Math.min(...panels.map(({ x }) => x))
  const top = Math.min(...panels.map(({ y }) => y))
  const width = Math.max(...panels.map(({ x, w }) => x + w)) - left
  const height = Math.max(...panels.map(({ y, h }) => y + h)) - top
  const scale = Math.min(MOST_SCALE, (WIDE - 2 * AIR) / Math.max(1, width), (HIGH - 2 * AIR) / Math.max(1, height))
  const [dx, dy] = [(WIDE - width * scale) / 2, (HIGH - height * scale) / 2]
  return (
    <svg viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true" className="block w-full rounded-t-sheet bg-bg">
      {panels.length === 0 ? (
        <rect
          x={WIDE / 2 - 40}
          y={HIGH / 2 - 26}
          width={80}
          height={52}
          rx={5}
          fill="none"
          stroke="var(--nx-line-strong)"
          strokeDasharray="4 4"
        />
      ) : null}
      {panels.map(({ x, y, w, h }, index) => {
        const [px, py, pw, ph] = [dx + (x - left) * scale, dy + (y - top) * scale, w * scale, h * scale]
        const lines = Math.min(4, Math.floor((ph - 12) / 9))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing of a sketch is ever moved
          <g key={index}>
            <rect x={px} y={py} width={pw} height={ph} rx={4} fill="var(--nx-surface)" stroke="var(--nx-line-strong)" />
            <rect
              x={px + 6}
              y={py + 6}
              width={Math.max(0, pw * 0.4 - 6)}
              height={LINE}
              rx={LINE / 2}
              fill={`var(--nx-chart-${(index % 8) + 1})`}
            />
            {Array.from({ length: Math.max(0, lines) }, (_, line) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={line}
                x={px + 6}
                y={py + 15 + line * 9}
                width={Math.max(0, (pw - 12) * (line % 2 === 0 ? 0.9 : 0.6))}
                height={LINE}
                rx={LINE / 2}
                fill="var(--nx-n6)"
              />
            ))}
          </g>
        )
      })}
    </svg>
  )
}
