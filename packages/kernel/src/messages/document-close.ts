import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { followed } from "./followed.ts"

/** Answers when everything that this session typed is kept, saved or not: then it may forget the text. */
export async function onDocumentClose(
  _: MessageContext,
  session: Session,
  { workspace: id, panel }: ClientMessageOf<"document_close">,
): Promise<void> {
  await followed(session, id, "viewer").workspace.documents.close(session.id, panel)
  session.send({ kind: "document_closed", workspace: id, panel })
}
