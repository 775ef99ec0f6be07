import { openAsBlob } from "node:fs"
import { endpoints } from "@nexus/protocol"
import { askServer } from "../ask-server.ts"
import { type ExitCode, type Io, printJson } from "../io.ts"

export interface ImportOptions {
  readonly server: string
  readonly token?: string
  readonly name?: string
  readonly json?: boolean
}

/** Makes a new workspace on a running server of an exported one. */
export async function importWorkspace(io: Io, file: string, options: ImportOptions): Promise<ExitCode> {
  const { call } = askServer(io, "import", options)
  const bytes = await openAsBlob(file)
  const query = options.name === undefined ? {} : { name: options.name }
  const made = await call(endpoints.importWorkspace, { query, bytes })
  if (options.json) printJson(io, made)
  else io.out(`${made.name} is the workspace ${made.id}, with ${made.panels} panels. None of them has a grant.\n`)
  return 0
}
