import { NexusError } from "@nexus/protocol"
import { say } from "../words/say.ts"

/** What to tell the person about anything that was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The same for a link: one that was cut short fails a check of its shape, which says nothing to a person. */
export function linkSentence(error: unknown, next: string): string {
  const misshapen = error instanceof NexusError && error.failure.code === "invalid-input"
  return misshapen ? `${say("This link is not whole.")} ${next}` : sentence(error)
}
