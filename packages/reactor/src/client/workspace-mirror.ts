import type {
  Change,
  ClientMessage,
  ClientMessageOf,
  Embedding,
  Failure,
  Graph,
  Json,
  JsonObject,
  Operation,
  PanelLevel,
  Peer,
  Role,
  ServerMessage,
  ServerMessageOf,
  Touch,
} from "@nexus/protocol"
import type { Steps } from "../store/history.ts"
import type { SessionState } from "../store/session-state.ts"
import type { Conflict } from "./outbox.ts"

/** How a handler's run ended, as the kernel told it. A failed run is a result, not a throw. */
export type HandlerFinished = ServerMessageOf<"handler_finished">
/** One line that a handler logged. */
export type HandlerLog = ServerMessageOf<"log">
/** A `$view.toast|focus|scrollTo|open` for this session. */
export type ViewCommand = ServerMessageOf<"view_command">

/** Who this client is, once the kernel said welcome. */
export interface Viewer {
  readonly session: string
  readonly user: string
  readonly name: string
  /** What a page of another site may show. */
  readonly embed?: Embedding
}

/** How a submission stands among those before it. */
export interface SubmitOptions {
  /** Submissions in a row with the same group are undone together, such as the keystrokes in one field. */
  readonly group?: string
}

/** What is said to the kernel of shared sources. */
export type DocumentRequest = Extract<ClientMessage, { kind: `document_${string}` }>
/** What is heard of one: answers come by `ref`; `line` says whether there is one, with the workspace up to date. */
export type DocumentNews =
  | Extract<ServerMessage, { kind: `document_${string}` }>
  | ServerMessageOf<"accepted" | "rejected">
  | { readonly kind: "line"; readonly open: boolean }

/** Stops what was subscribed. */
export type Stop = () => void

/** What sets a handler off in a browser; a lifecycle's handler must be declared for it. */
export type TriggeredBy = NonNullable<ClientMessageOf<"handler_trigger">["trigger"]>

/**
 * What a living panel needs of a workspace. The connection gives it over the wire; a preview gives it from memory.
 */
export interface PanelMirror {
  readonly workspace: string
  /** Confirmed and own pending operations. May be replaced by a snapshot: read it anew. */
  readonly graph: Graph
  readonly role: Role | undefined
  readonly viewer: Viewer | undefined
  /** At once on this screen; resolves when confirmed. When refused it is taken back and a `NexusError` is thrown. */
  submit(operations: readonly Operation[], reason: string, options?: SubmitOptions): Promise<{ readonly seq: number }>
  /** Runs a handler, by an event unless a lifecycle is named. Throws `NexusError` when the kernel refuses to run it. */
  trigger(panel: string, handler: string, args: Json, by?: TriggeredBy): Promise<HandlerFinished>
  /** After every remote, own, optimistic or withdrawn change; `change` is there for confirmed ones. */
  onTouched(listener: (touched: readonly Touch[], change?: Change) => void): Stop
  onLog(listener: (line: HandlerLog) => void): Stop
  onView(listener: (command: ViewCommand) => void): Stop
  /** This viewer's session-scoped state of a panel. */
  session(panel: string): SessionState
}

/** One workspace, mirrored. */
export interface WorkspaceMirror extends PanelMirror {
  /** Why this person is no longer a member, once they are not. */
  readonly closed: Failure | undefined
  /** What one may do with a panel: what one's role says, or less. */
  levelOf(panel: string): PanelLevel
  /** The last confirmed change. */
  readonly seq: number
  /** Resolves when the graph is here; rejects when the kernel refuses this workspace. */
  readonly ready: Promise<void>
  readonly peers: readonly Peer[]
  /** How many requests have no answer yet. */
  readonly queued: number
  /** Whether they would all be there again if the page ended now. */
  readonly safe: boolean
  /** What was done without a line and did not fit when it was back, oldest first. */
  readonly conflicts: readonly Conflict[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  /**
   * Does what the conflict wanted on top of what is there now, and ends it. Throws `NexusError` where it cannot be done;
   * the conflict then stays.
   */
  overwrite(ref: string): Promise<{ readonly seq: number }>
  /** Ends a conflict, leaving what is there. */
  discard(ref: string): void
  /** Resolves when everything is kept that is to outlive the page. */
  flush(): Promise<void>
  /** After a change of `queued` or `safe`. */
  onQueue(listener: () => void): Stop
  onConflicts(listener: () => void): Stop
  /** Takes back this client's last change; `false` when there is none or somebody changed the same since. */
  undo(): Promise<boolean>
  redo(): Promise<boolean>
  /** What this client did and can take back, and what it took back and can do again; newest last. */
  readonly steps: Steps
  /** After a change of `canUndo`, `canRedo` or `steps`. */
  onHistory(listener: () => void): Stop
  /** After runs began or ceased to wait, questions of theirs came or went, or some of that may have been missed. */
  onRuns(listener: () => void): Stop
  onPeers(listener: (peers: readonly Peer[]) => void): Stop
  setPresence(presence: JsonObject): void
  /** A shared source: what may be said of it now, dropped without a line, and what is heard of it. */
  sendDocument(message: DocumentRequest): void
  onDocument(panel: string, listener: (message: DocumentNews) => void): Stop
  /** Stops mirroring this workspace. */
  close(): void
}
