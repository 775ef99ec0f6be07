import type { ReactNode } from "react"
import { Cells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"

/** The content of a tab. Tabs paints it for the open one; alone it is a plain group. */
export function Tab({ node, places, root }: ComponentProps): ReactNode {
  return (
    <div {...root} className="nx-stack nx-tab-content">
      <Cells nodes={node.children} places={places} />
    </div>
  )
}
