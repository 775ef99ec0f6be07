import type { AuditEntry } from "@nexus/protocol"

const COLUMNS = ["n", "time", "action", "actor", "name", "workspace", "target", "detail", "address", "hash"] as const

/** The first line of the file. */
export const CSV_HEADER = `${COLUMNS.join(",")}\r\n`

/** One entry as a line of RFC 4180. */
export function toCsv({ n, at, action, actor, workspace, target, detail, address, hash }: AuditEntry): string {
  const facts = Object.entries(detail).map(([name, value]) => `${name}=${value}`)
  const time = new Date(at).toISOString()
  const fields = [n, time, action, actor?.id, actor?.name, workspace, target, facts.join("; "), address, hash]
  return `${fields.map((field) => cell(String(field ?? ""))).join(",")}\r\n`
}

/** A table program runs what begins like a formula, and people choose their own names: such text gets a quote before it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
