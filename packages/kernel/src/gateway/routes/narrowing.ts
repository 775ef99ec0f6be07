import { endpoints, NexusError, type PanelLevel } from "@nexus/protocol"
import { panelLevel, reaches } from "../../accounts/panel-level.ts"
import type { Audit } from "../../audit/audit.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { auditOf, type Routes } from "../call.ts"

export interface NarrowingRouteParts {
  readonly workspaces: Workspaces
  readonly audit: Audit
  readonly clock: () => number
}

/** Panels narrowed for some members. */
export function narrowingRoutes(routes: Routes, { workspaces, audit, clock }: NarrowingRouteParts): void {
  routes.guarded(endpoints.listNarrowing, async ({ params }) => {
    const { narrowing } = await workspaces.open(params.workspace)
    return { rules: [...narrowing.rules] }
  })
  routes.guarded(endpoints.setNarrowing, async (call) => {
    const { workspace: id, panel } = call.params
    const { subject, level } = call.body
    const { narrowing, audience, graph } = await workspaces.open(id)
    const known = narrowing.rules.some((rule) => rule.panel === panel)
    if (!graph.panel(panel) && !known) throw new NexusError({ code: "not-found", what: "panel", id: panel })
    const { id: user, name } = call.identity.user
    await narrowing.set({ panel, subject, level, at: clock(), by: { id: user, name } })
    audience.renew()
    const whom = "user" in subject ? { user: subject.user } : { role: subject.role }
    await audit.record({
      ...auditOf(call),
      action: "panel.narrowed",
      workspace: id,
      target: panel,
      detail: { level, ...whom },
    })
    return { rules: [...narrowing.rules] }
  })
  routes.guarded(endpoints.myPanels, async ({ params, identity, require }) => {
    const role = await require(params.workspace, "viewer")
    const { graph, levelOf } = await (await workspaces.open(params.workspace)).seenBy(identity.user.id)
    const most = panelLevel([], { user: identity.user.id, role }, "")
    const lesser = (level: PanelLevel) => (reaches(level, most) ? most : level)
    return { panels: [...graph.panels()].map(({ id }) => ({ panel: id, level: lesser(levelOf(id)) })) }
  })
}
