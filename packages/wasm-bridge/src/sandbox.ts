import type { Outcome, Rejection, ResumeRequest, RunRequest } from "@nexus/protocol"

/**
 * Untrusted code in, outcome out. A run is one turn or more: `run` starts it, and while it answers `waiting` it is kept
 * until `resume`, `suspend` or `discard`. Whatever a handler does comes back as an outcome; nothing here throws for it.
 */
export interface Sandbox {
  /** Starts a run and answers with its first turn. The id must not be that of a waiting run. */
  run(request: RunRequest): Promise<Outcome>
  /**
   * Goes on with a waiting run. Replies may be some of those asked for; a lost run answers `sandbox-crashed`. With `from`
   * the run is the one that was suspended there, in any sandbox, and `id` is what it is called from now on.
   */
  resume(request: ResumeRequest, from?: SuspendedRun): Promise<Outcome>
  /**
   * Takes a waiting run out as bytes, compressed and signed with `key`; nothing of it is kept here. A run that cannot be
   * taken out (`too-large`), or is not there (`sandbox-crashed`), is left as it is.
   */
  suspend(id: string, key: Uint8Array): Promise<Suspended | Rejection>
  /** Forgets a waiting run. */
  discard(id: string): void
  metrics(): SandboxMetrics
  /** Ends every process. Runs under way answer `sandbox-crashed`. */
  close(): Promise<void>
}

/** A waiting run as bytes. */
export interface Suspended {
  readonly ok: true
  readonly bytes: Uint8Array
}

/** The bytes of `suspend`, and the key they were signed with. Others are refused as `invalid-input` or `unavailable`. */
export interface SuspendedRun {
  readonly bytes: Uint8Array
  readonly key: Uint8Array
}

export type EngineName = "v8" | "wasmedge"

/** How much of the machine the sandbox takes. */
export interface SandboxOptions {
  /** What runs WebAssembly. Default `v8`, which needs nothing; `wasmedge` throws `unavailable` where its library is missing. */
  readonly engine?: EngineName
  /**
   * Child processes; each runs one handler at a time. A number fixes it. By default there are 2, more while long runs
   * hold them, as the machine has memory.
   */
  readonly processes?: number | { readonly least: number; readonly most?: number }
  /** Idle instances each process keeps ready. Default 4. */
  readonly instances?: number
  readonly log?: (line: string) => void
}

/** Counts of now, and since the start. */
export interface SandboxMetrics {
  /** Processes that take runs now. */
  readonly processes: number
  /** As many there may be. */
  readonly most: number
  /** Processes that have something to run. */
  readonly busy: number
  /** Turns handed to a process and not answered. */
  readonly running: number
  /** Runs that no process has yet. */
  readonly queued: number
  /** Runs that wait for host calls. */
  readonly waiting: number
  /** Turns answered since the start. */
  readonly turns: number
  /** Failed turns by failure code. */
  readonly failures: { readonly [code: string]: number }
  /** Processes that were ended because a run did not stop, or that ended by themselves. */
  readonly restarts: number
  readonly kills: Kills
  /** Whether a handler's evaluated code was there already when it started. */
  readonly images: { readonly found: number; readonly made: number }
  readonly workers: readonly WorkerLoad[]
  /** How long turns computed. */
  readonly runMs: Spread
  /** How long turns waited for a process. */
  readonly queueMs: Spread
}

/** A process, and the turns it has in hand: the first runs, since so many milliseconds, the others come after it. */
export interface WorkerLoad {
  readonly ready: boolean
  readonly running: readonly TurnInHand[]
}

export interface TurnInHand {
  readonly tenant: string
  readonly panel: string
  readonly handler: string
  readonly forMs: number
}

/** Runs that were over their budget, by what stopped them: the interpreter itself, the watchdog of its process, the kernel. */
export interface Kills {
  readonly interrupted: number
  readonly terminated: number
  readonly killed: number
}

/** Times in milliseconds: how many, their sum, and how many were at most so long. */
export interface Spread {
  readonly count: number
  readonly sumMs: number
  readonly upTo: readonly { readonly mostMs: number; readonly count: number }[]
}
