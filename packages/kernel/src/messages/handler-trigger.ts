import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { requireRole } from "./require-role.ts"
import { traceIdOf } from "./trace-id.ts"

/**
 * A click, or a panel that is opened or closed: runs a handler and answers when its run is over. A run that waits longer
 * than a moment is answered with `waiting` first, and with its end if the session is still there. The same ref again is
 * the same run.
 */
export async function onHandlerTrigger(
  context: MessageContext,
  session: Session,
  message: ClientMessageOf<"handler_trigger">,
): Promise<void> {
  const { workspace: id, panel, handler, args, ref, session: viewer, trigger = "event" } = message
  const { identity } = await requireRole(context, session, id, "editor")
  const workspace = context.workspaces.get(id) ?? (await context.workspaces.open(id))
  const result = await workspace.trigger({
    panel,
    handler,
    args,
    trigger,
    person: { kind: "person", id: identity.user.id, name: identity.user.name },
    ref,
    ...(viewer ? { session: viewer } : {}),
    ...traceIdOf(message),
    onWaiting: (run, seq) => session.send({ kind: "handler_finished", ref, run, status: "waiting", seq }),
    onView: (command, argument) => session.send({ kind: "view_command", workspace: id, panel, command, argument }),
  })
  session.send({ kind: "handler_finished", ref, ...result })
}
