import type { ClientMessage } from "@nexus/protocol"
import type { HandlersHere } from "../store/handlers-here.ts"
import type { Outbox } from "./outbox.ts"
import type { Clock } from "./reconnect.ts"
import type { Viewer } from "./workspace-mirror.ts"

/** What a mirrored workspace needs of its connection. */
export interface Line {
  readonly workspace: string
  /** Dropped when offline: `connected` sends again what still waits. */
  send(message: ClientMessage): void
  viewer(): Viewer | undefined
  readonly online: () => boolean
  /** It is known to be away, and is not just being opened. */
  readonly away: () => boolean
  /** Runs handlers while it is offline; where there is none, all of them wait. */
  readonly handlers: HandlersHere | undefined
  readonly outbox: Outbox | undefined
  readonly clock: Clock
  readonly randomBytes: (length: number) => Uint8Array
  onClose(): void
}
