import { NexusError, type Role } from "@nexus/protocol"
import { allows } from "../accounts/roles.ts"
import type { Session } from "../gateway/session.ts"
import type { Listener } from "../workspace/audience.ts"
import type { Workspace } from "../workspace/workspace.ts"

/** A workspace that the session follows, and its place in the audience: shared texts are for those alone. */
export function followed(
  session: Session,
  id: string,
  needed: Role,
): { readonly workspace: Workspace; readonly listener: Listener } {
  const held = session.followed(id)
  if (!held) throw new NexusError({ code: "forbidden", detail: "Subscribe to the workspace first.", needed })
  const { role } = held.listener
  if (allows(role, needed)) return held
  throw new NexusError({ code: "forbidden", detail: "This role cannot change the workspace.", needed, role })
}
