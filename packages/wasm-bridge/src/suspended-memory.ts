import { createHash } from "node:crypto"
import { deflateRawSync, inflateRawSync } from "node:zlib"
import { packMemory, unpackMemory } from "./kept-memory.ts"
import type { Suspension } from "./snapshot.ts"

/** A suspended memory as compressed bytes, made and read inside a sandbox process. */
/** Most of what is to be had for a quarter of the time. */
const LEVEL = 3
const hashes = new WeakMap<ArrayBufferLike, string>()

export function encodeMemory(suspension: Suspension, image: Uint8Array): Buffer {
  return deflateRawSync(packMemory(suspension, hashOf(image)), { level: LEVEL })
}

/** `undefined` when the memory belongs to another image than `image`. Throws when it is damaged. */
export function decodeMemory(bytes: Uint8Array, image: Uint8Array): Suspension | undefined {
  return unpackMemory(inflateRawSync(bytes), hashOf(image))
}

function hashOf(image: Uint8Array): string {
  const known = hashes.get(image.buffer)
  if (known) return known
  const hash = createHash("sha256").update(image).digest("hex")
  hashes.set(image.buffer, hash)
  return hash
}
