import { type Failure, NexusError, sentenceOf } from "@nexus/protocol"
import { say, sayAgain } from "../words/say.ts"

/** What to tell the person about anything that was thrown. */
export function sentence(error: unknown): string {
  if (error instanceof NexusError) return refusal(error.failure)
  return sayAgain(error instanceof Error ? error.message : String(error))
}

/** A refusal in this page's language. A path stays as it is: it names what was sent. */
export function refusal(failure: Failure): string {
  if (failure.code !== "invalid-input" || !failure.path) return sayAgain(sentenceOf(failure))
  return `${failure.path}: ${sayAgain(failure.detail)}`
}

/** The same for a link: one that was cut short fails a check of its shape, which says nothing to a person. */
export function linkSentence(error: unknown, next: string): string {
  const misshapen = error instanceof NexusError && error.failure.code === "invalid-input"
  return misshapen ? `${say("This link is not whole.")} ${next}` : sentence(error)
}
