import { NexusError } from "@nexus/protocol"

/** Opens a store; whatever its library throws leaves as one sentence that names the file and what can be done. */
export async function opening<Store>(what: string, file: string, open: () => Promise<Store>): Promise<Store> {
  try {
    return await open()
  } catch (cause) {
    if (cause instanceof NexusError) throw cause
    const detail = `${file} cannot be opened (${reasonOf(cause)}). Nothing was changed. Restore the file from a backup, or start with another data folder.`
    throw new NexusError({ code: "unavailable", what, detail }, { cause })
  }
}

/** The last line, and of what Prisma wraps the part that its driver said. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  const last = text.trim().split("\n").at(-1) ?? text
  return /Message: `(.+)`/.exec(last)?.[1] ?? last
}
