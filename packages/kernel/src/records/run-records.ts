import type { Failure, RunRecord, RunRecordSummary } from "@nexus/protocol"

/**
 * Where the records of runs are kept. A record grows turn by turn and may stop anywhere: the kernel died, the run still
 * waits, something was too large. What is missing is said (`cut`), never guessed. The oldest runs of a workspace go when
 * it has too many of them or too many bytes. Both adapters pass `acceptance/run-records.ts`.
 */
export interface RunRecords {
  /** Resolves when all of them are kept. A turn that is there already is replaced; one of a run that is not is let go. */
  put(entries: readonly RecordEntry[]): Promise<void>
  /** Newest first. */
  list(workspace: string, wanted: WantedRecords): Promise<{ runs: readonly RunRecordSummary[]; more: boolean }>
  read(workspace: string, run: string): Promise<RunRecord | undefined>
  /** The workspaces of which there are records. */
  workspaces(): Promise<readonly string[]>
  /** Removes all that was recorded of a workspace. */
  forget(workspace: string): Promise<void>
  close(): Promise<void>
}

/** Which records; those that began `since` then, or `before`. */
export interface WantedRecords {
  readonly panel?: string | undefined
  readonly handler?: string | undefined
  readonly before?: number | undefined
  readonly since?: number | undefined
  /** The run behind which to go on, and when it began. */
  readonly after?: { readonly at: number; readonly run: string } | undefined
  readonly limit: number
}

export interface RecordLimits {
  /** JSON text of one run. */
  readonly recordBytes: number
  /** Runs of one workspace, and what they take as they are kept. */
  readonly workspaceRuns: number
  readonly workspaceBytes: number
}

export const DEFAULT_RECORD_LIMITS: RecordLimits = {
  recordBytes: 512 * 1024,
  workspaceRuns: 10_000,
  workspaceBytes: 64 * 1024 * 1024,
}

/** What is added to a record. Texts are JSON without secrets, made by the recorder; absent where they were too large. */
export type RecordEntry = RecordedTurn | RecordedEnd | RecordedOpening

export interface RecordedTurn {
  readonly kind: "turn"
  readonly workspace: string
  readonly run: string
  readonly turn: number
  readonly at: number
  readonly status: RunRecordSummary["status"]
  /** The change it became; 0 for none. */
  readonly seq: number
  /** A `StepBody`. */
  readonly body: string | undefined
  /** With the first turn. */
  readonly head?: RecordedHead
}

export interface RecordedHead {
  readonly panel: string
  readonly handler: string
  /** The handler's code, and its SHA-256. */
  readonly source: string
  readonly hash: string
  /** A `HeadBody`; not `whole` when its arguments were too large and are missing. */
  readonly body: string
  readonly whole: boolean
}

export interface RecordedEnd {
  readonly kind: "end"
  readonly workspace: string
  readonly run: string
  readonly at: number
  readonly status: "finished" | "failed"
  readonly failure: Failure | undefined
  /** How many there were; 0 where that is not known. */
  readonly turns: number
  readonly seq: number
}

/** The workspace was opened: runs that wait and are not among `going` ended with the kernel that ran them. */
export interface RecordedOpening {
  readonly kind: "opening"
  readonly workspace: string
  readonly at: number
  readonly going: readonly string[]
  readonly failure: Failure
}
