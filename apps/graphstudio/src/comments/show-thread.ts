import type { Graph } from "@nexus/protocol"
import { studio } from "../workspace/studio.ts"
import { commentDesk } from "./comment-desk.ts"

/** Brings the thread of a comment on screen and opens it. */
export function showThread(graph: Graph, comment: string): void {
  const entity = graph.entity(comment)
  if (!entity) return
  const above = graph.entity(entity.scope)
  const thread = above?.kind === "comment" ? above : entity
  studio.set({ instant: undefined, ...(graph.panel(thread.scope) ? { reveal: thread.scope } : {}) })
  commentDesk.open(thread.id)
}
