import type { EntityKind, RelationshipKind } from "@nexus/protocol"
import { say } from "../words/say.ts"

interface KindWords {
  readonly word: string
  readonly many: string
  readonly tone: string | undefined
}

/** What each kind is called, and the tone of its box; the word is there for whoever sees no tone. */
export const KINDS: Readonly<Record<EntityKind, KindWords>> = {
  workspace: { word: say("workspace"), many: say("The workspace"), tone: "muted" },
  panel: { word: say("panel"), many: say("Panels"), tone: undefined },
  state: { word: say("state"), many: say("States"), tone: "good" },
  computed: { word: say("computed"), many: say("Computed values"), tone: "good" },
  handler: { word: say("handler"), many: say("Handlers"), tone: "warn" },
  tool: { word: say("tool"), many: say("Tools"), tone: "warn" },
  capability: { word: say("right"), many: say("Rights"), tone: "muted" },
  component: { word: say("component"), many: say("Components"), tone: "muted" },
  concept: { word: say("concept"), many: say("Concepts"), tone: "muted" },
  data: { word: say("data"), many: say("Data"), tone: "muted" },
  resource: { word: say("resource"), many: say("Resources"), tone: "muted" },
  constraint: { word: say("constraint"), many: say("Constraints"), tone: "muted" },
  milestone: { word: say("milestone"), many: say("Milestones"), tone: "muted" },
  user: { word: say("person"), many: say("People"), tone: "muted" },
  package: { word: say("package"), many: say("Packages"), tone: "muted" },
  section: { word: say("section"), many: say("Sections"), tone: "muted" },
  comment: { word: say("comment"), many: say("Comments"), tone: "muted" },
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

const WORDS: Readonly<Record<RelationshipKind, string>> = {
  contains: say("contains"),
  reads: say("reads"),
  writes: say("writes"),
  triggers: say("triggers"),
  imports: say("imports"),
  requires: say("requires"),
  uses: say("uses"),
  produces: say("produces"),
  precedes: say("precedes"),
  part_of: say("part of"),
  extends: say("extends"),
  implements: say("implements"),
  related_to: say("related to"),
  similar_to: say("similar to"),
  conflicts_with: say("conflicts with"),
  custom: say("custom"),
}

/** `related_to` as people read it. */
export function relationWord(kind: RelationshipKind): string {
  return WORDS[kind]
}
