import { endpoints } from "@nexus/protocol"
import type { WorkspaceVersions } from "../../versions/workspace-versions.ts"
import { actorOf, type Routes } from "../call.ts"

/** Git, over HTTP. */
export function versionRoutes(routes: Routes, { versions }: { readonly versions: WorkspaceVersions }): void {
  routes.guarded(endpoints.commitWorkspace, async ({ body, identity }) =>
    versions.commit({
      workspace: body.workspace,
      by: identity.user,
      ...(body.message ? { message: body.message } : {}),
    }),
  )
  routes.guarded(endpoints.checkoutWorkspace, async ({ body, identity, traceId }) =>
    versions.checkout({ workspace: body.workspace, ref: body.ref, person: actorOf(identity), traceId }),
  )
  routes.guarded(endpoints.listHistory, async ({ query }) => ({
    commits: [...(await versions.history(query.workspace, query.limit))],
  }))
}
