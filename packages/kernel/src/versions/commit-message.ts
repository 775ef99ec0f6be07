import type { Change } from "@nexus/protocol"

const SUBJECT_LENGTH = 72
const LISTED = 40

/** A commit message from what happened since the last commit: the subject names the most frequent, the body lists all. */
export function commitMessage(changes: readonly Change[], more: boolean): string {
  const counts = new Map<string, number>()
  for (const { cause } of changes) {
    const reason = cause.reason.replaceAll(/\s+/g, " ").trim() || "changed something"
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const reasons = [...counts].sort(([, a], [, b]) => b - a)
  const [first] = reasons
  if (!first) return "Nothing happened since the last commit"
  const others = reasons.length - 1
  const rest = others === 0 ? "" : ` and ${others}${more ? "+" : ""} more`
  const subject = `${shortened(capital(first[0]), SUBJECT_LENGTH - rest.length)}${rest}`
  if (others === 0) return subject
  const lines = reasons.slice(0, LISTED).map(([reason, count]) => `- ${reason}${count > 1 ? ` (${count} times)` : ""}`)
  const hidden = reasons.length - lines.length
  return [subject, "", ...lines, ...(hidden > 0 || more ? ["- and more"] : [])].join("\n")
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`
}
