import type { Edited, TextEdit } from "../../text/text-edit.ts"
import type { XmlElement } from "../document.ts"
import { checked } from "./checked.ts"
import { indentAt, lineRest } from "./page.ts"
import type { PanelDocument } from "./panel-document.ts"
import { findTarget, refuseOpen, type Target } from "./target.ts"

/** Takes an element out; its lines go with it where nothing else stands on them. */
export function removeElement(document: PanelDocument, target: Target): Edited {
  const found = findTarget(document.xml, target)
  if (typeof found === "string") return found
  if (found.parents.length === 0) return "The panel itself cannot be removed"
  const refused = refuseOpen(found.element)
  return refused ?? checked(document, [removal(document.source, found.element)])
}

export function removal(source: string, { offset, end }: XmlElement): TextEdit {
  const indent = indentAt(source, offset)
  const rest = lineRest(source, end)
  if (indent === undefined || rest === undefined) return { offset, length: end - offset, text: "" }
  return { offset: offset - indent.length, length: rest - offset + indent.length, text: "" }
}
