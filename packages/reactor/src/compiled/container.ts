import { NexusError } from "@nexus/protocol"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { checksumOf } from "./checksum.ts"

/**
 * The outside of an `.nxb` file: `NXB`, a version byte, a checksum of the content, the content's SHA-256, and the
 * content. Loading checks the checksum, which finds damage; the SHA-256 is the file's identity, for whoever compares
 * files or asks `verifyPanel`. Neither says who wrote the file, so what is inside is checked as a stranger's.
 */
const MAGIC = [0x4e, 0x58, 0x42] as const
export const COMPILED_VERSION = 2
const CHECKSUM_AT = 4
const HASH_AT = 8
const CONTENT_AT = HASH_AT + 32

export function wrapContent(text: string): Uint8Array {
  const content = utf8ToBytes(text)
  const bytes = new Uint8Array(CONTENT_AT + content.length)
  bytes.set([...MAGIC, COMPILED_VERSION])
  new DataView(bytes.buffer).setUint32(CHECKSUM_AT, checksumOf(content), true)
  bytes.set(sha256(content), HASH_AT)
  bytes.set(content, CONTENT_AT)
  return bytes
}

/** The content of a whole, undamaged file of this version; throws a NexusError that says what is wrong with it. */
export function unwrapContent(bytes: Uint8Array): string {
  const content = contentOf(bytes)
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(CHECKSUM_AT, true)
  if (checksumOf(content) !== checksum) {
    throw refused("its content is not what was written; the file is cut off or damaged")
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    throw refused("its content is no text")
  }
}

/**
 * Is the content the one that the file's SHA-256 names? Loading does not ask: it costs more than reading the panel.
 * Throws like `decodePanel` for bytes that are no compiled panel of this version.
 */
export async function verifyPanel(bytes: Uint8Array): Promise<boolean> {
  const content = Uint8Array.from(contentOf(bytes))
  // Pages that are not served over HTTPS have no `subtle`.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  const hash = subtle ? new Uint8Array(await subtle.digest("SHA-256", content)) : sha256(content)
  return hash.every((byte, index) => byte === bytes[HASH_AT + index])
}

function contentOf(bytes: Uint8Array): Uint8Array {
  if (!isCompiled(bytes)) throw refused("it does not begin with NXB")
  const version = bytes[MAGIC.length]
  if (version !== COMPILED_VERSION) {
    throw new NexusError({
      code: "version-mismatch",
      expected: `compiled panel ${COMPILED_VERSION}`,
      actual: version === undefined ? "none" : `compiled panel ${version}`,
    })
  }
  if (bytes.length <= CONTENT_AT) throw refused(`it is cut off after ${bytes.length} bytes`)
  return bytes.subarray(CONTENT_AT)
}

/** The SHA-256 of a text, in hexadecimal. */
export function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** Does this look like a compiled panel rather than like a source? */
export function isCompiled(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte)
}

export function refused(reason: string): NexusError {
  return new NexusError({
    code: "invalid-input",
    detail: `This is no compiled panel: ${reason}. Build it again with nexus build.`,
  })
}
