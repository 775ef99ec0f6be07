import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"
import { OnDemand, Skeleton } from "../on-demand.tsx"
import { TablePart } from "../table/part.ts"

const ROW = 37
const HEAD = 33
const BAR = 24
const BAR_WITH_FILTER = 32
const FOOT = 36

/** Rows of objects in columns; the table itself is loaded when the first one is painted. */
export function Table(component: ComponentProps): ReactNode {
  const { root } = component
  return (
    <div {...root} className="nx-table">
      <OnDemand part={TablePart} props={component} fallback={<Skeleton height={heightOf(component)} />} />
    </div>
  )
}

/** How high the table will be, where no cell takes more than a line. */
function heightOf({ props }: ComponentProps): number {
  const all = props.list("rows").length
  const most = props.number("page") || props.number("limit") || Number.POSITIVE_INFINITY
  const box = Math.min(props.number("height") ?? 480, HEAD + Math.max(1, Math.min(all, most)) * ROW)
  const bar = props.flag("filter") ? BAR_WITH_FILTER : props.text("label") === "" ? 0 : BAR
  return bar + box + (props.flag("filter") || all > 10 ? FOOT : 0)
}
