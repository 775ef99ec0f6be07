import { type Endpoint, fromProblem, NexusError } from "@nexus/protocol"
import { type Io, UsageError } from "./io.ts"

/** A running server and the right to ask it. */
export interface Server {
  readonly url: string
  readonly token: string
}

/** The server that the options of `command` name. The token may stand in the environment, where no list of processes shows it. */
export function serverOf(
  io: Io,
  command: string,
  options: { readonly server: string; readonly token?: string },
): Server {
  const token = options.token ?? io.env.NEXUS_TOKEN
  if (token) return { url: options.server, token }
  throw new UsageError(`${command} needs --token, or NEXUS_TOKEN in the environment; \`nexus serve --json\` prints one`)
}

/** Asks one endpoint and parses its answer. Throws what the server says, or `unavailable` when it says nothing. */
export async function askServer<Answer>(
  { url: server, token }: Server,
  { path, method, answer }: Pick<Endpoint, "path" | "method"> & { readonly answer: { parse(value: unknown): Answer } },
  given: {
    readonly params: { readonly [name: string]: string }
    readonly query?: { readonly [name: string]: string | number | undefined }
    readonly body?: unknown
  },
): Promise<Answer> {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given.params[name] ?? ""))
  const url = new URL(`/api/v1${place}`, server)
  for (const [name, value] of Object.entries(given.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  let response: Response
  try {
    response = await fetch(url, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    })
  } catch (cause) {
    const detail = "it does not answer. Check the address, and that `nexus serve` runs."
    throw new NexusError({ code: "unavailable", what: `The server ${server}`, detail }, { cause })
  }
  const body: unknown = await response.json()
  if (response.ok) return answer.parse(body)
  const failure = fromProblem(body)
  throw new NexusError(
    failure ?? { code: "unavailable", what: "The server", detail: `it answered ${response.status}.` },
  )
}
