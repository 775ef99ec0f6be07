import { type ClientMessageOf, isCommentOperation, isPanel, type Operation } from "@nexus/protocol"
import { requireScope } from "../accounts/scopes.ts"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { requireRole } from "./require-role.ts"
import { traceIdOf } from "./trace-id.ts"

/**
 * A person's own operations: dragging, typing, saving a source, commenting, undoing. The ref is the submission's id. Who
 * may look may talk about what they see; a program needs a key that writes all the same.
 */
export async function onOperationsSubmit(
  context: MessageContext,
  session: Session,
  message: ClientMessageOf<"operations_submit">,
): Promise<void> {
  const { workspace: id, operations, reason, ref } = message
  const { identity } = await requireRole(context, session, id, "viewer")
  if (operations.some(brings)) requireScope(identity, "admin")
  const workspace = context.workspaces.get(id) ?? (await context.workspaces.open(id))
  if (operations.every((operation) => isCommentOperation(workspace.graph, operation))) requireScope(identity, "write")
  else await requireRole(context, session, id, "editor")
  const actor = { kind: "person", id: identity.user.id, name: identity.user.name } as const
  const seq = await workspace.submit({ submission: ref, cause: { actor, reason, ...traceIdOf(message) }, operations })
  session.send({ kind: "accepted", ref, seq })
}

/** Does it bring a right? A program may do so only with a key that says so. */
function brings(operation: Operation): boolean {
  if (operation.kind === "panel_grant") return operation.granted
  return operation.kind === "entity_add" && isPanel(operation.entity) && operation.entity.properties.grants.length > 0
}
