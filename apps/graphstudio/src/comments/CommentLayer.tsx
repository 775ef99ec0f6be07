import type { Graph } from "@nexus/protocol"
import { ViewportPortal } from "@xyflow/react"
import { onDemand } from "../ui/on-demand.tsx"
import { useDesk } from "../workspace/desk-context.ts"
import { useCommentDesk } from "./comment-desk.ts"
import { useComments } from "./use-threads.ts"

const Pins = onDemand(() => import("./Pins.tsx"))
const PastPins = onDemand(() => import("./PastPins.tsx"))
const Placing = onDemand(() => import("./Placing.tsx"))

/** What was said about places of the canvas itself, above the panels. */
export function CommentLayer() {
  const { workspace } = useDesk()
  const placing = useCommentDesk((state) => state.placing)
  return (
    <>
      <ViewportPortal>
        <div className="absolute top-0 left-0 z-[1000]">
          <PinsOn scope={workspace} />
        </div>
      </ViewportPortal>
      {placing ? <Placing /> : null}
    </>
  )
}

/** The same in the past: what had been said about the canvas by then. */
export function PastLayer({ graph }: { readonly graph: Graph }) {
  const { workspace } = useDesk()
  return (
    <ViewportPortal>
      <div className="absolute top-0 left-0 z-[1000]">
        <PastPins graph={graph} scope={workspace} />
      </div>
    </ViewportPortal>
  )
}

/** Nothing is loaded and nothing painted where nobody said anything. */
export function PinsOn({ scope }: { readonly scope: string }) {
  const drafted = useCommentDesk(({ draft }) => draft?.scope === scope)
  const some = useComments().some((comment) => comment.scope === scope)
  return some || drafted ? <Pins scope={scope} /> : null
}
