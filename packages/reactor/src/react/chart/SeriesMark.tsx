import type { ReactNode } from "react"
import { colourOf, dashOf, PATTERNS, symbolOf } from "./series-look.ts"

/** The patterns that grounds of series are filled with, by `patternId`. */
export function Patterns({ id, series }: { readonly id: string; readonly series: readonly number[] }): ReactNode {
  return (
    <defs>
      {[...new Set(series.map((position) => position % PATTERNS.length))].map((position) => (
        <pattern
          key={position}
          id={patternId(id, position)}
          width={8}
          height={8}
          patternUnits="userSpaceOnUse"
          style={{ color: colourOf(position) }}
        >
          <rect width={8} height={8} fill="currentcolor" />
          <path className="nx-pattern" d={PATTERNS[position]} />
        </pattern>
      ))}
    </defs>
  )
}

export function patternId(id: string, series: number): string {
  return `${id}-pattern-${series % PATTERNS.length}`
}

/** A series as the legend and the tooltip show it: as it is drawn, small. */
export function SeriesMark({
  id,
  type,
  series,
}: {
  readonly id: string
  readonly type: string
  readonly series: number
}): ReactNode {
  const drawn = type === "line" || type === "area" || type === "scatter"
  return (
    <svg
      className="nx-series-mark"
      viewBox="0 0 16 12"
      width={16}
      height={12}
      aria-hidden="true"
      style={{ color: colourOf(series) }}
    >
      {drawn ? (
        <>
          {type !== "scatter" && <path className="nx-line" d="M0 6 H16" strokeDasharray={dashOf(series)} />}
          <path d={symbolOf(series, true)} transform="translate(8 6)" fill="currentcolor" />
        </>
      ) : (
        <rect x={2} width={12} height={12} rx={2} fill={`url(#${patternId(id, series)})`} />
      )}
    </svg>
  )
}
