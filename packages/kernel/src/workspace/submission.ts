import type { Cause, Operation } from "@nexus/protocol"

/** A list of operations that somebody wants committed; `submission` is its client-made id, good for one commit. */
export interface Submission {
  readonly submission: string
  readonly cause: Cause
  readonly operations: readonly Operation[]
}
