import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"

export function onUnsubscribe(
  _: MessageContext,
  session: Session,
  { workspace }: ClientMessageOf<"unsubscribe">,
): void {
  session.unfollow(workspace)
}
