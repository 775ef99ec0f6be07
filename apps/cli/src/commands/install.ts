import { endpoints, fromProblem, NexusError } from "@nexus/protocol"
import { type ExitCode, type Io, printJson, UsageError } from "../io.ts"
import { readPackage } from "../read-package.ts"

export interface InstallOptions {
  readonly server: string
  readonly workspace: string
  readonly token?: string
  readonly json?: boolean
}

/** Puts the package in a folder into a workspace of a running server. */
export async function install(io: Io, folder: string, options: InstallOptions): Promise<ExitCode> {
  const token = options.token ?? io.env.NEXUS_TOKEN
  if (!token)
    throw new UsageError("install needs --token, or NEXUS_TOKEN in the environment; `nexus serve --json` prints one")
  const manifest = readPackage(folder)
  const { path, method, answer } = endpoints.installPackage
  const url = new URL(`/api/v1${path.replace("{workspace}", encodeURIComponent(options.workspace))}`, options.server)
  let response: Response
  try {
    response = await fetch(url, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(manifest),
    })
  } catch (cause) {
    const detail = "it does not answer. Check the address, and that `nexus serve` runs."
    throw new NexusError({ code: "unavailable", what: `The server ${options.server}`, detail }, { cause })
  }
  const body: unknown = await response.json()
  if (!response.ok) {
    const failure = fromProblem(body)
    if (failure) throw new NexusError(failure)
    throw new NexusError({ code: "unavailable", what: "The server", detail: `it answered ${response.status}.` })
  }
  const installed = answer.parse(body)
  if (options.json) printJson(io, installed)
  else
    io.out(
      `${installed.name} ${installed.version} brought ${installed.components.map((name) => `<${name}>`).join(", ")}\n`,
    )
  return 0
}
