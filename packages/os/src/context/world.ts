import type { Entity, PanelEntity, Relationship } from "@nexus/protocol"

/** What the assistant read of a workspace before it answers, as of `seq`. */
export interface World {
  readonly workspace: string
  readonly seq: number
  readonly panels: readonly PanelEntity[]
  /** What people and handlers noted beside the panels: concepts, data, milestones and the like. */
  readonly notes: readonly Entity[]
  readonly relationships: readonly Relationship[]
}
