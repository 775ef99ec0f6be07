import type { JsonObject } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import { createPreviewPanel, type LivePanel, PanelView } from "@nexus/reactor/react"
import { startTransition, useEffect, useState } from "react"
import { ExampleBoundary } from "../catalogue/ExampleBoundary.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say, sayAgain } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { handlersHere } from "../workspace/handlers-here.ts"
import "@nexus/reactor/panel.css"

interface LiveSheetProps {
  /** `undefined` while it is on its way. */
  readonly source: string | undefined
  /** The values it starts with, beside those of its source. */
  readonly state?: JsonObject
  /** Told what a handler that was tried wants to be seen. */
  readonly onSaid?: (words: string) => void
}

const NONE: JsonObject = {}

/** A panel that lives here alone: its handlers run in this page's sandbox, and nothing of it is kept. */
export function LiveSheet({ source, state = NONE, onSaid }: LiveSheetProps) {
  const { mirror } = useDesk()
  const [live, setLive] = useState<LivePanel>()
  const [mistake, setMistake] = useState<string>()

  useEffect(() => {
    if (source === undefined) return
    const { panel, diagnostics } = parsePanel(source)
    const wrong = diagnostics.find(({ severity }) => severity === "error")
    setMistake(wrong && sayAgain(wrong.message))
    if (!panel || wrong) return
    const made = createPreviewPanel(panel, state, {
      within: mirror.graph,
      handlers: handlersHere,
      onNotice: (notice) => notice.kind === "toast" && onSaid?.(notice.message),
    })
    startTransition(() => setLive(made))
    return () => made.close()
  }, [source, state, mirror, onSaid])

  if (mistake !== undefined) return <Notice tone="wrong">{mistake}</Notice>
  if (!live) return <Skeleton lines={4} label={say("The panel is on its way")} />
  return (
    <ExampleBoundary key={live.panel.title}>
      <PanelView live={live} />
    </ExampleBoundary>
  )
}
