import { type Failure, type HostCall, type HostReply, sentenceOf } from "@nexus/protocol"
import { MAX_SLEEP_MS } from "../../capabilities/time.ts"

/** What becomes of the calls of a run that waits, when the kernel that worked on them is gone. */

/** The milliseconds of a sleep as it may be; `undefined` for every other call. */
export function sleepMsOf({ capability, method, args }: HostCall): number | undefined {
  const [ms] = args
  if (capability !== "time" || method !== "sleep" || typeof ms !== "number") return undefined
  return ms >= 0 && ms <= MAX_SLEEP_MS ? ms : undefined
}

/** Calls that may be made once more without anybody noticing: they read, or their submission is known. */
const HARMLESS: ReadonlySet<string> = new Set([
  "time",
  "ask",
  "kv",
  "files:read",
  "files:write",
  "db:read",
  "db:write",
  "panels:read",
])

export function isAskedAgain({ capability, method }: HostCall): boolean {
  return HARMLESS.has(capability) || (capability === "events" && method !== "emit")
}

/** Whether a request reached somebody is not known when the kernel ended under it: the handler decides what to do. */
export function lostReply({ id, capability, method }: HostCall): HostReply {
  const detail = "the kernel ended while it was under way; it may or may not have been done"
  const failure: Failure = { code: "unavailable", what: `The answer to ${capability}.${method}`, detail }
  return { id, error: { code: failure.code, message: sentenceOf(failure) } }
}
