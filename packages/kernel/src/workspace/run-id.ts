import { createHash } from "node:crypto"

/** What a handler's source is told apart by. */
export function sourceHash(source: string): string {
  return createHash("sha256").update(source).digest("hex")
}

/** The same person's same request is the same run, whenever and however often it comes. */
export function runIdOf(person: string, ref: string): string {
  return `run_${createHash("sha256")
    .update(JSON.stringify([person, ref]))
    .digest("hex")
    .slice(0, 32)}`
}
