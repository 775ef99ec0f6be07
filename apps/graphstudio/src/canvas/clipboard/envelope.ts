import { Frame, JsonObject } from "@nexus/protocol"
import * as z from "zod"
import type { Things } from "./things.ts"

/**
 * How panels travel through the system's clipboard, between windows, workspaces and servers: as text, so that a person
 * can look at it, mail it and keep it. Whatever is pasted may have been made by anybody: it is read by its schema or not
 * at all, no id or right of it is believed, and what its panels may do is asked of a person like for any new panel.
 */
const MARK = "nexus-canvas"
const VERSION = 1
/** A paste beyond this is no slip of the hand any more; a bundle is the way for a whole workspace. */
const MOST_PANELS = 200
const LONGEST_SOURCE = 500_000

const Envelope = z.object({
  format: z.literal(MARK),
  version: z.literal(VERSION),
  panels: z
    .array(
      z.object({
        title: z.string().max(2000),
        source: z.string().max(LONGEST_SOURCE),
        frame: Frame,
        state: JsonObject.default({}),
        z: z.number().min(0).max(1e6).optional(),
        locked: z.boolean().optional(),
        group: z.string().max(160).optional(),
      }),
    )
    .max(MOST_PANELS),
  sections: z.array(z.object({ name: z.string().max(400), frame: Frame })).max(MOST_PANELS),
})

export function toEnvelope({ panels, sections }: Things): string {
  return JSON.stringify({ format: MARK, version: VERSION, panels, sections }, undefined, 1)
}

/** Is this text meant to be one? Cheap, for whoever asks about every paste. */
export function looksLikeEnvelope(text: string): boolean {
  return text.trimStart().startsWith("{") && text.slice(0, 200).includes(`"${MARK}"`)
}

/** The things in it; `undefined` when it is not as it should be, or newer than this studio. */
export function fromEnvelope(text: string): Things | undefined {
  try {
    return Envelope.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
