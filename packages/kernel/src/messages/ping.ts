import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { DispatchParts } from "../workspace/dispatch.ts"

export function onPing(_: DispatchParts, session: Session, { at }: ClientMessageOf<"ping">): void {
  session.send({ kind: "pong", at })
}
