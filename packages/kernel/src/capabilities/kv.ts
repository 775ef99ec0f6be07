import { isJson, Json, NexusError } from "@nexus/protocol"
import type { HostContext, Methods } from "./host-context.ts"

const MAX_VALUE_BYTES = 256 * 1024
const MAX_LISTED = 1000

/** `nexus.kv.get(store, key)`, `set(store, key, value)`, `delete(store, key)`, `list(store, prefix?)` → keys. */
export const kv: Methods = {
  get: async ([store, key], context) => {
    const found = await context.values.get(context.workspace, spaceOf(store, context), text(key, "the key"))
    return found === undefined ? null : Json.parse(JSON.parse(found))
  },
  set: async ([store, key, value], context) => {
    const space = spaceOf(store, context)
    if (!isJson(value ?? null)) throw new NexusError({ code: "invalid-input", detail: "a stored value is JSON" })
    const written = JSON.stringify(value ?? null)
    if (Buffer.byteLength(written) > MAX_VALUE_BYTES) {
      throw new NexusError({ code: "too-large", what: "value", limit: MAX_VALUE_BYTES, unit: "bytes" })
    }
    await context.values.set(context.workspace, space, text(key, "the key"), written)
    return null
  },
  delete: async ([store, key], context) => {
    await context.values.set(context.workspace, spaceOf(store, context), text(key, "the key"), undefined)
    return null
  },
  list: async ([store, prefix], context) => {
    const space = spaceOf(store, context)
    const begin = prefix === undefined ? "" : text(prefix, "the prefix")
    const listed = await context.values.list(context.workspace, space, begin, MAX_LISTED)
    return listed.map(([name]) => name)
  },
}

function spaceOf(store: Json | undefined, { allow }: HostContext): string {
  const scope = text(store, "the store's name")
  allow({ type: "kv", scope })
  return `kv:${scope}`
}

function text(value: Json | undefined, what: string): string {
  if (typeof value === "string" && value.length > 0 && value.length <= 512) return value
  throw new NexusError({ code: "invalid-input", detail: `${what} is text of 1 to 512 characters` })
}
