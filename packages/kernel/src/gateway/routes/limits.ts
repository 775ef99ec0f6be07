import { endpoints } from "@nexus/protocol"
import type { Audit } from "../../audit/audit.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { actorOf, auditOf, type Routes } from "../call.ts"

/** What handlers may use, workspace by workspace. */
export function limitRoutes(
  routes: Routes,
  { workspaces, audit }: { readonly workspaces: Workspaces; readonly audit: Audit },
): void {
  routes.guarded(endpoints.readRunLimits, async ({ params }) => {
    const { limits } = await workspaces.open(params.workspace)
    return limits.answer()
  })
  routes.guarded(endpoints.setRunLimits, async (call) => {
    const { workspace } = call.params
    const { limits } = await workspaces.open(workspace)
    const answer = await limits.set(call.body.limits, actorOf(call.identity))
    await audit.record({ ...auditOf(call), action: "workspace.limits-set", workspace, detail: answer.set })
    return answer
  })
}
