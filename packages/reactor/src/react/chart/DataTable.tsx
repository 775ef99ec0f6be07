import type { ReactNode } from "react"
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
  const cut = labels.length > shown.length ? `, the first ${shown.length} of ${labels.length}` : ""
  return (
    <table className="nx-hidden">
      <caption>{`${label || "Chart"}${cut}`}</caption>
      <thead>
        <tr>
          <th scope="col">{places || "Position"}</th>
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
