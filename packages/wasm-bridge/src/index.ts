export { createSandbox } from "./create-sandbox.ts"
export type { Sandbox, SandboxMetrics, SandboxOptions, Suspended, SuspendedRun } from "./sandbox.ts"
