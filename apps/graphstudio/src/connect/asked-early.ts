import type { Fetch } from "@nexus/protocol"

/** Answers that are on their way to who will ask the same, by method, address and body. */
const asked = new Map<string, Promise<Response>>()
/** Whoever comes later than this reads anew. What was spent by being asked, such as a link, waits for whoever comes. */
const FRESH_MS = 10_000

/** Asks before anybody needs it; the first who asks the same is given that answer. */
export function askEarly(address: string, init: RequestInit): Promise<Response> {
  const answer = fetch(address, init)
  // Read to its end, whether somebody comes for it or not: until then the browser keeps the request open.
  answer.then((response) => response.clone().arrayBuffer()).catch(() => {})
  const key = keyOf(address, init)
  asked.set(key, answer)
  if (init.method === undefined) setTimeout(() => asked.delete(key), FRESH_MS)
  return answer
}

/** As `fetch`, but what was asked early is not asked again. */
export function withEarly(fetch: Fetch): Fetch {
  return (address, init) => {
    const key = keyOf(address, init)
    const answer = asked.get(key)
    asked.delete(key)
    return answer ?? fetch(address, init)
  }
}

function keyOf(address: string, { method = "GET", body }: RequestInit): string {
  return `${method} ${address} ${typeof body === "string" ? body : ""}`
}

/** Who was signed in here, in the page's memory; a page that has it asks for a new token. */
export const REMEMBERED = "nexus.signed-in"
/** When a renewal began whose answer is not here yet. */
export const RENEWING = "nexus.renewing"
/** So long the answer to a renewal may be on its way to a page that was left meanwhile. */
export const ON_ITS_WAY_MS = 2_000
/** The lock under which a cookie is traded: two tabs must not trade the same. */
export const RENEWAL_LOCK = "nexus-refresh"
