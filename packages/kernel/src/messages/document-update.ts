import { type ClientMessageOf, NexusError } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { requireRole } from "./require-role.ts"

/** Writing one source together needs a shared document, which this kernel does not keep; sources are saved whole. */
export async function onDocumentUpdate(
  context: MessageContext,
  session: Session,
  { workspace }: ClientMessageOf<"document_update">,
): Promise<void> {
  await requireRole(context, session, workspace, "editor")
  const detail = "this kernel keeps no shared documents; save the source with operations_submit"
  throw new NexusError({ code: "unavailable", what: "Writing a source together", detail })
}
