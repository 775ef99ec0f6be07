import {
  type Actor,
  createId,
  type Graph,
  NexusError,
  type QuestionAnswer,
  type WaitingRunAnswer,
} from "@nexus/protocol"
import { askingOf } from "../../capabilities/ask.ts"
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
    questions: async () => (await waits.list()).flatMap(questionsOf).sort((a, b) => a.since - b.since),
    answer: async (question, answer, may) => {
      const asked = (await waits.list()).flatMap(questionsOf).find(({ id }) => id === question)
      if (!asked) throw new NexusError({ code: "not-found", what: "open question", id: question })
      await may(asked.role)
      if (asked.options && !asked.options.includes(answer)) {
        const detail = `The question takes one of ${asked.options.join(", ")}.`
        throw new NexusError({ code: "invalid-input", detail, path: "answer" })
      }
      await waits.give(asked.run, { id: Number(question.slice(asked.run.length + 1)), value: answer })
    },
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

/** The calls of a waiting run that are questions without an answer. */
function questionsOf({ run, request, calls, replies, since }: WaitingRun): QuestionAnswer[] {
  const { panel, handler, person } = request
  return calls.flatMap((call) => {
    const asking = askingOf(call)
    if (!asking || replies.some(({ id }) => id === call.id)) return []
    const { question, options, role } = asking
    const more = { ...(options ? { options: [...options] } : {}), ...(person ? { person: named(person) } : {}) }
    return [{ id: `${run}.${call.id}`, run, panel, handler, question, role, since, ...more }]
  })
}

function named({ id, name }: Actor): { id: string; name: string } {
  return { id, name }
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
    ...(person ? { person: named(person) } : {}),
    changed: !now || sourceHash(now.source) !== kept.source,
  }
}
