import * as z from "zod"

/** The largest update of a shared text, in bytes: a source of the largest size, pasted, with room to spare. */
export const MAX_DOCUMENT_BYTES = 1_500_000

/** Bytes of a shared text: an update, or a vector of what is known of it. */
export const Bytes = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.byteLength <= MAX_DOCUMENT_BYTES, `at most ${MAX_DOCUMENT_BYTES} bytes`)

const Position = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.byteLength <= 64, "a position in a text is at most 64 bytes")

/** Where a cursor or selection stands, by the identities of the characters: it stays there while others type. */
export const TextSelection = z.object({ anchor: Position, head: Position })
export type TextSelection = Readonly<z.infer<typeof TextSelection>>
