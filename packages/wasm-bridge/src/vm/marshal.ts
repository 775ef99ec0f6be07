import type { EngineInstance } from "../engines/engine.ts"

/**
 * Text is the only thing that crosses between host and guest. It goes in as UTF-8 into memory the guest's allocator
 * gave, and comes out as UTF-8 with an explicit length. Walking guest values from outside was refused: it is slower,
 * hangs on sparse arrays, follows getters and turns `__proto__` into a prototype.
 */

/** A text in guest memory: where, and how many bytes. */
export interface GuestText {
  readonly pointer: number
  readonly length: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const SHORT = 4096

/** Writes `text`, ended by a zero byte. The caller frees it. Throws when the guest is out of memory. */
export function writeText(instance: EngineInstance, allocate: (bytes: number) => number, text: string): GuestText {
  const encoded = text.length > SHORT ? encoder.encode(text) : undefined
  const room = encoded ? encoded.length : text.length * 3
  const pointer = allocate(room + 1)
  if (pointer === 0) throw new GuestMemoryError()
  const bytes = instance.bytes()
  let length = room
  if (encoded) bytes.set(encoded, pointer)
  else length = encoder.encodeInto(text, bytes.subarray(pointer, pointer + room)).written
  bytes[pointer + length] = 0
  return { pointer, length }
}

/** How many bytes `text` takes as UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code > 0x7f) bytes += code > 0x7ff && !(code >= 0xd800 && code <= 0xdfff) ? 2 : 1
  }
  return bytes
}

export function readText(instance: EngineInstance, text: GuestText): string {
  return decoder.decode(instance.bytes().subarray(text.pointer, text.pointer + text.length))
}

/** The guest could not give memory for a text of ours. */
export class GuestMemoryError extends Error {
  constructor() {
    super("out of memory")
    this.name = "GuestMemoryError"
  }
}

/** How deep arrays and objects stand in each other in a JSON text, counted up to `limit + 1`. */
export function jsonDepthExceeds(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (quoted) {
      if (code === 92) index += 1
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 91 || code === 123) {
      depth += 1
      if (depth > limit) return true
    } else if (code === 93 || code === 125) depth -= 1
  }
  return false
}
