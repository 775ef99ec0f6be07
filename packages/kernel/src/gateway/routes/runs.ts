import { endpoints } from "@nexus/protocol"
import type { Workspaces } from "../../workspace/workspaces.ts"
import type { Routes } from "../call.ts"

/** Runs that wait: looked at, ended, let go on, answered. */
export function runRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.listWaitingRuns, async ({ params }) => {
    const { waiting } = await workspaces.open(params.workspace)
    return { runs: [...(await waiting.list())] }
  })
  routes.guarded(endpoints.cancelRun, async ({ params, identity }) => {
    const { waiting } = await workspaces.open(params.workspace)
    await waiting.cancel(params.run, identity.user.name)
    return {}
  })
  routes.guarded(endpoints.continueRun, async ({ params, body, identity }) => {
    const { waiting } = await workspaces.open(params.workspace)
    return { run: await waiting.goOn(params.run, body.how, identity.user.name) }
  })
  routes.guarded(endpoints.listQuestions, async ({ params }) => {
    const { waiting } = await workspaces.open(params.workspace)
    return { questions: [...(await waiting.questions())] }
  })
  routes.guarded(endpoints.answerQuestion, async ({ params, body, require }) => {
    const { workspace, question } = params
    const { waiting } = await workspaces.open(workspace)
    await waiting.answer(question, body.answer, (role) => require(workspace, role))
    return {}
  })
}
