import { applyEdits } from "../../text/text-edit.ts"
import { attributeOf } from "../document.ts"
import { attributeEdits } from "./attribute.ts"
import { escapeValue } from "./new-element.ts"
import { PanelDocument } from "./panel-document.ts"
import { findTarget, type Target } from "./target.ts"

/** A source in which an attribute is half written, and where the cursor stands: for whoever asks what may follow. */
export interface AttributeDraft {
  readonly source: string
  readonly offset: number
}

/** The source with a value as it is being typed, unchecked; `caret` counts in the value. Nothing where there is no such element. */
export function draftAttribute(
  document: PanelDocument,
  target: Target,
  name: string,
  value: string,
  caret: number,
): AttributeDraft | undefined {
  const found = findTarget(document.xml, target)
  if (typeof found === "string") return undefined
  const source = applyEdits(document.source, attributeEdits(document.source, found.element, name, value))
  const again = findTarget(new PanelDocument(source, document.options).xml, { offset: found.element.offset + 1 })
  const attribute = typeof again === "string" ? undefined : attributeOf(again.element, name)
  if (attribute === undefined) return undefined
  const before = escapeValue(value.slice(0, caret), source.charAt(attribute.valueStart - 1))
  return { source, offset: attribute.valueStart + before.length }
}
