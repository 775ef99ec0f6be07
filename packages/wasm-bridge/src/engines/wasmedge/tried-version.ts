/** The version of WasmEdge whose C interface was tried; its structures changed from one minor version to the next. */
export const TRIED_VERSION = "0.14"
