import { type ReactNode, useId } from "react"
import { Cells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"

export function Container({ node, places, props, root }: ComponentProps): ReactNode {
  const heading = useId()
  const title = props.text("title")
  return (
    <section
      {...root}
      className="nx-container"
      data-surface={props.choice("surface")}
      aria-labelledby={title === "" ? undefined : heading}
    >
      {title !== "" && (
        <h3 className="nx-heading" id={heading}>
          {title}
        </h3>
      )}
      <div className="nx-stack" data-direction={props.choice("direction")} style={{ gap: props.number("gap") }}>
        <Cells nodes={node.children} places={places} />
      </div>
    </section>
  )
}
