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

type Asked = Pick<Endpoint, "path" | "method">
type Answering<Answer> = Asked & { readonly answer: { parse(value: unknown): Answer } }

interface Given {
  readonly params: { readonly [name: string]: string }
  readonly query?: { readonly [name: string]: string | number | undefined }
  readonly body?: unknown
  /** The body, where it is not JSON. */
  readonly bytes?: Blob
}

/** Asks one endpoint and parses its answer. Throws what the server says, or `unavailable` when it says nothing. */
export async function askServer<Answer>(server: Server, endpoint: Answering<Answer>, given: Given): Promise<Answer> {
  const response = await send(server, endpoint, given)
  return endpoint.answer.parse(await response.json())
}

/** Asks one endpoint whose answer is a file. */
export async function askForBytes(server: Server, endpoint: Asked, given: Given): Promise<ReadableStream<Uint8Array>> {
  const { body } = await send(server, endpoint, given)
  if (body) return body
  throw new NexusError({ code: "unavailable", what: "The server", detail: "it answered with nothing" })
}

async function send({ url: server, token }: Server, { path, method }: Asked, given: Given): Promise<Response> {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given.params[name] ?? ""))
  const url = new URL(`/api/v1${place}`, server)
  for (const [name, value] of Object.entries(given.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  const type = given.bytes ? "application/octet-stream" : "application/json"
  const body = given.bytes ?? (given.body === undefined ? undefined : JSON.stringify(given.body))
  let response: Response
  try {
    response = await fetch(url, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      ...(body === undefined ? {} : { body }),
    })
  } catch (cause) {
    const detail = "it does not answer. Check the address, and that `nexus serve` runs."
    throw new NexusError({ code: "unavailable", what: `The server ${server}`, detail }, { cause })
  }
  if (response.ok) return response
  const failure = fromProblem(await response.json())
  throw new NexusError(
    failure ?? { code: "unavailable", what: "The server", detail: `it answered ${response.status}.` },
  )
}
