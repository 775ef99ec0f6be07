import { NexusError } from "@nexus/protocol"

/** What PostgreSQL says when a row with that key is there already. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === "23505"
}

/**
 * What the journal says when PostgreSQL does not do as it was asked. The server's own refusal means that nothing was
 * written. A connection that broke leaves it open: the answer may have been lost behind a commit, and whoever waited
 * finds out by reading the journal again.
 */
export function unavailable(cause: unknown): NexusError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const code = codeOf(cause)
  // 08 and 57P are the classes of sessions that end.
  const refused = code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("08") && !code.startsWith("57P")
  const written = refused ? "Nothing was written." : "What was written is seen when the journal is read again."
  return new NexusError({ code: "unavailable", what: "The journal", detail: `${reason}. ${written}` }, { cause })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined
}
