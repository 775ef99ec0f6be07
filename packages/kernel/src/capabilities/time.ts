import { setTimeout as wait } from "node:timers/promises"
import { type Json, NexusError } from "@nexus/protocol"
import type { Methods } from "./host-context.ts"

/** 30 days. A run that sleeps so long is kept in the store; see `workspace/waiting`. */
export const MAX_SLEEP_MS = 30 * 24 * 60 * 60_000

export const time: Methods = {
  sleep: async ([ms], { allow, signal }) => {
    allow({ type: "time", scope: "" })
    return sleep(ms, signal)
  },
}

/** Waits that many milliseconds. */
async function sleep(ms: Json | undefined, signal: AbortSignal): Promise<null> {
  if (typeof ms !== "number" || !(ms >= 0)) {
    throw new NexusError({ code: "invalid-input", detail: "sleep takes milliseconds, 0 or more" })
  }
  if (ms > MAX_SLEEP_MS) {
    throw new NexusError({ code: "too-large", what: "sleep", limit: MAX_SLEEP_MS, actual: ms, unit: "ms" })
  }
  await wait(ms, undefined, { signal })
  return null
}
