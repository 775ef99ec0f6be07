import {
  type Capability,
  type Failure,
  type HostCall,
  type HostReply,
  type Json,
  NexusError,
  parseCapability,
  sentenceOf,
} from "@nexus/protocol"
import type { ValueStore } from "../storage/journal.ts"
import { fetchUrl, type HttpClient } from "./http.ts"
import { callStore } from "./kv.ts"
import { sleep } from "./time.ts"

/**
 * Everything a handler can ask of the outside comes through here, one call at a time: what right it needs is worked out
 * from the call itself, the right is checked at this moment, and only then is it done. The guest is never asked.
 */
export interface HostContext {
  readonly workspace: string
  /** Why the panel may not, by its declarations and grants of now. */
  readonly check: (...names: readonly [Capability, ...Capability[]]) => Failure | undefined
  /** Hears why a call was not answered with a value. */
  readonly onFailure: (failure: Failure) => void
  readonly values: ValueStore
  readonly http: HttpClient
  readonly signal: AbortSignal
}

/** Answers one host call. A refusal or failure is an answer too. */
export async function answerHostCall(call: HostCall, context: HostContext): Promise<HostReply> {
  try {
    return { id: call.id, value: await perform(call, context) }
  } catch (error) {
    const failure: Failure =
      error instanceof NexusError
        ? error.failure
        : { code: "unavailable", what: `${call.capability}.${call.method}`, detail: "the kernel could not do it" }
    context.onFailure(failure)
    return { id: call.id, error: { code: failure.code, message: sentenceOf(failure) } }
  }
}

async function perform({ capability, method, args }: HostCall, context: HostContext): Promise<Json> {
  const allow = (needed: Capability): void => {
    const denied = context.check(needed)
    if (denied) throw new NexusError(denied)
  }
  switch (`${capability}.${method}`) {
    case "http.fetch":
      return fetchUrl(context.http, args, (url) => allowUrl(url, context), context.signal)
    case "kv.get":
    case "kv.set":
    case "kv.delete":
    case "kv.list":
      return callStore(context.values, context.workspace, method, args, (scope) => allow({ type: "kv", scope }))
    case "time.sleep":
      allow({ type: "time", scope: "" })
      return sleep(args[0], context.signal)
    default: {
      const known = parseCapability(capability)
      if (known) allow({ type: known.type, scope: typeof args[0] === "string" ? args[0] : "" })
      throw new NexusError({
        code: "unavailable",
        what: `${capability}.${method}`,
        detail: "this kernel answers http.fetch, kv.get, kv.set, kv.delete, kv.list and sleep",
      })
    }
  }
}

/** The kernel's own example data also goes by its path, which does not change with the port. */
function allowUrl(url: URL, { check, http }: HostContext): void {
  const whole: Capability = { type: "http", scope: url.href }
  const path: Capability = { type: "http", scope: url.pathname + url.search }
  const denied = http.isOwn(url) ? check(path, whole) : check(whole)
  if (denied) throw new NexusError(denied)
}
