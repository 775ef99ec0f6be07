import * as z from "zod"
import { Failure } from "../failure.ts"
import { Id, Seq } from "../ids.ts"
import { Json, JsonObject } from "../json.ts"
import { Change } from "../nog/change.ts"
import { Entity } from "../nog/entity.ts"
import { Relationship } from "../nog/relationship.ts"
import { PanelLevel } from "../panel-level.ts"
import { TextSelection } from "./document.ts"

const message = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), ...shape })

/** What a member may do: look; look and change; that and say who else may. */
export const Role = z.enum(["owner", "editor", "viewer"])
export type Role = z.infer<typeof Role>

/** The graph written whole at `seq`. */
export const Snapshot = z.object({
  workspace: Id,
  seq: Seq,
  entities: z.array(Entity),
  relationships: z.array(Relationship),
})
export type Snapshot = Readonly<z.infer<typeof Snapshot>>

/** One person who is in the workspace now; `presence` is whatever their client last said (cursor, selection). */
export const Peer = z.object({
  session: Id,
  user: Id,
  name: z.string(),
  role: Role,
  presence: JsonObject,
})
export type Peer = Readonly<z.infer<typeof Peer>>

/** A session that has a panel's source open; who it is the kernel says, not the session. */
export const Writer = z.object({
  session: Id,
  user: Id,
  name: z.string(),
  role: Role,
  selection: TextSelection.nullable(),
})
export type Writer = Readonly<z.infer<typeof Writer>>

/** The panels with which this person may do less than their role says. */
const narrowed = z.record(Id, PanelLevel).exactOptional()

/** What a page of another site may show: one workspace, or one panel of it. */
export const Embedding = z.object({ workspace: Id, panel: Id.exactOptional() })
export type Embedding = Readonly<z.infer<typeof Embedding>>

/** Everything the kernel says on the socket. */
export const ServerMessage = z.discriminatedUnion("kind", [
  message("welcome", {
    session: Id,
    user: Id,
    name: z.string(),
    protocol: z.int(),
    /** For who came by a link for other sites. */
    embed: Embedding.exactOptional(),
  }),
  message("snapshot", { workspace: Id, role: Role, narrowed, snapshot: Snapshot }),
  message("change", { change: Change }),
  /** Answers a subscribe that the changes since caught up: the client is at `seq`. */
  message("subscribed", { workspace: Id, role: Role, narrowed, seq: Seq }),
  message("accepted", { ref: Id, seq: Seq }),
  message("rejected", { ref: Id, failure: Failure }),
  /** `session` holds session-scoped state that the handler wrote, for this session alone. `seq` is the last change of the run. */
  message("handler_finished", {
    ref: Id,
    run: Id,
    status: z.enum(["finished", "failed", "waiting"]),
    value: Json.optional(),
    failure: Failure.optional(),
    seq: Seq,
    session: JsonObject.optional(),
    usage: z.object({ wallMs: z.number(), cpuMs: z.number(), memoryBytes: z.number(), hostCalls: z.int() }).optional(),
  }),
  message("presence", { workspace: Id, peers: z.array(Peer) }),
  /** Answers `document_open`: what the session lacks of this document, and by `vector` what the kernel has of it. */
  message("document_opened", {
    workspace: Id,
    panel: Id,
    document: Id,
    update: z.instanceof(Uint8Array),
    vector: z.instanceof(Uint8Array),
    writers: z.array(Writer),
    ref: Id,
  }),
  message("document_updated", { workspace: Id, panel: Id, document: Id, update: z.instanceof(Uint8Array) }),
  /** Who has the source open now, whenever somebody comes or goes. */
  message("document_writers", { workspace: Id, panel: Id, writers: z.array(Writer) }),
  message("document_awareness", { workspace: Id, panel: Id, session: Id, selection: TextSelection.nullable() }),
  /** What is written could not be saved; it is kept, and tried again when it is another text. */
  message("document_unsaved", { workspace: Id, panel: Id, failure: Failure }),
  /** Answers `document_close`; with a failure the kernel let the session go: the panel is gone, or an update was none. */
  message("document_closed", { workspace: Id, panel: Id, failure: Failure.exactOptional() }),
  message("view_command", { workspace: Id, panel: Id, command: z.string(), argument: Json }),
  message("log", {
    workspace: Id,
    panel: Id,
    run: Id,
    handler: z.string(),
    level: z.enum(["debug", "info", "warn", "error"]),
    message: z.string(),
    /** Where in the panel's NXML the handler said it. */
    line: z.int().exactOptional(),
    column: z.int().exactOptional(),
    at: z.number(),
  }),
  /** The runs that wait, or the questions they ask, are others than before: ask again who shows them. At most twice a second. */
  message("runs_changed", { workspace: Id }),
  /** The server let this client fall too far behind; subscribe again. */
  message("resync", { workspace: Id }),
  /**
   * A message that could not be answered by `ref`: a malformed frame, an unknown kind, a failed hello. With a workspace:
   * it is closed to this session from now on.
   */
  message("failed", { failure: Failure, workspace: Id.exactOptional() }),
  message("pong", { at: z.number() }),
])
export type ServerMessage = Readonly<z.infer<typeof ServerMessage>>
export type ServerMessageOf<Kind extends ServerMessage["kind"]> = Extract<ServerMessage, { kind: Kind }>
