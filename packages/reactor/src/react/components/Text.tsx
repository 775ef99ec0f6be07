import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"

export function Text({ props, root }: ComponentProps): ReactNode {
  const title = props.choice("size") === "title"
  const Element = title ? "h3" : "p"
  return (
    <Element
      {...root}
      className="nx-text"
      data-size={props.choice("size")}
      data-weight={props.choice("weight")}
      data-tone={props.choice("tone")}
    >
      {props.text("content")}
    </Element>
  )
}
