import type { NarrowingRule, PanelLevel, Role } from "@nexus/protocol"

const LEVELS = { hidden: 0, look: 1, run: 2, change: 3 } satisfies Record<PanelLevel, number>
/** What a role allows with a panel nobody narrowed. */
const BY_ROLE = { viewer: "look", editor: "change", owner: "change" } satisfies Record<Role, PanelLevel>

export interface Who {
  readonly user: string
  readonly role: Role
}

/** Does `level` allow what `needed` allows? */
export function reaches(level: PanelLevel, needed: PanelLevel): boolean {
  return LEVELS[level] >= LEVELS[needed]
}

/**
 * What somebody may do with a panel: what their role allows, and the least of what the rules about them say. Owners are
 * not narrowed: they could take the rule away, and a rule that says otherwise would be a promise that is not kept.
 */
export function panelLevel(rules: readonly NarrowingRule[], { user, role }: Who, panel: string): PanelLevel {
  let level: PanelLevel = BY_ROLE[role]
  if (role === "owner") return level
  for (const rule of rules) {
    const about = "user" in rule.subject ? rule.subject.user === user : rule.subject.role === role
    if (rule.panel === panel && about && !reaches(rule.level, level)) level = rule.level
  }
  return level
}
