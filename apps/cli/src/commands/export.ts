import { createWriteStream } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { endpoints } from "@nexus/protocol"
import { askForBytes, serverOf } from "../ask-server.ts"
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
  const server = serverOf(io, "export", options)
  const { workspace, out = `${workspace}.zip` } = options
  const query = { history: String(options.history ?? false) }
  const bytes = await askForBytes(server, endpoints.exportWorkspace, { params: { workspace }, query })
  const file = createWriteStream(out, { flags: "wx", mode: 0o600 })
  await pipeline(Readable.fromWeb(bytes), file)
  if (options.json) printJson(io, { workspace, file: out, bytes: file.bytesWritten })
  else io.out(`${workspace} is in ${out}, ${file.bytesWritten} bytes. It holds no secrets and no grants.\n`)
  return 0
}
