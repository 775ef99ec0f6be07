import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"

export function Divider({ props, root }: ComponentProps): ReactNode {
  const label = props.text("label")
  if (label === "") return <hr {...root} className="nx-divider" />
  return (
    <div {...root} className="nx-divider" data-labelled="">
      <span>{label}</span>
    </div>
  )
}
