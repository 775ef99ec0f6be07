export type { HandlersHere, RunHere, TurnsHere } from "../store/handlers-here.ts"
export { SessionState } from "../store/session-state.ts"
export { type Connection, type ConnectionOptions, type ConnectionStatus, createConnection } from "./connection.ts"
export { MemoryOutboxes } from "./memory-outbox.ts"
export type { Confirmed, Conflict, Left, Others, Outbox, OutboxWrite, Queued } from "./outbox.ts"
export type { Clock } from "./reconnect.ts"
export type { Socket, SocketFactory } from "./socket.ts"
export type {
  DocumentNews,
  DocumentRequest,
  HandlerFinished,
  HandlerLog,
  PanelMirror,
  Stop,
  SubmitOptions,
  TriggeredBy,
  ViewCommand,
  Viewer,
  WorkspaceMirror,
} from "./workspace-mirror.ts"
