import { createId, endpoints } from "@nexus/protocol"
import { installOperations, packageId, packageOf } from "../../packages/install.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { causeOf, type Routes } from "../call.ts"

/** Packages of components: put into a workspace and taken out again, each as one change. */
export function packageRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.listPackages, async ({ params }) => {
    const { graph } = await workspaces.open(params.workspace)
    return { packages: [...graph.ofKind("package")].map(({ id }) => packageOf(graph, id)) }
  })
  routes.guarded(endpoints.installPackage, async (call) => {
    const { params, body } = call
    const workspace = await workspaces.open(params.workspace)
    const { seq } = await workspace.commit({
      submission: createId("sub"),
      cause: causeOf(call, `installed ${body.name} ${body.version}`),
      operations: installOperations(workspace.graph, workspace.id, body),
    })
    return { ...packageOf(workspace.graph, packageId(body.name)), seq }
  })
  routes.guarded(endpoints.removePackage, async (call) => {
    const workspace = await workspaces.open(call.params.workspace)
    const { id, name, version } = packageOf(workspace.graph, call.params.package)
    await workspace.commit({
      submission: createId("sub"),
      cause: causeOf(call, `removed ${name} ${version}`),
      operations: [{ kind: "entity_remove", id }],
    })
    return {}
  })
}
