import { decodeServerMessage, type ServerMessage } from "@nexus/protocol"
import { type Connection, createConnection } from "@nexus/reactor/client"
import { Session } from "../../src/gateway/session.ts"
import type { MessageContext } from "../../src/messages/context.ts"
import { dispatch } from "../../src/workspace/dispatch.ts"
import type { Workspaces } from "../../src/workspace/workspaces.ts"
import { ADA } from "../worlds.ts"

/** The real client and the real session with a line between them that loses what `loses` says. */
export function connected(
  workspaces: Workspaces,
  loses: (message: ServerMessage) => boolean,
): { readonly connection: Connection; readonly asked: readonly string[] } {
  const asked: string[] = []
  const context: MessageContext = {
    workspaces,
    accounts: {
      authenticate: async () => ({ user: { id: ADA.id, name: ADA.name, email: "" } }),
      lookIn: async () => Promise.reject(new Error("nobody looks in here")),
      roleOf: async () => "owner",
      onEnded: () => () => undefined,
    },
    log: () => undefined,
  }
  const connection = createConnection({
    url: "ws://kernel/panels/stream",
    token: async () => "a token",
    openSocket: (_url, events) => {
      const session = new Session({
        bufferedAmount: 0,
        send: (bytes) => {
          const message = decodeServerMessage(bytes)
          if (!loses(message)) queueMicrotask(() => events.onMessage(message))
        },
        close: (_code, reason) => events.onClose(reason),
      })
      queueMicrotask(() => events.onOpen())
      return {
        send: (message) => {
          asked.push(message.kind === "subscribe" ? `subscribe since ${message.since ?? "nothing"}` : message.kind)
          dispatch(context, session, message).catch(() => undefined)
        },
        close: () => session.close(),
      }
    },
  })
  return { connection, asked }
}
