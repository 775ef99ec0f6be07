import { endpoints } from "@nexus/protocol"
import { askServer } from "../ask-server.ts"
import { type ExitCode, type Io, printJson, UsageError } from "../io.ts"

export interface VerifyOptions {
  readonly server: string
  readonly token?: string
  readonly head?: string
  readonly json?: boolean
}

/** Whether the audit log of a running server is as it was written; 1 when it is not. */
export async function verifyAudit(io: Io, options: VerifyOptions): Promise<ExitCode> {
  const { call } = askServer(io, "audit verify", options)
  const verdict = await call(endpoints.verifyAudit, { query: notedHead(options.head) })
  if (options.json) printJson(io, verdict)
  else if (verdict.broken) io.out(`entry ${verdict.broken.n} is not as it was written: ${verdict.broken.detail}\n`)
  else io.out(`${verdict.entries} entries, as they were written. Head ${verdict.head.n}:${verdict.head.hash}\n`)
  return verdict.ok ? 0 : 1
}

/** `N:HASH`, as an export says in `X-Audit-Head` and as this command prints. */
function notedHead(head: string | undefined): { readonly n?: string; readonly hash?: string } {
  if (head === undefined) return {}
  const [, n, hash] = /^(\d+):([0-9a-f]{64})$/.exec(head) ?? []
  if (n && hash) return { n, hash }
  throw new UsageError("--head takes NUMBER:HASH, as an earlier `nexus audit verify` or the header X-Audit-Head said")
}
