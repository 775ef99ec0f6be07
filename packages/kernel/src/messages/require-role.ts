import { NexusError, type Role } from "@nexus/protocol"
import type { Identity } from "../accounts/accounts.ts"
import { allows } from "../accounts/roles.ts"
import { roleUnder } from "../accounts/scopes.ts"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"

/** Who asks, their role in the workspace under the key they came with, and their own. Throws `unauthenticated`, or `forbidden` without the role `needed`. */
export async function requireRole(
  { accounts }: MessageContext,
  session: Session,
  workspace: string,
  needed: Role,
): Promise<{ readonly identity: Identity; readonly role: Role; readonly own: Role }> {
  const { identity } = session
  if (!identity) throw new NexusError({ code: "unauthenticated", detail: "The first message is hello." })
  const own = session.roleIn(workspace) ?? (await ownRole(accounts, identity, workspace))
  const role = roleUnder(identity, workspace, own)
  if (own && role && allows(role, needed)) return { identity, role, own }
  const detail = role ? "This role cannot change the workspace." : "This workspace is not open to you."
  throw new NexusError({ code: "forbidden", detail, needed, ...(role ? { role } : {}) })
}

/** A page of another site looks into the one workspace that its link is about. */
async function ownRole(
  accounts: MessageContext["accounts"],
  { user, embed }: Identity,
  workspace: string,
): Promise<Role | undefined> {
  if (embed) return embed.workspace === workspace ? "viewer" : undefined
  return accounts.roleOf(user.id, workspace)
}
