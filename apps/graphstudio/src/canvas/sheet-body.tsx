import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { usePanelPart } from "../workspace/desk-context.ts"

/** A panel's living content. It arrives beside the canvas, not before it: reading and running NXML is most of the script. */
export const SheetBody = onDemand(() => import("./SheetBody.tsx"), Waking)

function Waking({ id }: { readonly id: string }) {
  const title = usePanelPart(id, (panel) => panel?.properties.title ?? "")
  return <Skeleton label={say("Waking {title}", { title })} />
}
