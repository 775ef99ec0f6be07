import "../nxml/check/whole-script.ts"

export { attributeOf, type XmlElement } from "../nxml/document.ts"
export { setAttribute } from "../nxml/edit/attribute.ts"
export { addDeclaration } from "../nxml/edit/declare.ts"
export { type AttributeDraft, draftAttribute } from "../nxml/edit/draft-attribute.ts"
export { duplicateElement } from "../nxml/edit/duplicate.ts"
export { elementsFrom } from "../nxml/edit/element-from.ts"
export { addElement, type Place as EditPlace } from "../nxml/edit/insert.ts"
export { moveElement } from "../nxml/edit/move.ts"
export type { NewElement } from "../nxml/edit/new-element.ts"
export { elementOfNode, nodeAt } from "../nxml/edit/node-at.ts"
export { PanelDocument } from "../nxml/edit/panel-document.ts"
export { removeElement } from "../nxml/edit/remove.ts"
export { renameName } from "../nxml/edit/rename.ts"
export { strictXml } from "../nxml/edit/strict-xml.ts"
export type { Target } from "../nxml/edit/target.ts"
export { toOperations } from "../nxml/edit/to-operations.ts"
export { unwrapElement, wrapElement } from "../nxml/edit/wrap.ts"
export { applyEdits, type Edited, invertEdits, type TextEdit } from "../text/text-edit.ts"
export type { Completion, CompletionKind, Stop } from "./completion.ts"
export type { OtherPanel } from "./completions.ts"
export type { Fix } from "./fixes.ts"
export type { Fold } from "./folds.ts"
export {
  type LanguageDocument,
  type LanguageOptions,
  openLanguageDocument,
  type Place,
  type Renameable,
} from "./language-document.ts"
export type { OutlineItem } from "./outline.ts"
export type { Refactor } from "./refactors.ts"
export type { Hover, Span } from "./span.ts"
export { TOKEN_KINDS, type Token, type TokenKind } from "./token.ts"
