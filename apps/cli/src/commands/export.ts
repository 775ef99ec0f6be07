import { createWriteStream } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { endpoints, NexusError } from "@nexus/protocol"
import { askServer } from "../ask-server.ts"
import { type ExitCode, type Io, printJson } from "../io.ts"

export interface ExportOptions {
  readonly server: string
  readonly workspace: string
  readonly token?: string
  readonly history?: boolean
  readonly out?: string
  readonly json?: boolean
}

/** Writes a workspace of a running server into one ZIP. A file that is there already stays as it is. */
export async function exportWorkspace(io: Io, options: ExportOptions): Promise<ExitCode> {
  const { open } = askServer(io, "export", options)
  const { workspace, out = `${workspace}.zip` } = options
  const query = { history: options.history ? "true" : "false" } as const
  const { body } = await open(endpoints.exportWorkspace, { params: { workspace }, query })
  if (!body) throw new NexusError({ code: "unavailable", what: "The kernel", detail: "it answered with nothing." })
  const file = createWriteStream(out, { flags: "wx", mode: 0o600 })
  await pipeline(Readable.fromWeb(body), file)
  if (options.json) printJson(io, { workspace, file: out, bytes: file.bytesWritten })
  else io.out(`${workspace} is in ${out}, ${file.bytesWritten} bytes. It holds no secrets and no grants.\n`)
  return 0
}
