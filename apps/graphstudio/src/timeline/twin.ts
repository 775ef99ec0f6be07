import { Actor, Entity, Json, Relationship, StatePath } from "@nexus/protocol"
import * as z from "zod"

/** What the time endpoints answer, as far as the studio reads it. */

export const TwinState = z.object({
  seq: z.number(),
  at: z.number(),
  entities: z.array(Entity),
  relationships: z.array(Relationship),
})
export type TwinState = Readonly<z.infer<typeof TwinState>>

export const TimelineEntry = z.object({
  at: z.number(),
  type: z.string(),
  summary: z.string(),
  seq: z.number().optional(),
  actor: Actor.optional(),
  run: z.string().optional(),
  fields: z.object({ submission: z.string().optional() }).optional(),
})
export type TimelineEntry = Readonly<z.infer<typeof TimelineEntry>>

/** One line of a why-story; `at` is where in time it leads. */
export const WhyLink = z.object({
  kind: z.string(),
  sentence: z.string(),
  at: z.number().optional(),
  seq: z.number().optional(),
  actor: Actor.optional(),
})
export type WhyLink = Readonly<z.infer<typeof WhyLink>>

export const WhyChain = z.object({
  path: StatePath,
  value: Json.optional(),
  links: z.array(WhyLink),
})
export type WhyChain = Readonly<z.infer<typeof WhyChain>>
