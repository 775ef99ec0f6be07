import { NexusError } from "@nexus/protocol"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"

/**
 * The outside of an `.nxb` file: `NXB`, a version byte, the SHA-256 of what follows, and the content. The hash finds
 * damage, whatever its kind; it does not say who wrote the file.
 */
const MAGIC = [0x4e, 0x58, 0x42] as const
export const COMPILED_VERSION = 1
const HASH_AT = 4
const CONTENT_AT = HASH_AT + 32

export function wrapContent(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CONTENT_AT + content.length)
  bytes.set([...MAGIC, COMPILED_VERSION])
  bytes.set(sha256(content), HASH_AT)
  bytes.set(content, CONTENT_AT)
  return bytes
}

/** The content of a whole, undamaged file of this version; throws a NexusError that says what is wrong with it. */
export function unwrapContent(bytes: Uint8Array): Uint8Array {
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
  const content = bytes.subarray(CONTENT_AT)
  const hash = sha256(content)
  if (!hash.every((byte, index) => byte === bytes[HASH_AT + index])) {
    throw refused("its content is not what was written; the file is cut off or damaged")
  }
  return content
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
