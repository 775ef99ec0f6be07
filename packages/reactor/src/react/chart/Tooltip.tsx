import type { ReactNode } from "react"
import { word } from "../words.ts"
import type { Plot, Stop } from "./plot.ts"
import { SeriesMark } from "./SeriesMark.tsx"

export interface TooltipProps {
  readonly plot: Plot
  readonly stop: Stop
  readonly type: string
  readonly id: string
}

/** The values of a stop beside it, on the side where there is more room. */
export function Tooltip({ plot, stop, type, id }: TooltipProps): ReactNode {
  const side = stop.x > plot.width / 2 ? "left" : "right"
  return (
    <div
      className="nx-tooltip"
      aria-hidden="true"
      data-side={side}
      style={{ left: stop.x, top: Math.max(16, Math.min(stop.y, plot.height - 24)) }}
    >
      <strong>{stop.title}</strong>
      {stop.rows.map(({ series, name, text }) => (
        <div key={name} className="nx-tooltip-row">
          {series !== undefined && <SeriesMark id={id} type={type} series={series} />}
          {name !== "" && name !== stop.title && <span>{name}</span>}
          <b>{text}</b>
        </div>
      ))}
    </div>
  )
}

/** A stop in words, for a screen reader. */
export function stopWords({ title, rows }: Stop): string {
  const parts = rows.map(({ name, text }) => (name === "" || name === title ? text : `${name} ${text}`))
  return `${title}: ${parts.join(", ") || word("no value")}`
}
