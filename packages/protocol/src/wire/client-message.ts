import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { Json, JsonObject } from "../json.ts"
import { Operation } from "../nog/operation.ts"
import { Bytes, TextSelection } from "./document.ts"

const message = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), ...shape })

/** A client-made id of a request; repeating it repeats the answer, never the effect. */
const Ref = Id

/** Everything a client may say; requests with a `ref` are answered under it. */
export const ClientMessage = z.discriminatedUnion("kind", [
  message("hello", { token: z.string().max(4096), protocol: z.int() }),
  message("subscribe", { workspace: Id, since: Seq.optional() }),
  message("unsubscribe", { workspace: Id }),
  /**
   * `session` is the viewer's session-scoped state of that panel; what the handler writes there comes back to this
   * session alone. `trigger` names the lifecycle that the panel declares the handler for; absent, it is an event.
   */
  message("handler_trigger", {
    workspace: Id,
    panel: Id,
    handler: z.string().max(64),
    args: Json,
    trigger: z.enum(["event", "mount", "unmount"]).optional(),
    session: JsonObject.optional(),
    traceparent: z.string().max(80).optional(),
    ref: Ref,
  }),
  message("operations_submit", {
    workspace: Id,
    base: Seq,
    operations: z.array(Operation).min(1).max(1000),
    reason: z.string().max(200),
    traceparent: z.string().max(80).optional(),
    ref: Ref,
  }),
  message("presence_set", { workspace: Id, presence: JsonObject }),
  /** Joins who writes or reads a panel's source. `document` and `vector` say which text is here already, and how much of it. */
  message("document_open", {
    workspace: Id,
    panel: Id,
    document: Id.exactOptional(),
    vector: Bytes.exactOptional(),
    ref: Ref,
  }),
  message("document_update", { workspace: Id, panel: Id, document: Id, update: Bytes }),
  /** Where this session's cursor stands in the text; `null` when it stands nowhere. */
  message("document_awareness", { workspace: Id, panel: Id, selection: TextSelection.nullable() }),
  /** Saves the text as it stands now, as a change by those who typed; answered with `accepted`. */
  message("document_save", { workspace: Id, panel: Id, ref: Ref }),
  /** Answered with `document_closed` when everything that was typed here is kept. */
  message("document_close", { workspace: Id, panel: Id }),
  message("ping", { at: z.number() }),
])
export type ClientMessage = Readonly<z.infer<typeof ClientMessage>>
export type ClientMessageOf<Kind extends ClientMessage["kind"]> = Extract<ClientMessage, { kind: Kind }>
