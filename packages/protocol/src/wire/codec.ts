import { Packr } from "msgpackr"
import type * as z from "zod"
import type { Failure } from "../failure.ts"
import { NexusError } from "../nexus-error.ts"
import { ClientMessage } from "./client-message.ts"
import { ServerMessage } from "./server-message.ts"
import { MAX_FRAME_BYTES, PROTOCOL_VERSION } from "./version.ts"

/**
 * The only wire parse. A frame is one MessagePack value; records and shared structures are off, so that any MessagePack
 * library can speak to us and a frame never depends on an earlier one.
 */
const packr = new Packr({ useRecords: false, moreTypes: false, structuredClone: false, int64AsType: "number" })

/** One message as one binary frame. */
export function encodeMessage(message: ClientMessage | ServerMessage): Uint8Array {
  return packr.pack(message)
}

/** Kernel side: bytes → message. Throws `too-large` or `invalid-input`. */
export function decodeClientMessage(bytes: Uint8Array): ClientMessage {
  return decode(bytes, ClientMessage)
}

/** Browser side: bytes → message. Throws `invalid-input`. */
export function decodeServerMessage(bytes: Uint8Array): ServerMessage {
  return decode(bytes, ServerMessage, Number.POSITIVE_INFINITY)
}

function decode<Schema extends z.ZodType>(bytes: Uint8Array, schema: Schema, limit = MAX_FRAME_BYTES): z.infer<Schema> {
  if (bytes.byteLength > limit) {
    throw new NexusError({ code: "too-large", what: "frame", limit, actual: bytes.byteLength, unit: "bytes" })
  }
  let value: unknown
  try {
    value = packr.unpack(bytes)
  } catch (cause) {
    throw new NexusError(invalid("the frame is not MessagePack"), { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path.join(".")
  if (path === "kind") throw new NexusError(invalid(unknownKind(value)))
  throw new NexusError(invalid(issue?.message ?? "not a message of this protocol", path))
}

function unknownKind(value: unknown): string {
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined
  if (typeof kind !== "string") return "the message has no kind"
  return `protocol ${PROTOCOL_VERSION} has no message "${kind.slice(0, 40)}"`
}

function invalid(detail: string, path?: string): Failure {
  return path ? { code: "invalid-input", detail, path } : { code: "invalid-input", detail }
}
