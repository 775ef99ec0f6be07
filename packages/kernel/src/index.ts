export type { KernelConfig } from "./config.ts"
export type { Mount } from "./gateway/http.ts"
export { createKernel, type Kernel, type KernelParts } from "./kernel.ts"
