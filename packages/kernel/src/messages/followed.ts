import { NexusError, type Role } from "@nexus/protocol"
import { allows } from "../accounts/roles.ts"
import type { Session } from "../gateway/session.ts"
import { requireLevel } from "../narrowing/refuse-narrowed.ts"
import type { Listener } from "../workspace/audience.ts"
import type { Workspace } from "../workspace/workspace.ts"

/**
 * A workspace that the session follows, and its place in the audience: shared texts are for those alone, and of them the
 * text of a panel that is narrowed for who asks is as narrow as the panel.
 */
export function followed(
  session: Session,
  id: string,
  needed: Role,
  panel?: string,
): { readonly workspace: Workspace; readonly listener: Listener } {
  const held = session.followed(id)
  if (!held) throw new NexusError({ code: "forbidden", detail: "Subscribe to the workspace first.", needed })
  const { user, role, own = role } = held.listener
  if (allows(role, needed)) {
    const { narrowing, graph } = held.workspace
    const level = panel !== undefined && narrowing.levelOf({ user, role: own }, panel)
    if (level) requireLevel(graph, panel, level, needed === "viewer" ? "look" : "change")
    return held
  }
  throw new NexusError({ code: "forbidden", detail: "This role cannot change the workspace.", needed, role })
}
