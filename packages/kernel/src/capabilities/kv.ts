import { isJson, Json, NexusError } from "@nexus/protocol"
import type { ValueStore } from "../storage/journal.ts"

const MAX_VALUE_BYTES = 256 * 1024
const MAX_LISTED = 1000

/** `nexus.kv.get(store, key)`, `set(store, key, value)`, `delete(store, key)`, `list(store, prefix?)` → keys. */
export async function callStore(
  values: ValueStore,
  workspace: string,
  method: string,
  [store, key, value]: readonly Json[],
  allow: (store: string) => void,
): Promise<Json> {
  const name = text(store, "the store's name")
  allow(name)
  const space = `kv:${name}`
  switch (method) {
    case "get": {
      const found = await values.get(workspace, space, text(key, "the key"))
      return found === undefined ? null : Json.parse(JSON.parse(found))
    }
    case "set": {
      if (!isJson(value ?? null)) throw new NexusError({ code: "invalid-input", detail: "a stored value is JSON" })
      const written = JSON.stringify(value ?? null)
      if (Buffer.byteLength(written) > MAX_VALUE_BYTES) {
        throw new NexusError({ code: "too-large", what: "value", limit: MAX_VALUE_BYTES, unit: "bytes" })
      }
      await values.set(workspace, space, text(key, "the key"), written)
      return null
    }
    case "delete":
      await values.set(workspace, space, text(key, "the key"), undefined)
      return null
    default: {
      const listed = await values.list(workspace, space, key === undefined ? "" : text(key, "the prefix"), MAX_LISTED)
      return listed.map(([name]) => name)
    }
  }
}

function text(value: Json | undefined, what: string): string {
  if (typeof value === "string" && value.length > 0 && value.length <= 512) return value
  throw new NexusError({ code: "invalid-input", detail: `${what} is text of 1 to 512 characters` })
}
