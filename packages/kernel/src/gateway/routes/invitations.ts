import { endpoints } from "@nexus/protocol"
import type { Accounts } from "../../accounts/accounts.ts"
import { auditOf, type Routes } from "../call.ts"
import type { WorkspaceRouteParts } from "./workspaces.ts"

const DAY_MS = 24 * 60 * 60 * 1000

export interface InvitationRouteParts
  extends Pick<WorkspaceRouteParts, "audit" | "workspaces" | "clock" | "url" | "allowsOrigin"> {
  readonly accounts: Accounts
}

/** People invited by their address; the link goes to whoever invites, once. */
export function invitationRoutes(
  routes: Routes,
  { accounts, audit, workspaces, clock, url, allowsOrigin }: InvitationRouteParts,
): void {
  routes.guarded(endpoints.listInvitations, async ({ params }) => ({
    invitations: [...(await accounts.invitationsOf(params.workspace))],
  }))
  routes.guarded(endpoints.createInvitation, async (call) => {
    const { workspace } = call.params
    const { email, role, expiresInDays } = call.body
    const origin = call.request.get("origin")
    const base = origin !== undefined && allowsOrigin(origin) ? origin : url()
    const expiresAt = clock() + expiresInDays * DAY_MS
    const by = call.identity.user.id
    const { code, ...made } = await accounts.createInvitation({ workspace, email, role, by, expiresAt })
    await audit.record({
      ...auditOf(call),
      action: "invitation.created",
      workspace,
      target: made.id,
      detail: { role },
    })
    return { ...made, url: `${base}/#/invited/${code}` }
  })
  routes.guarded(endpoints.revokeInvitation, async (call) => {
    const { workspace, invitation } = call.params
    await accounts.revokeInvitation(workspace, invitation)
    await audit.record({ ...auditOf(call), action: "invitation.revoked", workspace, target: invitation })
    return {}
  })
  routes.guarded(endpoints.acceptInvitation, async (call) => {
    const { user } = call.identity
    const { workspace, role, invitation } = await accounts.acceptInvitation(call.params.code, user)
    workspaces.get(workspace)?.audience.setRole(user.id, role)
    await audit.record({
      ...auditOf(call),
      action: "invitation.accepted",
      workspace,
      target: invitation,
      detail: { role },
    })
    return { workspace, role }
  })
}
