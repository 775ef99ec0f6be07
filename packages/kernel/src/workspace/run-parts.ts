import type { Limits } from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import type { EventHub } from "../capabilities/event-hub.ts"
import type { FileCalls } from "../capabilities/files.ts"
import type { HttpClient } from "../capabilities/http.ts"
import type { Models } from "../capabilities/models.ts"
import type { Databases } from "../databases/databases.ts"
import type { RunRecorder } from "../records/recorder.ts"
import type { ValueStore } from "../storage/journal.ts"
import type { Audience } from "./audience.ts"
import type { Commits } from "./commit.ts"
import type { Lanes } from "./lane.ts"
import type { RunEvent } from "./run-event.ts"
import type { Secrets } from "./secrets.ts"
import type { Sources } from "./sources.ts"
import type { Waits } from "./waiting/waits.ts"
import type { TriggerRequest, TriggerResult } from "./workspace.ts"

/** What every run of a workspace works with. */
export interface RunParts {
  readonly workspace: string
  readonly commits: Commits
  readonly lanes: Lanes
  readonly sources: Sources
  readonly secrets: Secrets
  readonly sandbox: Sandbox
  readonly audience: Audience
  readonly http: HttpClient
  readonly values: ValueStore
  readonly databases: Databases
  readonly models: Models
  readonly fileCalls: FileCalls
  readonly events: EventHub
  readonly waits: Waits
  /** Starts another run, as a request from outside would. */
  readonly trigger: (request: TriggerRequest) => Promise<TriggerResult>
  /** For a run that begins now. */
  readonly limits: () => Limits
  readonly clock: () => number
  /** A fresh 32-bit seed for `$random()` and `$id()`. */
  readonly seed: () => number
  readonly onEvent: (event: RunEvent) => void
  /** Keeps what runs were given and gave back; absent where nobody wants to see it again. */
  readonly records?: RunRecorder
  /** Aborted when the workspace closes: runs that wait and are not kept end. */
  readonly signal: AbortSignal
}
