import { type Json, NexusError } from "@nexus/protocol"
import * as z from "zod"
import type { HostContext, Methods } from "./host-context.ts"

/**
 * `nexus.events`: words between the panels of a workspace. `emit` says one, `next` waits for one. A listener is a run that
 * waits, not a declaration: what it heard it answers in order, in its own time, and the right to hear is checked when it
 * asks and again when the word comes. `after` makes a loop of `next` miss nothing that was said while it was busy.
 */
const MOST_BYTES = 16 * 1024
const MOST_WAIT_MS = 10 * 60_000
/** Words that answer words that answer words. */
const DEEPEST = 16

const Listening = z
  .strictObject({
    after: z.number().optional(),
    timeoutMs: z.number().min(0).max(MOST_WAIT_MS, `an event is waited for ${MOST_WAIT_MS} ms at most`).default(60_000),
  })
  .prefault({})

export const events: Methods = {
  emit: async ([name, payload], context) => {
    const said = named(name, /^[\w.:/-]{1,128}$/, context)
    const written = JSON.stringify(payload ?? null)
    if (Buffer.byteLength(written) > MOST_BYTES) {
      throw new NexusError({ code: "too-large", what: "event's payload", limit: MOST_BYTES, unit: "bytes" })
    }
    const { hub, from, heard } = context.eventCalls
    const depth = heard.depth + 1
    if (depth > DEEPEST) {
      const detail = `Events set each other off more than ${DEEPEST} deep; "${said}" was not sent. Break the circle.`
      throw new NexusError({ code: "conflict", detail })
    }
    return hub.emit({ name: said, payload: payload ?? null, from, depth })
  },
  /** The first event of that name (or glob) after a cursor, else from now on; `null` when none came in time. */
  next: async ([name, given], context) => {
    const glob = named(name, /^[\w.:/*-]{1,128}$/, context)
    const options = Listening.safeParse(given ?? {})
    if (!options.success) throw invalid(options.error.issues[0]?.message ?? "these are no options")
    const { after, timeoutMs } = options.data
    const { hub, heard } = context.eventCalls
    const event = await hub.next(glob, { after, timeoutMs, signal: context.signal })
    context.allow({ type: "events", scope: glob })
    if (!event) return null
    heard.depth = event.depth
    const { cursor, payload, from, at, missed } = event
    return { cursor, name: event.name, payload, from: { ...from }, at, missed }
  },
}

function named(name: Json | undefined, spelling: RegExp, { allow }: HostContext): string {
  if (typeof name !== "string" || !spelling.test(name)) {
    throw invalid("an event's name is 1 to 128 letters, digits and _ . : / -, such as orders.placed")
  }
  allow({ type: "events", scope: name })
  return name
}

function invalid(detail: string): NexusError {
  return new NexusError({ code: "invalid-input", detail })
}
