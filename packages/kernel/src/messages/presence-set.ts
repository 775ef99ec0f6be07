import { type ClientMessageOf, NexusError } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"

const MAX_BYTES = 4096

/** Where this person's cursor is, what they look at: told to everybody, kept nowhere. */
export function onPresenceSet(
  _: MessageContext,
  session: Session,
  { workspace, presence }: ClientMessageOf<"presence_set">,
): void {
  const bytes = JSON.stringify(presence).length
  if (bytes > MAX_BYTES) {
    throw new NexusError({ code: "too-large", what: "presence", limit: MAX_BYTES, actual: bytes, unit: "bytes" })
  }
  session.setPresence(workspace, presence)
}
