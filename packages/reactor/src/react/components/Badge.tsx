import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"

export function Badge({ props, root }: ComponentProps): ReactNode {
  return (
    <span {...root} className="nx-badge" data-tone={props.choice("tone")}>
      {props.text("content")}
    </span>
  )
}
