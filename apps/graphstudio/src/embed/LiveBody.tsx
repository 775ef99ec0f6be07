import type { PanelEntity } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import type { WorkspaceMirror } from "@nexus/reactor/client"
import { createLivePanel, PanelView, ReadOnly } from "@nexus/reactor/react"
import { createContext, memo, useContext, useEffect, useMemo } from "react"
import { say } from "../words/say.ts"
import "@nexus/reactor/panel.css"

const MirrorContext = createContext<WorkspaceMirror | undefined>(undefined)
export const MirrorProvider = MirrorContext.Provider

interface LiveBodyProps {
  readonly panel: PanelEntity
}

/** A panel that follows its workspace; what writes is switched off, what only looks, such as sorting a table, stays. */
export const LiveBody = memo(function LiveBody({ panel: { id, properties } }: LiveBodyProps) {
  const mirror = useContext(MirrorContext)
  const { source } = properties
  const live = useMemo(() => {
    const { panel } = parsePanel(source)
    return mirror && panel ? createLivePanel({ id, panel, mirror }) : undefined
  }, [id, source, mirror])
  useEffect(() => () => live?.close(), [live])
  if (!live)
    return <p className="text-13 text-soft">{say("This panel cannot be read now. Its maker has to mend it.")}</p>
  return (
    <ReadOnly on>
      <PanelView live={live} />
    </ReadOnly>
  )
}, samePanel)

/** Its values reach it by the mirror; it begins anew only with another text. */
function samePanel(a: LiveBodyProps, b: LiveBodyProps): boolean {
  return a.panel.id === b.panel.id && a.panel.properties.source === b.panel.properties.source
}
