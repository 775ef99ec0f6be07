import { type ReactNode, useId } from "react"
import type { ComponentProps } from "../component.ts"

export function Progress({ props, root }: ComponentProps): ReactNode {
  const id = useId()
  const max = props.number("max") ?? 1
  const value = Math.min(Math.max(props.number("value") ?? 0, 0), max)
  const label = props.text("label")
  const share = max > 0 ? Math.round((value / max) * 100) : 0
  return (
    <div {...root} className="nx-progress">
      <div className="nx-progress-words">
        <span id={id}>{label}</span>
        <span className="nx-number">{share}%</span>
      </div>
      <progress aria-labelledby={id} value={value} max={max}>
        {share}%
      </progress>
    </div>
  )
}
