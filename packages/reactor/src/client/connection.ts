import type { Failure } from "@nexus/protocol"
import type { Clock } from "./reconnect.ts"
import type { SocketFactory } from "./socket.ts"
import type { WorkspaceMirror } from "./workspace-mirror.ts"

export type ConnectionStatus = "connecting" | "online" | "offline"

export interface ConnectionOptions {
  /** `ws://…/api/v1/panels/stream`. Never holds the token. */
  readonly url: string
  /** A fresh access token, asked before every hello. */
  readonly token: () => Promise<string>
  readonly random?: () => number
  readonly clock?: Clock
  readonly openSocket?: SocketFactory
}

export interface Connection {
  readonly status: ConnectionStatus
  /** Why it is offline, when the kernel said so. */
  readonly failure: Failure | undefined
  onStatus(listener: (status: ConnectionStatus) => void): () => void
  /** The mirror of a workspace; the same one while it is open. */
  open(workspace: string): WorkspaceMirror
  close(): void
}

export declare function createConnection(options: ConnectionOptions): Connection
