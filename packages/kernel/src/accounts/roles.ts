import type { Role } from "@nexus/protocol"

const RANKS = { viewer: 1, editor: 2, owner: 3 } satisfies Record<Role, number>

/** Does `role` allow what `needed` allows? */
export function allows(role: Role | undefined, needed: Role): boolean {
  return role !== undefined && RANKS[role] >= RANKS[needed]
}
