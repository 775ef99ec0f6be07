import * as z from "zod"
import { Id } from "../ids.ts"
import type { Entity } from "./entity.ts"
import type { Graph } from "./graph.ts"
import type { Operation } from "./operation.ts"

/**
 * What people say about a panel, or about a place on the canvas: an entity of kind `comment`. The scope says what it is
 * about: the workspace, a panel, or the comment it answers; so a thread goes with its panel, comes back with it, and is
 * hidden with it. A table of comments beside the graph was refused: undo, sharing, history, bundles and narrowing would
 * each have to be built for it again.
 */
export const COMMENT_LIMITS = { characters: 4000, mentions: 50 } as const

/** A person by id, with the name they had then. */
export const Person = z.strictObject({ id: Id, name: z.string().min(1).max(200) })
export type Person = Readonly<z.infer<typeof Person>>

/** What a comment entity's `properties` hold; times are milliseconds since the epoch, as the writer's device had them. */
export const CommentProperties = z.strictObject({
  text: z.string().min(1).max(COMMENT_LIMITS.characters).regex(/\S/, "a comment has words"),
  author: Person,
  at: z.number(),
  /** Who is called by "@name" in the text. */
  mentions: z.array(Person).max(COMMENT_LIMITS.mentions),
  /** In canvas pixels: from the panel's corner, or on the canvas. An answer has none. */
  place: z.strictObject({ x: z.number().min(-1e6).max(1e6), y: z.number().min(-1e6).max(1e6) }).exactOptional(),
  /** The thread is settled; written at its first comment, with the name of who really did it. */
  resolved: z.strictObject({ by: Person, at: z.number() }).exactOptional(),
  edited: z.number().exactOptional(),
  /** Said by the kernel where somebody else than the author put it there, such as by taking a removal back. */
  putBackBy: Person.exactOptional(),
})
export type CommentProperties = Readonly<z.infer<typeof CommentProperties>>

/** An entity that is a comment; the kernel lets no other shape in. */
export interface CommentEntity extends Entity {
  readonly kind: "comment"
  readonly properties: CommentProperties
}

export function isComment(entity: Entity | undefined): entity is CommentEntity {
  return entity?.kind === "comment" && CommentProperties.safeParse(entity.properties).success
}

/** Does it write, change or remove a comment and nothing else? `graph` is the world it would be applied to. */
export function isCommentOperation(graph: Graph, operation: Operation): boolean {
  switch (operation.kind) {
    case "entity_add":
      return operation.entity.kind === "comment"
    case "entity_set":
    case "entity_remove":
      return graph.entity(operation.id)?.kind === "comment"
    default:
      return false
  }
}
