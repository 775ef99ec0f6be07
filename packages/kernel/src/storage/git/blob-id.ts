import { hash } from "node:crypto"

/** The id Git gives to a file with this text. */
export function blobId(text: string): string {
  const bytes = Buffer.from(text, "utf8")
  return hash("sha1", Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]))
}
