import type {
  Actor,
  Change,
  Failure,
  Graph,
  Json,
  JsonObject,
  Operation,
  Rejection,
  RunCause,
  Seq,
  Usage,
} from "@nexus/protocol"
import type { Callers } from "../capabilities/panels.ts"
import type { Documents } from "../documents/documents.ts"
import type { Narrowing, Seen } from "../narrowing/narrowing.ts"
import type { WorkspaceQuota } from "../quotas/workspace-quota.ts"
import type { Audience } from "./audience.ts"
import type { Grants } from "./grant-log.ts"
import type { WorkspaceLimits } from "./run-limits.ts"
import type { Submission } from "./submission.ts"
import type { WaitingRuns } from "./waiting/waiting-runs.ts"

/**
 * One workspace that is open in this kernel. `graph` and `seq` are the confirmed ones: what the journal holds and a
 * reader may be told. Writing goes through `commit` and nowhere else.
 */
export interface Workspace {
  readonly id: string
  readonly graph: Graph
  readonly seq: number
  readonly audience: Audience
  /** The sources that are written together now. */
  readonly documents: Documents
  /** About how many bytes of memory it takes: graph, indexes, texts that are open, changes that are remembered. */
  readonly bytes: number
  /** Nobody is there, nothing runs and nothing will be due: it may be closed. */
  readonly idle: boolean
  /** Another kernel may have it now: nobody may be answered from here, it is opened anew. */
  readonly lost: boolean
  /** Why nothing can be written now, when the journal refuses. */
  readonly readOnly: Failure | undefined
  /**
   * Resolves when the change is durable. A repeated submission id answers with the first change. Throws `NexusError`:
   * what `apply` refuses, `forbidden` where panels are narrowed for the person behind it, `panel-invalid` for a source with errors, `unavailable`, `lease-lost`.
   */
  commit(submission: Submission): Promise<Change>
  /**
   * `commit` for a list a client made: refused when it writes what only the kernel may; writes to secret states are
   * taken out and kept aside. Resolves with the seq at which it is done.
   */
  submit(submission: Submission): Promise<number>
  /** What `commit` would write, derived operations included, and the graph it would give. Changes nothing. */
  prepare(operations: readonly Operation[]): Prepared | Rejection
  /** Runs a handler to its end: takes the panel's lane turn by turn, answers its host calls, commits each turn. */
  trigger(request: TriggerRequest): Promise<TriggerResult>
  /** Runs that wait, for a sleep or an answer, across restarts. */
  readonly waiting: WaitingRuns
  /** What its handlers may use. */
  readonly limits: WorkspaceLimits
  /** Panels narrowed for some. */
  readonly narrowing: Narrowing
  /** What it may use. */
  readonly quota: WorkspaceQuota
  /** The workspace as this person sees it, and what they may do with its panels. */
  seenBy(user: string): Promise<Seen>
  /** The rights that panels hold, and the last `limit` times that one was given or went, before the entry `before`. */
  grants(limit: number, before?: number): Promise<Grants>
  /** Every change after `seq` up to now, when memory reaches back that far. */
  recent(seq: number): readonly Change[] | undefined
  /** Changes with `seq > after`, oldest first, from the journal. */
  changes(after: number, limit: number): Promise<readonly Change[]>
  close(): Promise<void>
}

export interface Prepared {
  readonly ok: true
  readonly operations: readonly Operation[]
  /** A fork, as it would be afterwards. */
  readonly graph: Graph
}

export interface TriggerRequest {
  readonly panel: string
  readonly handler: string
  readonly args: Json
  readonly trigger: RunCause["trigger"]
  /** Who clicked; absent for a schedule. */
  readonly person?: Actor
  /** The viewer's session-scoped state of this panel. */
  readonly session?: JsonObject
  readonly traceId?: string
  /** The change that set it off. */
  readonly parent?: Seq
  /** The run of another panel that called this one's tool, and those above it. */
  readonly callers?: Callers
  /** A client-made id: repeating it while the run is remembered answers with the same run. */
  readonly ref?: string
  /** Told once when the run waits longer than a moment: its end may be days away. */
  readonly onWaiting?: (run: string, seq: Seq) => void
  /** Where view commands go. */
  readonly onView?: (command: string, argument: Json) => void
}

/** `seq` is the last change of the run (or the workspace's, when it changed nothing). A failed handler is a result, not a throw. */
export interface TriggerResult {
  readonly run: string
  readonly status: "finished" | "failed"
  readonly value?: Json
  readonly failure?: Failure
  readonly seq: number
  /** Session-scoped state that the handler wrote: whole values by state name. */
  readonly session?: JsonObject
  readonly usage?: Usage
}
