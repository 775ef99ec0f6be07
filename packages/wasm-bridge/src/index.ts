export { createSandbox, type Sandbox, type SandboxMetrics, type SandboxOptions } from "./sandbox.ts"
