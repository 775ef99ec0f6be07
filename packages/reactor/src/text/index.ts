export { rebaseEdits } from "./rebase-edits.ts"
export { SharedText, type SharedTextLine, type SharedTextOptions } from "./shared-text.ts"
export { textDifference } from "./text-difference.ts"
export { type Bytes, TEXT_NAME, TextDocument, toText } from "./text-document.ts"
