import { endpoints, NexusError } from "@nexus/protocol"
import type { Workspaces } from "../../workspace/workspaces.ts"
import type { Routes } from "../call.ts"

/** Runs that wait: looked at, ended, let go on, answered. */
export function runRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  /** The workspace, where whoever asks may run the panel that the run is of. */
  const reached = async (id: string, run: string, user: string) => {
    const workspace = await workspaces.open(id)
    const { require } = await workspace.seenBy(user)
    const kept = (await workspace.waiting.list()).find((waiting) => waiting.run === run)
    if (kept && workspace.narrowing.rules.some(({ panel }) => panel === kept.panel)) require(kept.panel, "run")
    return workspace
  }
  routes.guarded(endpoints.listWaitingRuns, async ({ params, identity }) => {
    const workspace = await workspaces.open(params.workspace)
    const { sight } = await workspace.seenBy(identity.user.id)
    return { runs: (await workspace.waiting.list()).filter(({ panel }) => !sight?.hides(panel)) }
  })
  routes.guarded(endpoints.cancelRun, async ({ params, identity }) => {
    const { waiting } = await reached(params.workspace, params.run, identity.user.id)
    await waiting.cancel(params.run, identity.user.name)
    return {}
  })
  routes.guarded(endpoints.continueRun, async ({ params, body, identity }) => {
    const { waiting } = await reached(params.workspace, params.run, identity.user.id)
    return { run: await waiting.goOn(params.run, body.how, identity.user.name) }
  })
  routes.guarded(endpoints.listQuestions, async ({ params, identity }) => {
    const workspace = await workspaces.open(params.workspace)
    const { sight } = await workspace.seenBy(identity.user.id)
    return { questions: (await workspace.waiting.questions()).filter(({ panel }) => !sight?.hides(panel)) }
  })
  routes.guarded(endpoints.answerQuestion, async ({ params, body, identity, require }) => {
    const { workspace, question } = params
    const { waiting, seenBy } = await workspaces.open(workspace)
    const { sight } = await seenBy(identity.user.id)
    const asked = sight && (await waiting.questions()).find(({ id }) => id === question)
    if (asked && sight.hides(asked.panel))
      throw new NexusError({ code: "not-found", what: "open question", id: question })
    await waiting.answer(question, body.answer, (role) => require(workspace, role))
    return {}
  })
}
