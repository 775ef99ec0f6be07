import type { KernelStart } from "@nexus/protocol"
import type { Audit } from "../audit/audit.ts"
import { INSTALLATION } from "../audit/create-audit.ts"

/**
 * When the kernel was started, and ended. Both stand in the audit log: it is one for the installation, outlives every
 * workspace, and nobody can take an end out of it. A start without an end ended without a word: a crash, a power cut.
 * A heartbeat that would say when was refused; the next start is what people saw.
 */
export interface Starts {
  /** Never throws: a kernel whose log cannot be written says so elsewhere. */
  begin(): Promise<void>
  end(): Promise<void>
  /** Newest first. */
  list(): Promise<readonly KernelStart[]>
}

const MOST = 200

/** `kernel` names this start among others: of several kernels on one database each has its own. */
export function createStarts(
  audit: Pick<Audit, "record" | "read">,
  kernel: string,
  log: (message: string, detail: object) => void,
): Starts {
  const note = (action: "kernel.started" | "kernel.stopped") =>
    audit
      .record({ action, target: INSTALLATION, detail: { kernel } })
      .catch((error: unknown) => log("a start or an end was not written down", { error: String(error) }))
  return {
    begin: () => note("kernel.started"),
    end: () => note("kernel.stopped"),
    async list() {
      const { entries } = await audit.read({ installation: true, limit: MOST })
      const ends = new Map<string, number>()
      const starts: KernelStart[] = []
      for (const { action, detail, at } of entries) {
        const id = String(detail.kernel)
        const endedAt = ends.get(id)
        if (action === "kernel.stopped") ends.set(id, at)
        else starts.push({ at, ...(endedAt === undefined ? {} : { endedAt }) })
      }
      return starts
    },
  }
}
