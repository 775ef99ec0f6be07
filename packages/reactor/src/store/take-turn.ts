import type { Operation } from "@nexus/protocol"
import type { HandlerFinished, HandlerLog, ViewCommand } from "../client/workspace-mirror.ts"
import type { EndHere, TurnHere } from "./handlers-here.ts"
import type { SessionState } from "./session-state.ts"

/** Where the turns of a handler that runs here go. */
export interface TurnTaker {
  readonly workspace: string
  readonly panel: string
  readonly handler: string
  readonly session: SessionState
  /** At once on this screen. Throws a `NexusError` where the operations do not fit. */
  submit(operations: readonly Operation[]): void
  tellLog(line: HandlerLog): void
  tellView(command: ViewCommand): void
}

/** What a turn said, changed and wants to be seen, as the kernel's messages would bring it. */
export function takeTurn({ run, settled, logs }: TurnHere, taker: TurnTaker): void {
  const { workspace, panel, handler, session, submit, tellLog, tellView } = taker
  for (const { kind, ...line } of logs) tellLog({ kind, workspace, panel, run, handler, ...line, at: Date.now() })
  if (!settled) return
  if (settled.operations.length > 0) submit(settled.operations)
  const written = Object.entries(settled.session).filter(([name]) => settled.sessionWritten.has(name))
  if (written.length > 0) session.merge(Object.fromEntries(written))
  for (const { command, argument } of settled.views) {
    tellView({ kind: "view_command", workspace, panel, command, argument })
  }
}

/** How a run here ended, as the kernel would tell it. */
export function finishedHere(end: Exclude<EndHere, { status: "asks" }>, seq: number): HandlerFinished {
  const { run, status, usage } = end
  const result = end.status === "finished" ? { value: end.value } : { failure: end.failure }
  return { kind: "handler_finished", ref: run, run, status, ...result, seq, usage }
}
