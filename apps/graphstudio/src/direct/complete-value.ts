import { type Completion, draftAttribute, openLanguageDocument, type PanelDocument } from "@nexus/reactor/language"

/** What may be written at the cursor of a value; `from` and `to` count in the value. */
export type Offer = Pick<Completion, "label" | "kind" | "detail" | "insert" | "from" | "to">

const MOST = 40

/** The language's own completions for a property as it is typed: what the source editor offers at the same place. */
export function completeValue(
  document: PanelDocument,
  node: string,
  name: string,
  value: string,
  caret: number,
): readonly Offer[] {
  const draft = draftAttribute(document, { node }, name, value, caret)
  if (!draft) return []
  const typed = /[\w$]*$/.exec(value.slice(0, caret))?.[0].toLowerCase() ?? ""
  return openLanguageDocument(draft.source, document.options)
    .completions(draft.offset)
    .filter(({ label }) => label.toLowerCase().startsWith(typed) && label.toLowerCase() !== typed)
    .slice(0, MOST)
    .map(({ label, kind, detail, insert, from, to }) => ({
      label,
      kind,
      detail,
      insert,
      from: Math.max(0, caret - (draft.offset - from)),
      to: caret + Math.max(0, to - draft.offset),
    }))
}
