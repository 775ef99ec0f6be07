import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { followed } from "./followed.ts"

/** Saves a shared source now, as it stands with everybody's typing in it. */
export async function onDocumentSave(
  _: MessageContext,
  session: Session,
  { workspace: id, panel, ref }: ClientMessageOf<"document_save">,
): Promise<void> {
  const { workspace } = followed(session, id, "editor", panel)
  const seq = (await workspace.documents.save(panel)) ?? workspace.seq
  session.send({ kind: "accepted", ref, seq })
}
