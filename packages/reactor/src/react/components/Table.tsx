import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"
import { OnDemand, Skeleton } from "../on-demand.tsx"
import { TablePart } from "../table/part.ts"

const ROW_HEIGHT = 37

/** Rows of objects in columns; the table itself is loaded when the first one is painted. */
export function Table(component: ComponentProps): ReactNode {
  const { props, root } = component
  const most = props.number("page") || props.number("limit") || Number.POSITIVE_INFINITY
  const rows = Math.max(1, Math.min(props.list("rows").length, most))
  const height = Math.min(props.number("height") ?? 480, (rows + 1) * ROW_HEIGHT)
  return (
    <div {...root} className="nx-table">
      <OnDemand part={TablePart} props={component} fallback={<Skeleton height={height} />} />
    </div>
  )
}
