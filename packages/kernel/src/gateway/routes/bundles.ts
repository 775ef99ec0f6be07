import { endpoints, NexusError } from "@nexus/protocol"
import type { Accounts } from "../../accounts/accounts.ts"
import type { Audit } from "../../audit/audit.ts"
import type { Bundles } from "../../bundles/bundles.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { actorOf, auditOf, causeOf, type Routes } from "../call.ts"
import { streamTo } from "../stream-to.ts"
import { summaryOf } from "./workspaces.ts"

export interface BundleRouteParts {
  readonly accounts: Accounts
  readonly audit: Audit
  readonly bundles: Bundles
  readonly workspaces: Workspaces
  readonly forget: (workspace: string) => void
}

/** A workspace as one file, out and in. Its bytes are streamed, so these stand before whatever reads JSON. */
export function bundleRoutes(routes: Routes, { accounts, audit, bundles, workspaces, forget }: BundleRouteParts): void {
  routes.guarded(endpoints.exportWorkspace, async (call) => {
    const { params, query, response } = call
    const workspace = await workspaces.open(params.workspace)
    const history = query.history === "true"
    await audit.record({ ...auditOf(call), action: "workspace.exported", workspace: workspace.id, detail: { history } })
    response.attachment(`${workspace.id}.zip`).type("application/zip")
    await streamTo(response, bundles.write(workspace, { history }))
    return ""
  })
  routes.guarded(endpoints.importWorkspace, async (call) => {
    const { identity, query, request, response } = call
    // A refusal must still be heard, so it does not break the line.
    const bytes = request.iterator({ destroyOnReturn: false })
    try {
      return await bundles.receive(bytes, async (bundle) => {
        const id = call.newId("ws")
        const name = query.name ?? (bundle.manifest.workspace.name.trim().slice(0, 200) || "Imported")
        const workspace = await workspaces.create(id, name, actorOf(identity))
        try {
          const cause = causeOf(call, `imported the workspace ${name}`.slice(0, 400))
          await bundles.import(workspace, bundle, { name, cause, submission: call.newId("sub") })
          await accounts.addWorkspace(id, identity.user.id)
        } catch (error) {
          await workspaces.release(id)
          forget(id)
          throw error
        }
        await audit.record({ ...auditOf(call), action: "workspace.imported", workspace: id })
        return summaryOf(workspace, workspace.graph, "owner")
      })
    } catch (error) {
      // The rest of a refused body is not read; whoever sends it is let go.
      response.set("Connection", "close")
      if (!(error instanceof NexusError) && request.readableAborted)
        throw new NexusError({ code: "invalid-input", detail: "The upload was cut off." })
      throw error
    }
  })
}
