import type { ReactNode } from "react"
import type { LivePanel } from "../store/live-panel.ts"
import { NodeMarksContext } from "./node-marks.ts"

interface NodeMarksProps {
  /** Whose components are marked with `data-nx-node`, their `ViewNode.id`; nobody's where it is undefined. */
  readonly of: LivePanel | undefined
  readonly children: ReactNode
}

/** Inside, the components of one panel can be told apart in the page. */
export function NodeMarks({ of, children }: NodeMarksProps): ReactNode {
  return <NodeMarksContext value={of}>{children}</NodeMarksContext>
}
