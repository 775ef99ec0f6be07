import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"
import { followed } from "./followed.ts"

/** Opens a panel's source together with whoever has it open; a viewer reads along. */
export async function onDocumentOpen(
  _: MessageContext,
  session: Session,
  { workspace: id, panel, ref, document, vector }: ClientMessageOf<"document_open">,
): Promise<void> {
  const { workspace, listener } = followed(session, id, "viewer", panel)
  // A frame's bytes are kept longer than the frame.
  const known = document && vector ? { document, vector: new Uint8Array(vector) } : {}
  await workspace.documents.open(listener, { panel, ref, ...known })
}
