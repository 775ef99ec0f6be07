import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { followed } from "./followed.ts"

/** Where a session's cursor stands in a shared source: told to those who have it open, kept nowhere. */
export function onDocumentAwareness(
  _: MessageContext,
  session: Session,
  { workspace: id, panel, selection }: ClientMessageOf<"document_awareness">,
): void {
  followed(session, id, "viewer").workspace.documents.setSelection(session.id, panel, selection)
}
