import type { EntityKind, RelationshipKind } from "@nexus/protocol"

interface KindWords {
  readonly word: string
  readonly many: string
  readonly tone: string | undefined
}

/** What each kind is called, and the tone of its box; the word is there for whoever sees no tone. */
export const KINDS: Readonly<Record<EntityKind, KindWords>> = {
  workspace: { word: "workspace", many: "The workspace", tone: "muted" },
  panel: { word: "panel", many: "Panels", tone: undefined },
  state: { word: "state", many: "States", tone: "good" },
  computed: { word: "computed", many: "Computed values", tone: "good" },
  handler: { word: "handler", many: "Handlers", tone: "warn" },
  tool: { word: "tool", many: "Tools", tone: "warn" },
  capability: { word: "right", many: "Rights", tone: "muted" },
  component: { word: "component", many: "Components", tone: "muted" },
  concept: { word: "concept", many: "Concepts", tone: "muted" },
  data: { word: "data", many: "Data", tone: "muted" },
  resource: { word: "resource", many: "Resources", tone: "muted" },
  constraint: { word: "constraint", many: "Constraints", tone: "muted" },
  milestone: { word: "milestone", many: "Milestones", tone: "muted" },
  user: { word: "person", many: "People", tone: "muted" },
  package: { word: "package", many: "Packages", tone: "muted" },
}

/** Shown at first: who reads and writes whom, and what people noted. */
export const FIRST_KINDS: readonly EntityKind[] = [
  "panel",
  "state",
  "computed",
  "handler",
  "tool",
  "concept",
  "milestone",
]

/** Relations that people make between notes and anything else. */
export const NOTE_RELATIONS: readonly RelationshipKind[] = [
  "related_to",
  "part_of",
  "precedes",
  "requires",
  "uses",
  "produces",
  "extends",
  "implements",
  "similar_to",
  "conflicts_with",
]

/** `related_to` as people read it. */
export function relationWord(kind: RelationshipKind): string {
  return kind.replaceAll("_", " ")
}
