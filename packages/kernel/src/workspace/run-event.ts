import type { Outcome, RunCause } from "@nexus/protocol"

/** What happened to a run, for the record. */
export type RunFact =
  | { readonly type: "handler_triggered"; readonly trigger: RunCause["trigger"]; readonly actor: string }
  | { readonly type: "execution_started"; readonly turn: number }
  | {
      readonly type: "execution_completed"
      readonly turn: number
      readonly status: Outcome["status"]
      readonly durationMs: number
      readonly cpuMs: number
      readonly memoryBytes: number
      readonly hostCalls: number
      /** The failure's code and sentence. */
      readonly failure?: string
      readonly message?: string
    }
  | {
      readonly type: "host_called"
      readonly capability: string
      readonly method: string
      readonly granted: boolean
      readonly durationMs: number
    }

/** A fact with the run it is about. `at` is milliseconds since the epoch, `person` the id of who set it off. */
export type RunEvent = RunFact & {
  readonly workspace: string
  readonly panel: string
  readonly run: string
  readonly handler: string
  readonly at: number
  readonly person?: string
  readonly traceId?: string
}
