import type { Edited } from "../../text/text-edit.ts"
import { checked } from "./checked.ts"
import { textOf } from "./duplicate.ts"
import { insertLines, type Place } from "./insert.ts"
import type { PanelDocument } from "./panel-document.ts"
import { removal } from "./remove.ts"
import { findTarget, refuseOpen, type Target } from "./target.ts"

/** Takes an element out and puts it at another place as it is written, its lines at the indent of that place. */
export function moveElement(document: PanelDocument, target: Target, place: Place): Edited {
  const found = findTarget(document.xml, target)
  if (typeof found === "string") return found
  const { element, parents } = found
  if (parents.length === 0) return "The panel itself cannot be moved"
  const refused = refuseOpen(element)
  if (refused !== undefined) return refused
  const beside = findTarget(
    document.xml,
    "before" in place ? place.before : "after" in place ? place.after : place.into,
  )
  if (typeof beside === "string") return beside
  if (beside.element === element || beside.parents.includes(element)) return `<${element.name}> cannot go into itself`
  const { source } = document
  const inserted = insertLines(document, textOf(source, element).split(/\r?\n/), place)
  if (typeof inserted === "string") return inserted
  const [insertion] = inserted
  const removed = removal(source, element)
  if (
    insertion === undefined ||
    (insertion.offset > removed.offset && insertion.offset < removed.offset + removed.length)
  )
    return []
  return checked(document, [removed, insertion])
}
