import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { DispatchParts } from "../workspace/dispatch.ts"

export function onUnsubscribe(_: DispatchParts, session: Session, { workspace }: ClientMessageOf<"unsubscribe">): void {
  session.unfollow(workspace)
}
