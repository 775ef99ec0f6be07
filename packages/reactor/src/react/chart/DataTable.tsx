import type { ReactNode } from "react"
import { word } from "../words.ts"
import type { ChartData } from "./chart-data.ts"

const MOST_ROWS = 500

export interface DataTableProps {
  readonly data: ChartData
  readonly label: string
  /** What the places are called. */
  readonly places: string
}

/** What a chart draws, as a table for whoever cannot see it. */
export function DataTable({ data, label, places }: DataTableProps): ReactNode {
  const { labels, series } = data
  const shown = labels.slice(0, MOST_ROWS)
  const named = label || word("Chart")
  const [count, all] = [shown.length, labels.length]
  return (
    <table className="nx-hidden">
      <caption>{all > count ? word("{named}, the first {count} of {all}", { named, count, all }) : named}</caption>
      <thead>
        <tr>
          <th scope="col">{places || word("Position")}</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((place, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place has no identity but its position
          <tr key={index}>
            <th scope="row">{place}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{values[index] ?? "–"}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
