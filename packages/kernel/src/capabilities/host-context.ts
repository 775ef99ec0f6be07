import type { Capability, Cause, Failure, Json } from "@nexus/protocol"
import type { Databases } from "../databases/databases.ts"
import type { Files, Holder } from "../files/files.ts"
import type { ValueStore } from "../storage/journal.ts"
import type { EventCalls } from "./event-hub.ts"
import type { HttpClient } from "./http.ts"
import type { Models } from "./models.ts"
import type { PanelCalls } from "./panels.ts"

/** What the host calls of one run may turn to, and on whose behalf. */
export interface HostContext {
  readonly workspace: string
  /** Why the panel may not, by its declarations and grants of now. */
  readonly check: (...names: readonly [Capability, ...Capability[]]) => Failure | undefined
  /** `check` that throws `capability-denied`. */
  readonly allow: (...names: readonly [Capability, ...Capability[]]) => void
  readonly values: ValueStore
  readonly http: HttpClient
  readonly databases: Databases
  readonly models: Models
  readonly fileCalls: { readonly files: Files; readonly holder: Holder }
  readonly panelCalls: PanelCalls
  readonly eventCalls: EventCalls
  /** The run that asks. */
  readonly run: string
  /** Names this very call, and is the same when it is asked again after a restart. */
  readonly submission: string
  /** Who and why, for a change that the call makes. */
  readonly causeFor: (reason: string) => Cause
  readonly signal: AbortSignal
}

/** The methods of one capability, by name. Each works out what right it needs and asks for it first. */
export interface Methods {
  readonly [method: string]: (args: readonly Json[], context: HostContext) => Promise<Json>
}
