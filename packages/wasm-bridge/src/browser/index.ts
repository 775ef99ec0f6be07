export type { Sandbox } from "../sandbox.ts"
export { type BrowserSandboxOptions, createBrowserSandbox, sandboxWorkerUrl } from "./create-browser-sandbox.ts"
