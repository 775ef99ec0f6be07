import { NexusError } from "@nexus/protocol"
import { decodePanel, isCompiled } from "@nexus/reactor/compiled"
import type { Io } from "./io.ts"

/** The NXML of a file: as it stands there, or as a compiled panel carries it. */
export async function readSource(io: Io, file: string): Promise<string> {
  const bytes = await io.readBytes(file)
  if (!isCompiled(bytes)) return new TextDecoder().decode(bytes)
  const { source } = decodePanel(bytes)
  if (source !== undefined) return source
  throw new NexusError({
    code: "invalid-input",
    detail: `${file} was built for viewers and carries no source. Use the NXML it was built from.`,
  })
}
