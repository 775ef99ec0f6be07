import { endpoints } from "@nexus/protocol"
import { askServer } from "../ask-server.ts"
import { type ExitCode, type Io, printJson } from "../io.ts"
import { readPackage } from "../read-package.ts"

export interface InstallOptions {
  readonly server: string
  readonly workspace: string
  readonly token?: string
  readonly json?: boolean
}

/** Puts the package in a folder into a workspace of a running server. */
export async function install(io: Io, folder: string, options: InstallOptions): Promise<ExitCode> {
  const { call } = askServer(io, "install", options)
  const params = { workspace: options.workspace }
  const installed = await call(endpoints.installPackage, { params, body: readPackage(folder) })
  if (options.json) printJson(io, installed)
  else
    io.out(
      `${installed.name} ${installed.version} brought ${installed.components.map((name) => `<${name}>`).join(", ")}\n`,
    )
  return 0
}
