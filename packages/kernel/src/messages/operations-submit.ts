import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { requireRole } from "./require-role.ts"
import { traceIdOf } from "./trace-id.ts"

/** A person's own operations: dragging, typing, saving a source, undoing. The ref is the submission's id. */
export async function onOperationsSubmit(
  context: MessageContext,
  session: Session,
  message: ClientMessageOf<"operations_submit">,
): Promise<void> {
  const { workspace: id, operations, reason, ref } = message
  const { identity } = await requireRole(context, session, id, "editor")
  const workspace = context.workspaces.get(id) ?? (await context.workspaces.open(id))
  const actor = { kind: "person", id: identity.user.id, name: identity.user.name } as const
  const seq = await workspace.submit({ submission: ref, cause: { actor, reason, ...traceIdOf(message) }, operations })
  session.send({ kind: "accepted", ref, seq })
}
