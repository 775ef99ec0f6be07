import * as z from "zod"
import { Id } from "../ids.ts"
import { JsonObject } from "../json.ts"

/** What an entity is; state, computed, handler, tool, capability and component follow from a panel's source. */
export const EntityKind = z.enum([
  "workspace",
  "panel",
  "state",
  "computed",
  "handler",
  "tool",
  "capability",
  "component",
  "concept",
  "data",
  "resource",
  "constraint",
  "milestone",
  "user",
  "package",
  "section",
  "comment",
])
export type EntityKind = z.infer<typeof EntityKind>

/**
 * One node of the graph. `scope` is the id of the entity it lives in (a handler's panel, a panel's workspace) or ""
 * for the root; removing an entity removes what lives in it. Immutable: a change makes a new object.
 */
export const Entity = z.object({
  id: Id,
  kind: EntityKind,
  name: z.string().max(400),
  properties: JsonObject,
  scope: z.union([Id, z.literal("")]),
})
export type Entity = Readonly<z.infer<typeof Entity>>

/** Where a panel or a section lies on the canvas, in canvas pixels. */
export const Frame = z.object({
  x: z.number().min(-1e6).max(1e6),
  y: z.number().min(-1e6).max(1e6),
  w: z.number().min(80).max(20000),
  h: z.number().min(40).max(20000),
})
export type Frame = Readonly<z.infer<typeof Frame>>

/** What a panel entity's `properties` hold. `state` is document-scoped state by name; `grants` are `type:scope` strings. */
export const PanelProperties = z.object({
  source: z.string(),
  frame: Frame,
  title: z.string(),
  state: JsonObject,
  grants: z.array(z.string()),
})
export type PanelProperties = Readonly<z.infer<typeof PanelProperties>>

/** An entity that is a panel; `isPanel` narrows to it. */
export interface PanelEntity extends Entity {
  readonly kind: "panel"
  readonly properties: PanelProperties
}
