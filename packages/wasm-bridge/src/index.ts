export { createSandbox, openSandbox } from "./create-sandbox.ts"
export type { EngineName, Sandbox, SandboxMetrics, SandboxOptions, Suspended, SuspendedRun } from "./sandbox.ts"
