import { endpoints, NexusError } from "@nexus/protocol"
import type { Accounts } from "../../accounts/accounts.ts"
import type { Audit } from "../../audit/audit.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { auditOf, type Routes } from "../call.ts"
import type { RateLimits } from "../rate-limits.ts"
import { clearSignInCookies } from "../sign-in-cookies.ts"

export interface PrivacyRouteParts {
  readonly accounts: Accounts
  readonly audit: Audit
  readonly workspaces: Workspaces
  readonly limits: RateLimits
  readonly forget: (workspace: string) => void
}

/**
 * What is kept about a person, given to them, and taken away for good. A workspace that others are in is not theirs to
 * take along: they hand it over first. In the journals of those workspaces their id and the name of that time stay, since a
 * change without a cause would make the history unreadable for who is still there; in the audit log their id stays and
 * everything personal goes.
 */
export function privacyRoutes(routes: Routes, parts: PrivacyRouteParts): void {
  const { accounts, audit, workspaces, limits, forget } = parts

  routes.guarded(endpoints.exportMe, async (call) => {
    const { user, session } = call.identity
    await audit.record({ ...auditOf(call), action: "account.exported", target: user.id })
    const entries = await Array.fromAsync(audit.all({ person: user.id }))
    const everything = {
      account: user,
      preferences: await accounts.preferencesOf(user.id),
      memberships: await accounts.workspacesOf(user.id),
      sessions: await accounts.sessionsOf(user.id, session),
      keys: await accounts.keysOf(user.id),
      secondFactor: await accounts.secondFactorOf(user.id),
      audit: entries,
    }
    call.response.attachment("nexus-account.json")
    return JSON.stringify(everything, undefined, 2)
  })
  routes.guarded(endpoints.eraseMe, async (call) => {
    const { user } = call.identity
    if (call.body.confirm !== user.name) {
      const detail = `Type your name, "${user.name}", to say that you mean it.`
      throw new NexusError({ code: "invalid-input", detail, path: "confirm" })
    }
    await limits.take("auth", user.id, call.response)
    await accounts.confirmPassword(user.id, call.body.password)
    if ((await accounts.localOwner()).id === user.id) {
      const detail = "This account owns the installation and goes with its data folder alone."
      throw new NexusError({ code: "conflict", detail })
    }
    const alone: string[] = []
    for (const { workspace, role } of await accounts.workspacesOf(user.id)) {
      const others = (await accounts.membersOf(workspace)).filter((member) => member.user.id !== user.id)
      if (others.length === 0) alone.push(workspace)
      else if (role === "owner" && !others.some((member) => member.role === "owner")) {
        const name = (await workspaces.open(workspace)).graph.entity(workspace)?.name ?? workspace
        const detail = `You are the last owner of "${name}", and others are in it. Make somebody else its owner first.`
        throw new NexusError({ code: "conflict", detail })
      }
    }
    for (const workspace of alone) {
      await accounts.removeWorkspace(workspace)
      await workspaces.release(workspace)
      forget(workspace)
      await audit.record({ ...auditOf(call), action: "workspace.deleted", workspace })
    }
    for (const { workspace } of await accounts.workspacesOf(user.id)) {
      workspaces.get(workspace)?.audience.setRole(user.id, undefined)
    }
    await audit.record({
      ...auditOf(call),
      action: "account.erased",
      target: user.id,
      detail: { workspaces: alone.length },
    })
    await accounts.erase(user.id)
    await audit.forget(user.id)
    clearSignInCookies(call)
    return {}
  })
}
