import { endpoints, Graph, type PanelEntity } from "@nexus/protocol"
import { type ComponentType, useEffect, useRef, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { useStudio } from "../workspace/studio.ts"
import { TwinState } from "./twin.ts"

/** At most one question in this time while the slider moves; the last one always gets its answer. */
const GAP_MS = 60

/** The workspace of another instant, and what draws a panel of then. */
export interface Past {
  readonly panels: readonly PanelEntity[]
  readonly graph: Graph
  readonly Body: ComponentType<{ readonly panel: PanelEntity; readonly within: Graph }>
}

/** The panels as they were at the chosen instant; `undefined` at now, and until the first answer is here. */
export function usePast(): Past | undefined {
  const { api, workspace } = useDesk()
  const instant = useStudio((state) => state.instant)
  const [past, setPast] = useState<Past>()
  const asked = useRef(0)

  useEffect(() => {
    if (instant === undefined) {
      setPast(undefined)
      return
    }
    asked.current += 1
    const turn = asked.current
    const timer = setTimeout(async () => {
      try {
        const [answer, { default: Body }] = await Promise.all([
          api.call(endpoints.twinState, { query: { workspace, at: String(instant) } }),
          import("../canvas/PastBody.tsx"),
        ])
        if (turn !== asked.current) return
        const graph = Graph.fromSnapshot(TwinState.parse(answer))
        setPast({ panels: [...graph.panels()], graph, Body })
      } catch (error) {
        if (turn !== asked.current) return
        toast({ tone: "wrong", title: say("That instant cannot be shown"), detail: sentence(error) })
        useStudio.setState({ instant: undefined })
      }
    }, GAP_MS)
    return () => clearTimeout(timer)
  }, [api, workspace, instant])

  return instant === undefined ? undefined : past
}
