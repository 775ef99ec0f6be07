import type { JsonObject, Panel } from "@nexus/protocol"
import { createPreviewPanel, type LivePanel, PanelView } from "@nexus/reactor/react"
import { useEffect, useState } from "react"
import { classNames } from "../ui/class-names.ts"

interface PreviewProps {
  /** The last text that had no mistakes, read. */
  readonly panel: Panel
  readonly state: JsonObject
  /** The text on the left has moved on and does not work now. */
  readonly stale: boolean
  /** As wide as the sheet on the canvas. */
  readonly width: number
  readonly measure: (body: HTMLDivElement | null) => void
}

/** The panel as it would be. What was tried in it survives an edit, as far as the states still exist. */
export function Preview({ panel, state, stale, width, measure }: PreviewProps) {
  const [live, setLive] = useState<LivePanel>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: `state` is only where the first preview starts
  useEffect(() => {
    setLive((before) => createPreviewPanel(panel, { ...state, ...keptState(panel, before?.state) }))
  }, [panel])
  useEffect(() => () => live?.close(), [live])

  return (
    <div className="min-h-full bg-bg p-6">
      <section aria-label="Preview" className="nx-sheet !h-auto mx-auto max-w-full" style={{ width }}>
        <header className="flex h-10 flex-none items-center gap-2 px-4">
          <span className={classNames("nx-dot", stale ? "bg-careful" : "bg-good")} />
          <h3 className="truncate font-medium text-13">{panel.title}</h3>
          {stale ? <span className="ml-auto whitespace-nowrap text-12 text-soft">the last one that worked</span> : null}
        </header>
        <div className={classNames("overflow-x-auto px-4 pt-1 pb-4 transition-opacity", stale && "nx-hair")}>
          <div ref={measure}>{live ? <PanelView live={live} /> : null}</div>
        </div>
      </section>
    </div>
  )
}

/** What was typed into the preview before this edit, for the states that are still declared. */
function keptState(panel: Panel, before: JsonObject | undefined): JsonObject {
  const names = new Set(panel.states.map(({ name }) => name))
  return Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => names.has(name)))
}
