import { createHash } from "node:crypto"

/** The id Git gives to a file with this text. */
export function blobId(text: string): string {
  const bytes = Buffer.from(text, "utf8")
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex")
}
