import {
  type Failure,
  type HostCall,
  type HostReply,
  type Json,
  NexusError,
  parseCapability,
  sentenceOf,
} from "@nexus/protocol"
import { ai } from "./ai.ts"
import { ask } from "./ask.ts"
import { databaseReading, databaseWriting } from "./db.ts"
import { events } from "./events.ts"
import { http } from "./fetch.ts"
import { fileReading, fileWriting } from "./files.ts"
import type { HostContext, Methods } from "./host-context.ts"
import { kv } from "./kv.ts"
import { panelCalling, panelReading } from "./other-panels.ts"
import { time } from "./time.ts"

/**
 * Everything a handler can ask of the outside comes through here, one call at a time: what right it needs is worked out
 * from the call itself, the right is checked at this moment, and only then is it done. The guest is never asked.
 */
const CAPABILITIES: ReadonlyMap<string, Methods> = new Map([
  ["http", http],
  ["kv", kv],
  ["time", time],
  ["files:read", fileReading],
  ["files:write", fileWriting],
  ["db:read", databaseReading],
  ["db:write", databaseWriting],
  ["panels:read", panelReading],
  ["panels:call", panelCalling],
  ["events", events],
  ["ai", ai],
  ["ask", ask],
])

/** What a call is answered with, and who hears why it was not answered with a value. */
export type HostCallContext = Omit<HostContext, "allow"> & { readonly onFailure: (failure: Failure) => void }

/** Answers one host call. A refusal or failure is an answer too. */
export async function answerHostCall(call: HostCall, context: HostCallContext): Promise<HostReply> {
  const allow: HostContext["allow"] = (...names) => {
    const denied = context.check(...names)
    if (denied) throw new NexusError(denied)
  }
  try {
    return { id: call.id, value: await perform(call, { ...context, allow }) }
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
  const methods = CAPABILITIES.get(capability)
  const known = methods && Object.hasOwn(methods, method) ? methods[method] : undefined
  if (known) return known(args, context)
  const named = parseCapability(capability)
  if (named) context.allow({ type: named.type, scope: typeof args[0] === "string" ? args[0] : "" })
  const answered = [...CAPABILITIES].flatMap(([name, has]) => Object.keys(has).map((each) => `${name}.${each}`))
  const detail = `this kernel answers ${answered.join(", ")}`
  throw new NexusError({ code: "unavailable", what: `${capability}.${method}`, detail })
}
