import { ClientMessage, createId, encodeMessage, isJsonObject, type Json, type JsonObject } from "@nexus/protocol"
import { Packr } from "msgpackr"
import * as z from "zod"
import { type Below, fromSchema, hostile, pick, spoilt } from "./values.ts"

/** MessagePack of anything, which the protocol's own encoder does not write. */
const packr = new Packr({ useRecords: false, moreTypes: false })

const KINDS: readonly JsonObject[] = ClientMessage.options.map((option) => {
  const json: Json = JSON.parse(JSON.stringify(z.toJSONSchema(option, { io: "input", unrepresentable: "any" })))
  return isJsonObject(json) ? json : {}
})

/** One frame of a client: good, nearly good, spoilt, or no message at all. */
export function frame(below: Below, ids: readonly string[]): Uint8Array | string {
  const kind = below(12)
  if (kind === 0) return Uint8Array.from({ length: below(64) }, () => below(256))
  if (kind === 1) return "text"
  if (kind === 2) return packr.pack(hostile(below))
  const schema = pick(below, KINDS)
  const components = isJsonObject(schema.$defs) ? schema.$defs : {}
  let message = fromSchema(schema, { below, components, ids })
  // Saying hello again, as somebody else, is for the tests of hello.
  if (isJsonObject(message) && message.kind === "hello") return encodeMessage({ kind: "ping", at: below(9) })
  if (isJsonObject(message) && "ref" in message && below(3) > 0) message = { ...message, ref: createId("ref") }
  for (let times = below(3); times > 0; times -= 1) message = spoilt(below, message)
  const bytes = packr.pack(message)
  if (below(10) > 0) return bytes
  // One bit over.
  const broken = Uint8Array.from(bytes)
  const at = below(broken.length || 1)
  broken[at] = (broken[at] ?? 0) ^ (1 << below(8))
  return broken
}
