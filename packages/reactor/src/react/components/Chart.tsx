import { type ReactNode, useId } from "react"
import { ChartDrawing } from "../ChartDrawing.tsx"
import { chartDataOf } from "../chart-data.ts"
import type { ComponentProps } from "../component.ts"
import { useWidth } from "../use-width.ts"

/** A drawing of data, with the same data as a table for whoever cannot see it. */
export function Chart({ props, root }: ComponentProps): ReactNode {
  const caption = useId()
  const { box, width } = useWidth()
  const data = chartDataOf(props.list("data"), props.text("x"), props.raw("y"))
  const label = props.text("label")
  const empty = data.labels.length === 0 || data.series.length === 0
  return (
    <figure {...root} className="nx-chart" aria-labelledby={label === "" ? undefined : caption}>
      {label !== "" && (
        <figcaption className="nx-label" id={caption}>
          {label}
        </figcaption>
      )}
      <div ref={box}>
        {empty ? (
          <p className="nx-muted">Nothing to draw yet</p>
        ) : (
          <ChartDrawing
            data={data}
            type={props.choice("type")}
            width={width ?? 480}
            height={Math.max(80, props.number("height") ?? 200)}
          />
        )}
      </div>
      {data.series.length > 1 && (
        <ul className="nx-legend" aria-hidden="true">
          {data.series.map((series, index) => (
            <li key={series.name} style={{ color: colourOf(index) }}>
              <span>{series.name}</span>
            </li>
          ))}
        </ul>
      )}
      {!empty && (
        <table className="nx-hidden">
          <caption>{label || "Chart"}</caption>
          <thead>
            <tr>
              <th scope="col">{props.text("x") || "Position"}</th>
              {data.series.map((series) => (
                <th key={series.name} scope="col">
                  {series.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.labels.map((place, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a place has no identity but its position
              <tr key={index}>
                <th scope="row">{place}</th>
                {data.series.map((series) => (
                  <td key={series.name}>{series.values[index] ?? "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </figure>
  )
}

function colourOf(index: number): string {
  return `var(--_chart-${(index % 8) + 1})`
}
