import "../nxml/check/whole-script.ts"

export { isCompiled, verifyPanel } from "./container.ts"
export { type CompiledPanel, decodePanel } from "./decode.ts"
export { type EncodeOptions, encodePanel } from "./encode.ts"
