import type { FromWorker, ToWorker } from "./frames.ts"

/**
 * What runs turns outside of this thread: a child process of Node, or a worker of a page. It answers its calls in order,
 * may end at any time, and can be ended at any time. The pool knows no more of it, so it is the same in Node and in a
 * browser.
 */
export interface Runner {
  /** Sends a frame. After the end it is dropped. */
  send(frame: ToWorker): void
  /** How long past its budget a call may be unanswered before the pool ends the runner. */
  readonly patienceMs: number
  /** Ends it at once because a run does not stop, and reports the exit. */
  kill(): void
  /** Ends it and answers when it is gone. */
  end(): Promise<void>
  /** CPU milliseconds that it has run handlers for, and what it did between; `undefined` where nobody says. */
  cpuMs(): number | undefined
}

export interface RunnerEvents {
  onFrame(frame: FromWorker): void
  /** Told once, whoever ended it. */
  onExit(exit: RunnerExit): void
}

export interface RunnerExit {
  /** True when it was ended because a run did not stop. */
  readonly overdue: boolean
  /** The last call that was known to take long; if it is unanswered, it is the one that ran. */
  readonly call: number | undefined
  readonly detail: string
}

/** Starts a runner. It says `ready` when it takes calls. */
export type StartRunner = (events: RunnerEvents) => Runner
