import type { QuestionAnswer, Role, WaitingRunAnswer } from "@nexus/protocol"

/** The waiting runs of a workspace as its members see them, and what they may do with them. */
export interface WaitingRuns {
  list(): Promise<readonly WaitingRunAnswer[]>
  /** What handlers ask people and nobody has answered, oldest first. */
  questions(): Promise<readonly QuestionAnswer[]>
  /**
   * Answers a question; `may` says whether the person has the role it names. The handler goes on. Throws `not-found` for a
   * question that is not open, `invalid-input` for none of its options.
   */
  answer(question: string, answer: string, may: (role: Role) => Promise<unknown>): Promise<void>
  /** Ends it for good; its changes so far stay. Throws `not-found` when it does not wait. */
  cancel(run: string, by: string): Promise<void>
  /**
   * `resume`: now, with the code it began with, what it slept for being over. `restart`: from the beginning, with the
   * code of now and the same arguments. `discard`: not at all. Answers with the run there is now.
   */
  goOn(run: string, how: "resume" | "restart" | "discard", by: string): Promise<string>
}
