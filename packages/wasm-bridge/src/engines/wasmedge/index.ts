export { fetchFromDebian } from "./debian.ts"
export { ADVICE, findWasmEdge } from "./installed.ts"
