import { type KeyScope, NexusError, type Role } from "@nexus/protocol"
import type { Identity } from "./accounts.ts"
import { allows } from "./roles.ts"

/** The most that a key of each scope makes of its person in a workspace. */
const MOST = { read: "viewer", write: "editor", admin: "owner" } satisfies Record<KeyScope, Role>

/**
 * The role under which somebody acts: their own, narrowed by the key they came with. A key widens nothing: an owner's
 * reading key is a viewer, a viewer's admin key is a viewer, and a workspace that a key does not name is not there.
 */
export function roleUnder({ key }: Identity, workspace: string, role: Role | undefined): Role | undefined {
  if (!key || role === undefined) return role
  if (key.workspaces && !key.workspaces.includes(workspace)) return undefined
  return allows(role, MOST[key.scope]) ? MOST[key.scope] : role
}

/** For acts that a role does not bound, such as granting rights. Throws `forbidden` when a key is not up to them. */
export function requireScope({ key }: Identity, needed: KeyScope): void {
  if (!key || allows(MOST[key.scope], MOST[needed])) return
  const detail = `This API key may not do this. Use one with the scope ${needed}.`
  throw new NexusError({ code: "forbidden", detail })
}

/** For what belongs to no workspace yet. */
export function requireEverywhere({ key }: Identity): void {
  if (!key?.workspaces) return
  throw new NexusError({ code: "forbidden", detail: "This API key is for some workspaces. Use one for all of them." })
}
