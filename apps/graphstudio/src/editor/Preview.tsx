import type { Diagnostic, Graph, JsonObject, Panel } from "@nexus/protocol"
import { createPreviewPanel, type LivePanel, type Notice, PanelView } from "@nexus/reactor/react"
import { memo, startTransition, useEffect, useMemo, useState } from "react"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"
import { handlersHere } from "../workspace/handlers-here.ts"
import { findingInWords } from "./nxml-marks.ts"
import "@nexus/reactor/panel.css"

interface PreviewProps {
  /** The last text that had no mistakes, read. */
  readonly panel: Panel
  /** Its id where it is in the workspace already. */
  readonly id: string | undefined
  /** The workspace around it: what it imports and embeds, and the components of packages. */
  readonly within: Graph
  readonly state: JsonObject
  /** What keeps the text on the left from working now; empty while it does. */
  readonly errors: readonly Diagnostic[]
  readonly onGo: (error: Diagnostic) => void
  /** As wide as the sheet on the canvas. */
  readonly width: number
  readonly measure: (body: HTMLDivElement | null) => void
  readonly onPainted: () => void
}

/** The panel as it would be. What was tried in it survives an edit, as far as the states still exist. */
export const Preview = memo(function Preview({
  panel,
  id,
  within,
  state,
  errors,
  onGo,
  width,
  measure,
  onPainted,
}: PreviewProps) {
  const [live, setLive] = useState<LivePanel>()
  const [said, setSaid] = useState<string>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: state and workspace are only where a preview starts
  useEffect(() => {
    // Painting a large panel takes longer than a keystroke may; a transition lets the keys pass first.
    setSaid(undefined)
    startTransition(() =>
      setLive((before) =>
        createPreviewPanel(
          panel,
          { ...state, ...keptState(panel, before?.state) },
          { ...(id ? { id } : {}), within, handlers: handlersHere, onNotice: (notice) => setSaid(saidBy(notice)) },
        ),
      ),
    )
  }, [panel])
  useEffect(() => {
    if (!live) return
    onPainted()
    return () => live.close()
  }, [live, onPainted])
  const [first] = errors
  // A mistake changes the words above; the panel below is painted again only when it is another one.
  const painted = useMemo(() => (live ? <PanelView live={live} /> : null), [live])

  return (
    <div className="min-h-full bg-bg p-6">
      <section aria-label={say("Preview")} className="nx-sheet !h-auto mx-auto max-w-full" style={{ width }}>
        <header className="flex h-10 flex-none items-center gap-2 px-4">
          <span className={classNames("nx-dot", first ? "bg-careful" : "bg-good")} />
          <h3 className="truncate font-medium text-13">{panel.title}</h3>
          {first ? (
            <span className="ms-auto whitespace-nowrap text-12 text-soft">{say("the last one that worked")}</span>
          ) : null}
        </header>
        {first ? (
          <button
            type="button"
            onClick={() => onGo(first)}
            className="mx-4 mb-2 flex items-baseline gap-2 rounded-control bg-careful-soft px-3 py-1.5 text-start text-12 text-careful hover:underline"
          >
            <span className="flex-none font-medium">
              {say("{count, plural, one {# mistake} other {# mistakes}}", { count: errors.length })}
            </span>
            <span className="min-w-0 flex-1 truncate">{findingInWords(first)}</span>
            <span className="tabular flex-none">{say("line {line}", { line: first.range.line })}</span>
          </button>
        ) : null}
        <p role="status" aria-label={say("What the preview says")} className={classNames(!said && "sr-only")}>
          {said ? (
            <span className="mx-4 mb-2 block rounded-control bg-sunken px-3 py-1.5 text-12 text-soft">{said}</span>
          ) : null}
        </p>
        <div className={classNames("overflow-x-auto px-4 pt-1 pb-4 transition-opacity", first && "nx-hair")}>
          <div ref={measure}>{painted}</div>
        </div>
      </section>
    </div>
  )
})

/** What a handler that was tried wants to be seen. Why one failed stands at the component that set it off. */
function saidBy(notice: Notice): string | undefined {
  if (notice.kind === "failure") return undefined
  return notice.kind === "open" ? say("Opens {target}", { target: notice.target }) : notice.message
}

/** What was typed into the preview before this edit, for the states that are still declared. */
function keptState(panel: Panel, before: JsonObject | undefined): JsonObject {
  const names = new Set(panel.states.map(({ name }) => name))
  return Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => names.has(name)))
}
