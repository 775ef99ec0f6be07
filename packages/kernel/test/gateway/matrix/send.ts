import { type Endpoint, endpoints } from "@nexus/protocol"

/** A request of an endpoint, before it is one of HTTP. */
export interface Written {
  readonly params?: object
  readonly query?: object
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes?: string
}

export interface Heard {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The problem's code, when it is one. */
  readonly code: string | undefined
}

export function endpointOf(name: string): Endpoint {
  const endpoint = Object.values<Endpoint>(endpoints).find((one) => one.name === name)
  if (endpoint) return endpoint
  throw new Error(`no endpoint ${name}`)
}

/** Sends it as it is written: nothing is checked before the kernel does. */
export async function send(url: string, name: string, request: Written, token?: string): Promise<Heard> {
  const { path, method, takes } = endpointOf(name)
  const named = new Map<string, unknown>(Object.entries(request.params ?? {}))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(String(named.get(param))))
  const query = new URLSearchParams(Object.entries(request.query ?? {}).map(([key, value]) => [key, String(value)]))
  const body = request.bytes ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
  const type = body === undefined ? {} : { "content-type": takes ?? "application/json" }
  const answer = await fetch(`${url}/api/v1${filled}?${query}`, {
    method: method.toUpperCase(),
    headers: { ...type, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...request.headers },
    ...(body === undefined ? {} : { body }),
  })
  const text = await answer.text()
  const isProblem = answer.headers.get("content-type")?.startsWith("application/problem+json") ?? false
  const code = isProblem ? String(JSON.parse(text).code) : undefined
  return { status: answer.status, headers: answer.headers, text, code }
}
