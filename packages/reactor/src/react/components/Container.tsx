import { type ReactNode, useContext, useId } from "react"
import { insideContainer } from "../../layout/inner-width.ts"
import { Cells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"
import { WidthContext } from "../width-context.ts"

export function Container({ node, places, props, root }: ComponentProps): ReactNode {
  const heading = useId()
  const title = props.text("title")
  const outer = useContext(WidthContext)
  const column = props.choice("direction") === "column"
  const inner = outer === undefined || !column ? undefined : insideContainer(outer, props.choice("surface"))
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
        <WidthContext value={inner}>
          <Cells nodes={node.children} places={places} />
        </WidthContext>
      </div>
    </section>
  )
}
