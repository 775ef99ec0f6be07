import { type ClientMessageOf, NexusError } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { followed } from "./followed.ts"

/**
 * What was typed into a shared source. A session whose update cannot be taken has another text than everybody else: it
 * is put out of the document and told why, so that it opens it again.
 */
export function onDocumentUpdate(
  _: MessageContext,
  session: Session,
  { workspace: id, panel, document, update }: ClientMessageOf<"document_update">,
): void {
  try {
    followed(session, id, "editor", panel).workspace.documents.update(session.id, panel, document, update)
  } catch (error) {
    if (!(error instanceof NexusError)) throw error
    session.followed(id)?.workspace.documents.leave(session.id, panel)
    session.send({ kind: "document_closed", workspace: id, panel, failure: error.failure })
  }
}
