import { createHash } from "node:crypto"
import type { Failure, Graph, Id, Json, JsonObject } from "@nexus/protocol"
import type { Sources } from "../workspace/sources.ts"
import type { Heard } from "./event-hub.ts"

/**
 * What a run brings along when its handler turns to other panels. A tool's call is a run of the other panel, in its lane,
 * with its grants and under the same person; its changes name the run that asked. The caller's lane is free while it
 * waits, so a circle of panels would not lock up but go round for ever: a panel that is already in the chain is not
 * called again, a chain has an end, and all calls that one run set off, however branched, are counted together.
 */
export interface PanelCalls {
  readonly graph: () => Graph
  readonly sources: Sources
  /** The panel whose handler asks. */
  readonly self: string
  readonly callers: Callers | undefined
  /** Counts every call below the first run of a chain. */
  readonly budget: CallBudget
  readonly run: (panel: string, handler: string, args: JsonObject, callers: Callers) => Promise<CallResult>
}

/** Who stands above a run that a tool's call set off: panels from the first to the caller, and the run that called. */
export interface Callers {
  readonly panels: readonly string[]
  readonly run: Id
  readonly budget: CallBudget
  readonly heard: Heard
}

export interface CallBudget {
  left: number
}

/** How the called run ended. */
interface CallResult {
  readonly value?: Json
  readonly failure?: Failure
}

/** Calls of tools below one run, its own and those that they make. */
export const MOST_CALLS = 200

export function createCallBudget(): CallBudget {
  return { left: MOST_CALLS }
}

/** The ref under which a call runs: asked again after a restart, it is the same run. No client can send one with a colon. */
export function callRef(submission: string): string {
  return `call:${createHash("sha256").update(submission).digest("hex").slice(0, 32)}`
}
