import type { ToWorker } from "../frames.ts"

/**
 * What page and worker post to each other. Frames of the page are those of any runner; the worker's come as plain arrays,
 * to be read as from a stranger, and beside them it says which call begins: the page is its watchdog.
 */
export type ToSandboxWorker =
  /** The first message. `engine` is the interpreter's module. */
  { readonly kind: "begin"; readonly engine: Uint8Array<ArrayBuffer>; readonly instances: number } | ToWorker

/** The call that runs from now on, and its budget. */
export type Running = readonly ["running", call: number, budgetMs: number]

export function isRunning(said: unknown): said is Running {
  return Array.isArray(said) && said[0] === "running" && said.slice(1, 3).every(Number.isFinite)
}
