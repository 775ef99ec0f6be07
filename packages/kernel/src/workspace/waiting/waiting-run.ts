import { Actor, HostCall, HostReply, Json, JsonObject, RunCause, Usage } from "@nexus/protocol"
import * as z from "zod"
import type { TriggerRequest } from "../workspace.ts"

/** What was asked, but for who may hear of it: they are gone when the kernel is. */
const KeptRequest = z.object({
  panel: z.string(),
  handler: z.string(),
  trigger: RunCause.shape.trigger,
  args: Json,
  person: Actor.exactOptional(),
  session: JsonObject.exactOptional(),
  traceId: z.string().exactOptional(),
  parent: z.int().exactOptional(),
  ref: z.string().exactOptional(),
  callers: z
    .object({
      panels: z.array(z.string()),
      run: z.string(),
      budget: z.object({ left: z.int() }),
      heard: z.object({ depth: z.int() }),
    })
    .exactOptional(),
})

/**
 * A run that waits, as it stands in the store: who asked for what, what it waits for until when, what was answered so
 * far, and its memory as the sandbox gave it out. All that a turn needs beside the world of its moment.
 */
export const WaitingRun = z.object({
  run: z.string(),
  /** The turn that waits; the next one is committed as `<run>.<turn + 1>`. */
  turn: z.int(),
  request: KeptRequest,
  seed: z.int(),
  /** SHA-256 of the handler's source that it runs. */
  source: z.string(),
  since: z.number(),
  calls: z.array(HostCall),
  /** When each sleep is over, by call id; milliseconds since the epoch. */
  due: z.array(z.tuple([z.int(), z.number()])),
  replies: z.array(HostReply),
  seq: z.int(),
  /** Session-scoped states that were written. */
  written: z.array(z.string()),
  usage: Usage,
  /** What `Sandbox.suspend` gave, in base64. */
  memory: z.string(),
  /** What is secret in its memory, so that no record of it shows any. */
  secrets: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).default([]),
})
export type WaitingRun = Readonly<z.infer<typeof WaitingRun>>

/** The part of a request that can be kept, with the session's states as they are now. */
export function requestKept(request: TriggerRequest, session: JsonObject | undefined): WaitingRun["request"] {
  const { panel, handler, trigger, args, person, traceId, parent, ref, callers } = request
  return {
    ...{ panel, handler, trigger, args },
    ...(person ? { person } : {}),
    ...(session ? { session } : {}),
    ...(traceId ? { traceId } : {}),
    ...(parent === undefined ? {} : { parent }),
    ...(ref === undefined ? {} : { ref }),
    ...(callers ? { callers: { ...callers, panels: [...callers.panels] } } : {}),
  }
}
