import type { ClientMessageOf } from "@nexus/protocol"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"

export function onPing(_: MessageContext, session: Session, { at }: ClientMessageOf<"ping">): void {
  session.send({ kind: "pong", at })
}
