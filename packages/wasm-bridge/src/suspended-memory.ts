import { createHash } from "node:crypto"
import { zstdCompressSync, zstdDecompressSync } from "node:zlib"
import { Packr } from "msgpackr"
import type { Suspension } from "./snapshot.ts"

/**
 * A suspended memory as compressed bytes, made and read inside the sandbox process: the kernel's side never unpacks what
 * a guest could have shaped. The image is named by its hash, which covers the interpreter and the prelude; memory that
 * differs from another image would be nonsense, so it is refused.
 */
/** A waiting run whose memory compresses to more than this stays where it is. */
export const MAX_KEPT_BYTES = 8 * 1024 * 1024

/** The run was kept by a sandbox that lays memory out in another way. */
export const OTHER_VERSION = {
  code: "unavailable",
  what: "The kept run",
  detail: "another version of the sandbox kept it; start the handler again",
} as const

const packr = new Packr({ useRecords: false })
const hashes = new WeakMap<ArrayBufferLike, string>()

/** Written by `encodeMemory` in a process of ours, and signed since. */
type Written = [image: string, length: number, end: number, pages: [offset: number, bytes: Buffer][]]

export function encodeMemory({ length, end, pages }: Suspension, image: Uint8Array): Buffer {
  const stretches = pages.map(({ offset, bytes }) => [offset, bytes])
  return zstdCompressSync(packr.pack([hashOf(image), length, end, stretches]))
}

/** `undefined` when the memory belongs to another image than `image`. Throws when it is damaged. */
export function decodeMemory(bytes: Uint8Array, image: Uint8Array): Suspension | undefined {
  const [of, length, end, pages]: Written = packr.unpack(zstdDecompressSync(bytes))
  if (of !== hashOf(image)) return undefined
  return { length, end, pages: pages.map(([offset, page]) => ({ offset, bytes: new Uint8Array(page) })) }
}

function hashOf(image: Uint8Array): string {
  const known = hashes.get(image.buffer)
  if (known) return known
  const hash = createHash("sha256").update(image).digest("hex")
  hashes.set(image.buffer, hash)
  return hash
}
