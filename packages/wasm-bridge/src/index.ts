export { createSandbox } from "./create-sandbox.ts"
export type { Sandbox, SandboxMetrics, SandboxOptions } from "./sandbox.ts"
