import type { NodeProps } from "@xyflow/react"
import { memo } from "react"
import { onDemand } from "../ui/on-demand.tsx"
import { say } from "../words/say.ts"
import type { GhostNode, PastNode } from "./past-nodes.ts"

const PastPins = onDemand(() => import("../comments/PastPins.tsx"))

/** A sheet as it was: readable, its controls off. */
export const PastSheet = memo(function PastSheet({ data: { panel, graph, Body } }: NodeProps<PastNode>) {
  const { title } = panel.properties
  return (
    <section aria-label={title} className="nx-sheet">
      <header className="nx-sheet-bar">
        <span aria-hidden="true" className="nx-dot bg-info" />
        <h3 className="min-w-0 flex-1 truncate font-medium text-13">{title}</h3>
      </header>
      <div className="nx-sheet-body nodrag nopan">
        <Body panel={panel} within={graph} />
      </div>
      <PastPins graph={graph} scope={panel.id} />
    </section>
  )
})

export const GhostSheet = memo(function GhostSheet({ data: { title } }: NodeProps<GhostNode>) {
  return (
    <div className="nx-ghost grid place-items-center text-center text-13">
      <span>
        {title}
        <span className="block text-12">{say("was not here yet")}</span>
      </span>
    </div>
  )
})
