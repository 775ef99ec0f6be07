import { useCallback, useMemo, useSyncExternalStore } from "react"
import { useDesk } from "../workspace/desk-context.ts"
import { type GraphView, type Look, viewOf } from "./graph-view.ts"

/** The picture of the workspace as it is now; made anew when an entity or a relation came, went or changed. */
export function useGraphView(look: Look): GraphView {
  const desk = useDesk()
  const watch = useCallback((told: () => void) => desk.watchEntities(told), [desk])
  const { mirror } = desk
  const seq = useSyncExternalStore(watch, () => mirror.seq)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph advances in place, and its seq says so
  return useMemo(() => viewOf(mirror.graph, look), [mirror, look, seq])
}
