import { endpoints, NexusError, type UsageAnswer } from "@nexus/protocol"
import type { Accounts } from "../../accounts/accounts.ts"
import type { Audit } from "../../audit/audit.ts"
import type { Files } from "../../files/files.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { auditOf, type Routes } from "../call.ts"

export interface UsageRouteParts {
  readonly accounts: Pick<Accounts, "membersOf" | "workspaces">
  readonly audit: Audit
  readonly files: Pick<Files, "used" | "limits">
  readonly workspaces: Workspaces
  /** AI tokens a workspace used today, and may. */
  readonly tokens: (workspace: string) => Promise<{ readonly used: number; readonly limit: number }>
}

/** What a workspace uses, and which tier it has. */
export function usageRoutes(routes: Routes, { accounts, audit, files, workspaces, tokens }: UsageRouteParts): void {
  const usageOf = async (id: string): Promise<UsageAnswer> => {
    const workspace = await workspaces.open(id)
    const { tier, allowance, runsToday, resetsAt } = workspace.quota
    const { panels, members, storageBytes, runsPerDay } = allowance
    return {
      tier,
      panels: { used: [...workspace.graph.ofKind("panel")].length, limit: panels },
      members: { used: (await accounts.membersOf(id)).length, limit: members },
      storageBytes: { used: files.used(workspace), limit: Math.min(storageBytes, files.limits.workspaceBytes) },
      runsPerDay: { used: runsToday, limit: runsPerDay },
      aiTokensPerDay: await tokens(id),
      resetsAt,
    }
  }
  routes.guarded(endpoints.readUsage, ({ params }) => usageOf(params.workspace))
  routes.guarded(endpoints.setTier, async (call) => {
    const { workspace } = call.params
    // Who runs a kernel need not be a member: an unknown id is not a workspace to be made.
    if (!(await accounts.workspaces()).includes(workspace))
      throw new NexusError({ code: "not-found", what: "workspace", id: workspace })
    const { quota } = await workspaces.open(workspace)
    await quota.setTier(call.body.tier)
    await audit.record({ ...auditOf(call), action: "workspace.tier-set", workspace, detail: { tier: call.body.tier } })
    return usageOf(workspace)
  })
}
