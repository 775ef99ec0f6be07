import { type ReactNode, useId, useMemo } from "react"
import { cellDataOf, chartDataOf } from "../chart/chart-data.ts"
import { DataTable } from "../chart/DataTable.tsx"
import { ChartPart } from "../chart/part.ts"
import type { ComponentProps } from "../component.ts"
import { OnDemand, Skeleton } from "../on-demand.tsx"
import { word } from "../words.ts"

const LOWEST = 80
const LEGEND_HEIGHT = 28
const SHADES_HEIGHT = 24

/** A drawing of data, with the same data as a table for whoever cannot see it. */
export function Chart({ props, root }: ComponentProps): ReactNode {
  const caption = useId()
  const type = props.choice("type")
  const rows = props.list("data")
  const x = props.text("x")
  const y = props.raw("y")
  const value = type === "heatmap" ? props.text("value") : ""
  const data = useMemo(
    () => (value === "" ? chartDataOf(rows, x, y) : cellDataOf(rows, x, String(y ?? ""), value)),
    [rows, x, y, value],
  )
  const label = props.text("label")
  const empty = data.labels.length === 0 || data.series.length === 0
  const height = Math.max(LOWEST, props.number("height") ?? 200)
  const below = type === "heatmap" ? SHADES_HEIGHT : data.series.length > 1 || type === "pie" ? LEGEND_HEIGHT : 0
  return (
    <figure {...root} className="nx-chart" aria-labelledby={label === "" ? undefined : caption}>
      {label !== "" && (
        <figcaption className="nx-label" id={caption}>
          {label}
        </figcaption>
      )}
      {empty ? (
        <p className="nx-muted">{word("Nothing to draw yet")}</p>
      ) : (
        <>
          <OnDemand
            part={ChartPart}
            props={{ data, type, height, label, stacked: props.flag("stacked"), pattern: props.text("format") }}
            fallback={<Skeleton height={height + below} />}
          />
          <DataTable data={data} label={label} places={x} />
        </>
      )}
    </figure>
  )
}
