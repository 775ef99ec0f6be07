import type { ReactNode } from "react"
import { format } from "../../expression/format.ts"
import type { ComponentProps } from "../component.ts"

export function Metric({ props, root }: ComponentProps): ReactNode {
  const pattern = props.text("format")
  const raw = props.raw("value")
  const value = pattern === "" && typeof raw !== "number" ? props.text("value") : format(raw, pattern || undefined)
  const unit = props.text("unit")
  const change = props.number("change")
  return (
    <dl {...root} className="nx-metric" data-tone={props.choice("tone")}>
      <dt className="nx-metric-label">{props.text("label")}</dt>
      <dd className="nx-metric-value">
        {value === "" ? "–" : value}
        {unit && <span className="nx-metric-unit">{unit}</span>}
        {change !== undefined && change !== 0 && (
          <span className="nx-metric-change" data-direction={change > 0 ? "up" : "down"}>
            {change > 0 ? "+" : "−"}
            {format(Math.abs(change), pattern || undefined)}
          </span>
        )}
      </dd>
    </dl>
  )
}
