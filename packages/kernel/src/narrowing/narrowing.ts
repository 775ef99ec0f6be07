import { type Change, type Graph, type NarrowedSubject, NarrowingRule, type PanelLevel } from "@nexus/protocol"
import * as z from "zod"
import { panelLevel, type Who } from "../accounts/panel-level.ts"
import type { ValueStore } from "../storage/journal.ts"
import { Owners } from "./owners.ts"
import { type Sight, sightWithout } from "./sight.ts"

/**
 * Panels narrowed for some: the rules of one workspace. They stand in the journal's value store and not in the graph:
 * there an editor could write them, and an undo or a checkout would bring yesterday's back. A rule names a panel by its
 * id and outlives it, so that a panel which an undo brings back is as narrow as it was.
 */
const SPACE = "narrowing"
const KEY = "rules"

const Kept = z.object({
  rules: z.array(NarrowingRule),
  /** Something was hidden here once: mirrors of that time may lack a part, so none is continued. */
  hid: z.boolean(),
})
type Kept = Readonly<z.infer<typeof Kept>>

export interface Narrowing {
  readonly rules: readonly NarrowingRule[]
  /** Whether a mirror may be continued by the changes since, or must begin anew. */
  readonly hid: boolean
  levelOf(who: Who, panel: string): PanelLevel
  /** The panels with which somebody may do less than their role says, but for those that are hidden from them. */
  lessFor(who: Who): { readonly [panel: string]: PanelLevel }
  /** What somebody sees; `undefined` where they see everything. */
  sightOf(who: Who): Sight | undefined
  /** Resolves when it would survive a crash. */
  set(rule: NewRule): Promise<void>
  /** For each durable change, in order. */
  onChange(change: Change): void
}

/** One person's workspace: without the panels that are hidden from them. */
export interface Seen {
  /** The whole graph where nothing is hidden; else a copy of now. */
  readonly graph: Graph
  readonly sight: Sight | undefined
  /** What the rules leave; where there are none, the role alone says. */
  levelOf(panel: string): PanelLevel
  /** Throws `forbidden`; `not-found` for a panel that is hidden. */
  require(panel: string, needed: PanelLevel): void
}

export interface NewRule {
  readonly panel: string
  readonly subject: NarrowedSubject
  readonly level: PanelLevel
  readonly at: number
  readonly by: { readonly id: string; readonly name: string }
}

export async function openNarrowing(workspace: string, values: ValueStore, graph: Graph): Promise<Narrowing> {
  const found = await values.get(workspace, SPACE, KEY)
  let kept: Kept = found === undefined ? { rules: [], hid: false } : Kept.parse(JSON.parse(found))
  let owners = new Owners(graph, hiddenIn(kept.rules))
  return {
    get rules() {
      return kept.rules
    },
    get hid() {
      return kept.hid
    },
    levelOf: (who, panel) => panelLevel(kept.rules, who, panel),
    lessFor: (who) => {
      const most = panelLevel([], who, "")
      const levels = kept.rules.map(({ panel }) => [panel, panelLevel(kept.rules, who, panel)] as const)
      return Object.fromEntries(levels.filter(([, level]) => level !== "hidden" && level !== most))
    },
    sightOf: (who) => {
      const hidden = [...hiddenIn(kept.rules)].filter((panel) => panelLevel(kept.rules, who, panel) === "hidden")
      return hidden.length === 0 ? undefined : sightWithout(new Set(hidden), owners, who.user)
    },
    set: async ({ panel, subject, level, at, by }) => {
      const others = kept.rules.filter((rule) => rule.panel !== panel || !isSame(rule.subject, subject))
      const rules =
        level === "change" ? others : [...others, { panel, subject, level, at, by: { id: by.id, name: by.name } }]
      const next = { rules, hid: kept.hid || level === "hidden" }
      await values.set(workspace, SPACE, KEY, JSON.stringify(next))
      kept = next
      owners = new Owners(graph, hiddenIn(rules))
    },
    onChange: (change) => owners.follow(change.operations),
  }
}

function hiddenIn(rules: readonly NarrowingRule[]): ReadonlySet<string> {
  return new Set(rules.filter(({ level }) => level === "hidden").map(({ panel }) => panel))
}

function isSame(a: NarrowedSubject, b: NarrowedSubject): boolean {
  return "user" in a ? "user" in b && a.user === b.user : "role" in b && a.role === b.role
}
