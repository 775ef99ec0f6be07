import { SharedText } from "@nexus/reactor/text"
import { createTextKeeper } from "../outbox/kept-texts.ts"
import { whilePending } from "../workspace/activity.ts"
import { type Desk, mayEdit } from "../workspace/desk.ts"

/**
 * The sources of a workspace that are open here, or were and still wait for a line to bring what was typed: such a one
 * is opened again as it is. The browser keeps it as well, so a page may be closed over it.
 */
const byDesk = new WeakMap<Desk, Map<string, SharedText>>()

/** A panel's source, to write together with whoever has it open; `leave` keeps what was typed until it is safe. */
export function openSharedText(desk: Desk, panel: string, source: string): SharedText {
  const texts = byDesk.get(desk) ?? new Map<string, SharedText>()
  byDesk.set(desk, texts)
  const known = texts.get(panel)
  if (known && !known.ended) {
    known.reopen()
    return known
  }
  const mayWrite = () => mayEdit(desk.mirror.role)
  const keeper = createTextKeeper(desk.user.id, desk.workspace, panel)
  const text = new SharedText({ line: desk.mirror, panel, source, mayWrite, keeper })
  texts.set(panel, text)
  return text
}

/** The editor shows it from now on; answers with what lets it go. */
export function attendSharedText(desk: Desk, text: SharedText): () => void {
  const stop = desk.watch(text.panel, () => {
    const entity = desk.mirror.graph.panel(text.panel)
    if (entity) text.sourceIs(entity.properties.source)
  })
  return () => {
    stop()
    const closed = text.close().then(() => {
      if (byDesk.get(desk)?.get(text.panel) === text) byDesk.get(desk)?.delete(text.panel)
    })
    whilePending(desk.activity, closed).catch(() => undefined)
  }
}

/** What earlier pages left of these panels' texts goes to the kernel when there is a line, without an editor. */
export function bringInTexts(desk: Desk, panels: readonly string[]): void {
  for (const panel of panels) {
    const entity = desk.mirror.graph.panel(panel)
    const open = byDesk.get(desk)?.get(panel)?.ended === false
    if (entity && !open) attendSharedText(desk, openSharedText(desk, panel, entity.properties.source))()
  }
}
