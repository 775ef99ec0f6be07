import { Packr } from "msgpackr"
import type { Suspension } from "./snapshot.ts"

/**
 * A suspended memory as bytes, written and read inside the walls: the kernel's side never unpacks what a guest could have
 * shaped. The image is named by its hash, which covers the interpreter and the prelude; memory that differs from another
 * image would be nonsense, so it is refused. Compressed it is by raw deflate, which Node and browsers both know; Zstandard
 * would be smaller by a fifth, and no browser has it.
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

/** Written by `packMemory` inside walls of ours, and signed since. */
type Written = [image: string, length: number, end: number, pages: [offset: number, bytes: Uint8Array][]]

/** The memory before it is compressed; `image` is the hash of what it differs from. */
export function packMemory({ length, end, pages }: Suspension, image: string): Uint8Array {
  return packr.pack([image, length, end, pages.map(({ offset, bytes }) => [offset, bytes])])
}

/** `undefined` when the memory belongs to another image than `image`. Throws when it is damaged. */
export function unpackMemory(packed: Uint8Array, image: string): Suspension | undefined {
  const [of, length, end, pages]: Written = packr.unpack(packed)
  if (of !== image) return undefined
  return { length, end, pages: pages.map(([offset, page]) => ({ offset, bytes: new Uint8Array(page) })) }
}
