import { type Graph, type Json, NexusError, type Operation } from "@nexus/protocol"
import type { EndHere, HandlersHere } from "../store/handlers-here.ts"
import type { SessionState } from "../store/session-state.ts"
import { finishedHere, takeTurn } from "../store/take-turn.ts"
import type { HandlerFinished, HandlerLog, ViewCommand } from "./workspace-mirror.ts"

/** What handlers without a line need of their workspace's mirror. */
export interface OfflineMirror {
  readonly workspace: string
  graph(): Graph
  seq(): number
  session(panel: string): SessionState
  /** As the person's own: on the screen at once, kept and sent when the line is back. Answers for what may be refused then. */
  submit(operations: readonly Operation[], reason: string, group: string): Promise<unknown>
  tellLog(line: HandlerLog): void
  tellView(command: ViewCommand): void
}

/**
 * A handler that is set off while there is no line. It is either run here or sent, never both, and which of the two is
 * decided before anything of it is kept: one that finishes without asking for anything has its state effects submitted
 * like the person's own edits, and the kernel never hears of the trigger; one that asks, or cannot be run here, has
 * done nothing yet, so the trigger is kept for the kernel. A line that comes back meanwhile changes neither. A handler
 * that fails here has failed: it changed nothing, and what it says is told at once.
 */
export async function runOffline(
  handlers: HandlersHere,
  mirror: OfflineMirror,
  { panel, handler, args }: { readonly panel: string; readonly handler: string; readonly args: Json },
): Promise<HandlerFinished | undefined> {
  const { workspace } = mirror
  const say = (argument: Json) =>
    mirror.tellView({ kind: "view_command", workspace, panel, command: "toast", argument })
  const end = await attempt(() =>
    handlers.run({
      workspace,
      panel,
      handler,
      args,
      graph: () => mirror.graph(),
      session: () => mirror.session(panel).values,
      take: (turn) =>
        takeTurn(turn, {
          workspace,
          panel,
          handler,
          session: mirror.session(panel),
          submit(operations) {
            const kept = mirror.submit(operations, handler, turn.run)
            kept.catch((error: unknown) => say({ message: notKept(handler, error), tone: "wrong" }))
          },
          tellLog: (line) => mirror.tellLog(line),
          tellView: (command) => mirror.tellView(command),
        }),
    }),
  )
  if (end && end.status !== "asks") return finishedHere(end, mirror.seq())
  say("Waits for the connection")
  return undefined
}

/** `undefined` where nothing can be run here, or the sandbox was lost on the way: it took nothing with it. */
async function attempt(run: () => Promise<EndHere>): Promise<EndHere | undefined> {
  try {
    const end = await run()
    return end.status === "failed" && end.failure.code === "sandbox-crashed" ? undefined : end
  } catch (error) {
    if (error instanceof NexusError) return undefined
    throw error
  }
}

function notKept(handler: string, error: unknown): string {
  return `What "${handler}" did offline was not kept. ${error instanceof Error ? error.message : String(error)}`
}
