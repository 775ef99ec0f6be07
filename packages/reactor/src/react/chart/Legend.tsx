import type { ReactNode } from "react"
import { word } from "../words.ts"
import { SeriesMark } from "./SeriesMark.tsx"

export interface LegendProps {
  readonly entries: readonly { readonly name: string; readonly series: number }[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (name: string) => void
  readonly type: string
  readonly id: string
}

/** The names of what is drawn, each a switch for it. */
export function Legend({ entries, hidden, onToggle, type, id }: LegendProps): ReactNode {
  return (
    <ul className="nx-legend" aria-label={word("Shown in the chart")}>
      {entries.map(({ name, series }) => (
        <li key={`${series} ${name}`}>
          <button type="button" aria-pressed={!hidden.has(name)} onClick={() => onToggle(name)}>
            <SeriesMark id={id} type={type} series={series} />
            <span>{name}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What the shades of a heatmap mean. */
export function Shades({ low, high }: { readonly low: string; readonly high: string }): ReactNode {
  return (
    <div className="nx-shades" aria-hidden="true">
      <span>{low}</span>
      <i />
      <span>{high}</span>
    </div>
  )
}
