import * as z from "zod"
import { Id } from "../ids.ts"
import { Json, JsonObject } from "../json.ts"
import { Entity, Frame } from "./entity.ts"
import { Relationship, RelationshipKind } from "./relationship.ts"

/**
 * What may be asked of a graph. An operation names its target by id and path and says everything `apply` needs: no
 * clock, no random, no bare index. The alternative, JSON Patch, was refused: its array indexes mean something else as
 * soon as two people type.
 */

/** A list item's stable key: its own `id` when that is a string or number and unique in the list. */
export const ItemKey = z.union([z.string(), z.number()])
export type ItemKey = z.infer<typeof ItemKey>

/** One step into a state value: an object's key, a list item by stable key, or an index with the value it expects there. */
export const Step = z.union([
  z.string(),
  z.object({ key: ItemKey }),
  z.object({ index: z.int().min(0), expect: Json.optional() }),
])
export type Step = Readonly<z.infer<typeof Step>>

/** The first step is the name of the state. */
export const StatePath = z.array(Step).min(1).max(64)
export type StatePath = readonly Step[]

/** How a removed list item is recognised: by its key, and as what it is expected to be; else by its whole value. */
export const ItemMatch = z.union([z.object({ key: ItemKey, expect: Json.optional() }), z.object({ value: Json })])
export type ItemMatch = Readonly<z.infer<typeof ItemMatch>>

/** A canvas grant `type:scope`, such as `http:https://api.example.org/*`. */
export const Grant = z.string().min(1).max(2000)

const operation = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), ...shape })

/** One typed request to the graph, told apart by `kind`. */
export const Operation = z.discriminatedUnion("kind", [
  operation("entity_add", { entity: Entity }),
  /** Merges `set` into the properties and drops `unset`; `expect` lists properties that must hold these values now. */
  operation("entity_set", {
    id: Id,
    name: z.string().max(400).optional(),
    set: JsonObject.optional(),
    unset: z.array(z.string()).optional(),
    expect: JsonObject.optional(),
  }),
  /** Removes the entity, everything whose scope it is, and every relationship that touches them; `expect` as above. */
  operation("entity_remove", { id: Id, expect: JsonObject.optional() }),
  operation("relationship_add", { relationship: Relationship }),
  operation("relationship_remove", { from: Id, relationship: RelationshipKind, to: Id }),
  operation("panel_source", { panel: Id, source: z.string(), title: z.string(), expect: z.string().optional() }),
  operation("panel_frame", { panel: Id, frame: Frame, expect: Frame.optional() }),
  operation("panel_grant", { panel: Id, grant: Grant, granted: z.boolean() }),
  operation("state_set", { panel: Id, path: StatePath, value: Json, expect: Json.optional() }),
  /** What is gone already is as it is wished to be, whatever was expected. */
  operation("state_unset", { panel: Id, path: StatePath, expect: Json.optional() }),
  /**
   * On the list at `path`: takes out the items that `remove` matches, one after the other from the place, and puts
   * `insert` there. The place is the first removed item's key, else behind the item with key `after`, else `index`
   * (at most the list's end).
   */
  operation("state_splice", {
    panel: Id,
    path: StatePath,
    index: z.int().min(0),
    after: ItemKey.optional(),
    remove: z.array(ItemMatch),
    insert: z.array(Json),
  }),
])
export type Operation = Readonly<z.infer<typeof Operation>>
export type OperationKind = Operation["kind"]
/** The operation of one kind. */
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { kind: Kind }>
