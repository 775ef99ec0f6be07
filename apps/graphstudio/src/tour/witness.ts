import type { WorkspaceMirror } from "@nexus/reactor/client"
import { useStudio } from "../workspace/studio.ts"
import type { StepName } from "./progress.ts"

/** What a press in a panel lands on when it does something. */
const PRESSED = "button, select, input:not([type=text], [type=search]), [role=button], [role=checkbox], [role=switch]"

/**
 * Tells which steps of the tour have happened, from what the studio and the mirror say anyway: no part of the studio
 * knows that there is a tour. Controls that report to it were refused: a shortcut, the palette and a menu do the same
 * thing, and each would have to. `page` hears presses; the function that comes back ends it.
 */
export function witness(
  mirror: Pick<WorkspaceMirror, "onHistory" | "steps">,
  page: EventTarget,
  tell: (step: StepName) => void,
): () => void {
  const onClick = ({ target }: Event) => {
    if (target instanceof Element && target.closest(PRESSED) && target.closest(".nx-sheet-body .nx-panel"))
      tell("press")
  }
  page.addEventListener("click", onClick, { capture: true })

  let redo = [...mirror.steps.redo]
  const stopHistory = mirror.onHistory(() => {
    const now = [...mirror.steps.redo]
    if (now.length >= redo.length && now.at(-1) !== redo.at(-1)) tell("undo")
    redo = now
  })

  let fromGallery = false
  const stopStudio = useStudio.subscribe((now, before) => {
    if (now.why && !before.why) tell("why")
    if (now.palette && !before.palette) tell("palette")
    if (now.instant === undefined && before.instant !== undefined) tell("travel")
    if (now.gallery) fromGallery = true
    // Another way to a new panel has begun.
    if (now.editing || now.table) fromGallery = false
    if (now.reveal && now.reveal !== before.reveal && fromGallery) tell("add")
  })

  return () => {
    page.removeEventListener("click", onClick, { capture: true })
    stopHistory()
    stopStudio()
  }
}
