import { type ClientMessageOf, NexusError } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { DispatchParts } from "../workspace/dispatch.ts"
import { requireRole } from "./require-role.ts"

/** Writing one source together needs a shared document, which this kernel does not keep; sources are saved whole. */
export async function onDocumentUpdate(
  parts: DispatchParts,
  session: Session,
  { workspace }: ClientMessageOf<"document_update">,
): Promise<void> {
  await requireRole(parts, session, workspace, "editor")
  const detail = "this kernel keeps no shared documents; save the source with operations_submit"
  throw new NexusError({ code: "unavailable", what: "Writing a source together", detail })
}
