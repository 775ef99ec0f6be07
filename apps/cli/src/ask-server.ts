import { type ApiClient, createApiClient } from "@nexus/protocol"
import { type Io, UsageError } from "./io.ts"

/**
 * A line to the server that the options of `command` name. The token may stand in the environment, where no list of
 * processes shows it.
 */
export function askServer(
  io: Io,
  command: string,
  options: { readonly server: string; readonly token?: string | undefined },
): ApiClient {
  const token = options.token ?? io.env.NEXUS_TOKEN
  if (token) return createApiClient({ url: new URL(options.server).origin, token: async () => token })
  throw new UsageError(`${command} needs --token, or NEXUS_TOKEN in the environment; \`nexus serve --json\` prints one`)
}
