import { memo, type ReactNode } from "react"
import { textWidth } from "./axes.ts"
import type { Frame, Mark, Plot, Stop } from "./plot.ts"
import { patternId } from "./SeriesMark.tsx"
import { colourOf, dashOf, symbolOf } from "./series-look.ts"

export interface PlotMarksProps {
  readonly plot: Plot
  /** What the ids of the patterns begin with. */
  readonly id: string
  readonly stop: number
}

/** A plot as SVG. */
export function PlotMarks({ plot, id, stop }: PlotMarksProps): ReactNode {
  const lit = plot.stops[stop]
  const behind = plot.perRow === undefined
  return (
    <>
      {plot.frame && <Axes frame={plot.frame} width={plot.width} />}
      {lit?.box && behind && <rect className="nx-lit" {...lit.box} rx={4} />}
      {lit && plot.frame && behind && !lit.box && (
        <line className="nx-hair" x1={lit.x} x2={lit.x} y1={plot.frame.top} y2={plot.frame.bottom} />
      )}
      <Marks plot={plot} id={id} stop={plot.frame ? -1 : stop} />
      {lit?.box && !behind && <rect className="nx-lit-cell" {...lit.box} rx={2} />}
      {lit && <Dots stop={lit} />}
    </>
  )
}

/** Painted again for another plot, and for another stop only where one dims the rest: a pointer moves often. */
const Marks = memo(function Marks({ plot, id, stop }: PlotMarksProps): ReactNode {
  return plot.marks.map((mark, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a mark has no identity but its position
    <PlotMark key={index} mark={mark} plot={plot} id={id} stop={stop} />
  ))
})

function Axes({ frame, width }: { readonly frame: Frame; readonly width: number }): ReactNode {
  const { left, right, top, bottom } = frame
  return (
    <>
      {frame.up.map(({ at, text }) => (
        <g key={`${at} ${text}`} className="nx-tick">
          {frame.grid !== "none" && (
            <line x1={left} x2={right} y1={at} y2={at} data-zero={at === frame.zero || undefined} />
          )}
          <text x={left - 8} y={at} dy="0.32em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {frame.across.map(({ at, text }) => (
        <g key={`${at} ${text}`} className="nx-tick">
          {frame.grid === "both" && <line x1={at} x2={at} y1={top} y2={bottom} />}
          <text x={Math.min(at, width - textWidth([text]) / 2)} y={bottom + 17} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
    </>
  )
}

function PlotMark({ mark, plot, id, stop }: PlotMarksProps & { readonly mark: Mark }): ReactNode {
  switch (mark.kind) {
    case "line":
      return (
        <path
          className="nx-line"
          d={mark.path}
          strokeDasharray={dashOf(mark.series)}
          style={{ color: colourOf(mark.series) }}
        />
      )
    case "area":
      return <path className="nx-area" d={mark.path} style={{ color: colourOf(mark.series) }} />
    case "dot":
      return (
        <path
          className="nx-dot"
          d={symbolOf(mark.series, mark.small)}
          transform={`translate(${mark.x} ${mark.y})`}
          style={{ color: colourOf(mark.series) }}
        />
      )
    case "bar":
      return (
        <rect
          className="nx-bar"
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          rx={Math.min(2, mark.width / 4)}
          fill={`url(#${patternId(id, mark.series)})`}
        />
      )
    case "slice":
      return (
        <path
          className="nx-slice"
          d={mark.path}
          transform={`translate(${plot.width / 2} ${plot.height / 2})`}
          fill={`url(#${patternId(id, mark.series)})`}
          data-quiet={(stop >= 0 && mark.stop !== stop) || undefined}
        />
      )
    case "cell": {
      const shade = `color-mix(in oklab, var(--_heat) ${Math.round(8 + mark.share * 62)}%, var(--_surface))`
      return (
        <g className="nx-heat">
          <rect x={mark.x} y={mark.y} width={mark.width} height={mark.height} rx={2} style={{ fill: shade }} />
          {mark.text !== "" && (
            <text x={mark.x + mark.width / 2} y={mark.y + mark.height / 2} dy="0.34em" textAnchor="middle">
              {mark.text}
            </text>
          )}
        </g>
      )
    }
    case "text":
      return (
        <text className="nx-plot-text" data-large={mark.large} x={mark.x} y={mark.y} dy="0.34em" textAnchor="middle">
          {mark.text}
        </text>
      )
    default:
      return mark satisfies never
  }
}

/** Rings around the values of a stop. */
function Dots({ stop }: { readonly stop: Stop }): ReactNode {
  if (stop.box) return null
  return stop.rows.map(({ name, series, y }) =>
    series === undefined || y === undefined ? null : (
      <circle key={name} className="nx-ring" cx={stop.x} cy={y} r={6} style={{ color: colourOf(series) }} />
    ),
  )
}
