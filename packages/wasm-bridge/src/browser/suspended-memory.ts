import { packMemory, unpackMemory } from "../kept-memory.ts"
import type { Suspension } from "../snapshot.ts"

/** A suspended memory as compressed bytes, made and read inside a worker: the same bytes as in a sandbox process. */
const FORMAT = "deflate-raw"
const hashes = new WeakMap<ArrayBufferLike, string>()

export async function encodeMemory(
  suspension: Suspension,
  image: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return through(new CompressionStream(FORMAT), packMemory(suspension, await hashOf(image)))
}

/** `undefined` when the memory belongs to another image than `image`. Rejects when it is damaged. */
export async function decodeMemory(bytes: Uint8Array, image: Uint8Array<ArrayBuffer>): Promise<Suspension | undefined> {
  return unpackMemory(await through(new DecompressionStream(FORMAT), bytes), await hashOf(image))
}

/** The SHA-256 of `bytes` in hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

async function hashOf(image: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = hashes.get(image.buffer) ?? (await sha256(image))
  hashes.set(image.buffer, hash)
  return hash
}

async function through(
  transform: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = new Blob([new Uint8Array(bytes)]).stream()
  return new Uint8Array(await new Response(source.pipeThrough(transform)).arrayBuffer())
}
