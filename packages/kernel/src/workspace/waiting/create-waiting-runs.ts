import { createId, type Graph, type WaitingRunAnswer } from "@nexus/protocol"
import { runIdOf, sourceHash } from "../run-id.ts"
import type { Sources } from "../sources.ts"
import type { TriggerRequest, TriggerResult } from "../workspace.ts"
import type { WaitingRun } from "./waiting-run.ts"
import type { WaitingRuns } from "./waiting-runs.ts"
import type { Waits } from "./waits.ts"

export interface WaitingRunsParts {
  readonly waits: Waits
  readonly graph: Graph
  readonly sources: Sources
  readonly trigger: (request: TriggerRequest) => Promise<TriggerResult>
  /** Takes a run up that is in the store and does not wait here. */
  readonly start: (kept: WaitingRun) => void
  readonly log: (message: string, detail: object) => void
}

export function createWaitingRuns(parts: WaitingRunsParts): WaitingRuns {
  const { waits, trigger, start, log } = parts
  const cancel = (run: string, why: string) => waits.cancel(run, { code: "conflict", detail: why })
  return {
    list: async () => (await waits.list()).map((kept) => answerOf(kept, parts)),
    cancel: async (run, by) => {
      await cancel(run, `${by} cancelled the waiting run.`)
    },
    goOn: async (run, how, by) => {
      if (how === "resume") {
        const kept = await waits.wake(run)
        if (kept) start({ ...kept, due: kept.due.map(([id]) => [id, 0]) })
        return run
      }
      const kept = await cancel(run, `${by} ${how === "restart" ? "started the handler again" : "discarded the run"}.`)
      if (how === "discard") return run
      const request = { ...kept.request, ref: createId("run") }
      trigger(request).catch((error: unknown) => {
        log("a run that was started again did not start", { run, error: String(error) })
      })
      return runIdOf(request.person?.id ?? "", request.ref)
    },
  }
}

function answerOf(kept: WaitingRun, { graph, sources }: WaitingRunsParts): WaitingRunAnswer {
  const { run, since } = kept
  const { panel, handler, trigger, person } = kept.request
  const entity = graph.panel(panel)
  const now = entity && sources.of(entity)?.handlers.find(({ name }) => name === handler)
  const answered = new Set(kept.replies.map(({ id }) => id))
  const open = kept.calls.filter(({ id }) => !answered.has(id))
  const times = kept.due.filter(([id]) => !answered.has(id)).map(([, at]) => at)
  return {
    run,
    panel,
    handler,
    trigger,
    since,
    ...(times.length > 0 ? { until: Math.max(...times) } : {}),
    waitsFor: [...new Set(open.map(({ capability, method }) => `${capability}.${method}`))],
    ...(person ? { person: { id: person.id, name: person.name } } : {}),
    changed: !now || sourceHash(now.source) !== kept.source,
  }
}
