import {
  createId,
  type Failure,
  type Limits,
  NexusError,
  type Outcome,
  type Panel,
  type PanelEntity,
  settle,
} from "@nexus/protocol"
import { parsePanel } from "../nxml/to-panel.ts"
import type { EndHere, HandlersHere, LogHere, RunHere, TurnsHere } from "./handlers-here.ts"
import { sessionOf, worldOf } from "./world.ts"

/** What a run may take in a page. Wall time is all that a browser measures. */
const LIMITS: Limits = {
  cpuMs: 2000,
  memoryBytes: 128 * 1024 * 1024,
  stackBytes: 256 * 1024,
  hostCalls: 1000,
  effectBytes: 1024 * 1024,
  resultBytes: 1024 * 1024,
}
const READ_SOURCES = 100

/** Handlers on a sandbox of this page. */
export function createHandlersHere(turns: TurnsHere, now: () => number = Date.now): HandlersHere {
  const lanes = new Map<string, Promise<unknown>>()
  const of = createSources()
  return {
    async run(request) {
      const lane = `${request.workspace} ${request.panel}`
      const before = lanes.get(lane)
      const run = (before ?? Promise.resolve()).then(() => runToEnd(turns, request, of, now))
      const over: Promise<void> = run.then(nothing, nothing).then(() => {
        if (lanes.get(lane) === over) lanes.delete(lane)
      })
      lanes.set(lane, over)
      return run
    },
  }
}

/** Turn after turn, as the kernel does it: the world is taken, the sandbox runs, the outcome is settled and taken. */
async function runToEnd(turns: TurnsHere, request: RunHere, of: Sources, now: () => number): Promise<EndHere> {
  const run = createId("run")
  const { answer, args, workspace } = request
  const { entity, panel, handler } = found(request, of)
  // Secrets stay with the kernel: a handler that could need one is its to run.
  if (!answer && panel.states.some(({ secret }) => secret)) return { status: "asks", run, calls: [] }
  const world = () => {
    const here = request.graph().panel(entity.id) ?? entity
    const sources = { of: (other: PanelEntity) => (other.id === entity.id ? panel : of(other)) }
    return {
      ...worldOf(request.graph(), sources, here, panel, sessionOf(panel, request.session())),
      nowMs: now(),
    }
  }
  let outcome = await turns.run({
    id: run,
    panel: entity.id,
    handler: handler.name,
    source: handler.source,
    line: handler.line,
    tenant: workspace,
    limits: LIMITS,
    input: { ...world(), args, seed: Math.floor(Math.random() * 2 ** 32) },
  })
  for (;;) {
    if (!request.answer && outcome.status === "waiting") {
      turns.discard(run)
      return { status: "asks", run, calls: outcome.calls }
    }
    const failure = taken(outcome, run, request, { entity, panel })
    if (failure) {
      if (outcome.status === "waiting") turns.discard(run)
      return { status: "failed", run, failure, usage: outcome.usage }
    }
    if (outcome.status === "finished") return { status: "finished", run, value: outcome.value, usage: outcome.usage }
    const calls = outcome.status === "waiting" ? outcome.calls : []
    outcome = await turns.resume({ id: run, replies: answer ? calls.map(answer) : [], input: world() })
  }
}

/** Hands a turn over; answers why the run has failed with it. */
function taken(outcome: Outcome, run: string, request: RunHere, { entity, panel }: Declared): Failure | undefined {
  const { graph, handler, take } = request
  const logs = outcome.effects.filter((effect): effect is LogHere => effect.kind === "log")
  if (outcome.status === "failed") {
    take({ run, settled: undefined, logs })
    return outcome.failure
  }
  const session = sessionOf(panel, request.session())
  const here = { entity: graph().panel(entity.id) ?? entity, panel, session, secrets: {} }
  const settled = settle(outcome.effects, here, handler)
  try {
    take({ run, settled: settled.ok ? settled : undefined, logs })
  } catch (error) {
    if (error instanceof NexusError) return error.failure
    throw error
  }
  return settled.ok ? undefined : settled.failure
}

function nothing(): void {}

interface Declared {
  readonly entity: PanelEntity
  readonly panel: Panel
}

/** Throws what the kernel would refuse the trigger with. */
function found({ panel: id, declared, handler: wanted, graph }: RunHere, of: Sources) {
  const entity = graph().panel(id)
  const panel = entity && (declared ?? of(entity))
  if (!panel) throw new NexusError({ code: "not-found", what: "panel", id })
  const handler = panel.handlers.find(({ name }) => name === wanted)
  if (handler) return { entity, panel, handler }
  const known = panel.handlers.map(({ name }) => name)
  throw new NexusError({ code: "handler-unknown", panel: id, handler: wanted, known })
}

type Sources = (entity: PanelEntity) => Panel | undefined

/** What sources say, each read once. */
function createSources(): Sources {
  const read = new Map<string, Panel | undefined>()
  return ({ properties: { source } }) => {
    if (!read.has(source)) read.set(source, parsePanel(source).panel)
    const [oldest] = read.keys()
    if (read.size > READ_SOURCES && oldest !== undefined) read.delete(oldest)
    return read.get(source)
  }
}
