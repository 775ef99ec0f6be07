import type { Graph } from "@nexus/protocol"
import type { Notice } from "@nexus/reactor/react"
import { placeOf } from "../log/place.ts"
import { toast } from "../ui/toasts.ts"
import { say, sayAgain } from "../words/say.ts"
import { studio } from "../workspace/studio.ts"

/** Shows what a living panel has to say. A refused capability is not told here: the panel itself asks for it. */
export function tellNotice(notice: Notice, graph: Graph): void {
  const title = graph.panel(notice.panel)?.properties.title ?? say("A panel")
  if (notice.kind === "toast") {
    const tone = notice.tone === "good" || notice.tone === "wrong" ? notice.tone : "info"
    toast({ title: notice.message, detail: title, tone })
  } else if (notice.kind === "open") {
    const target = [...graph.panels()].find(({ id, name }) => id === notice.target || name === notice.target)
    if (target) studio.select([target.id])
  } else if (notice.kind === "failure") tellFailure(notice, title)
}

function tellFailure(notice: Extract<Notice, { kind: "failure" }>, title: string): void {
  const { failure } = notice
  if (failure?.code === "capability-denied") return
  const place = placeOf(failure)
  toast({
    tone: "wrong",
    title: sayAgain(notice.message),
    detail: title,
    action: {
      label: place.line === undefined ? say("Open source") : say("Open line {line}", { line: place.line }),
      run: () => studio.edit(notice.panel, place),
    },
  })
}
