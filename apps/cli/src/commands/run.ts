import { createScratchWorkspace, SCRATCH, type Workspace } from "@nexus/kernel"
import {
  type Change,
  createId,
  type Effect,
  type Failure,
  type Json,
  JsonObject,
  type Limits,
  type Operation,
  type Panel,
  parseCapability,
  sentenceOf,
  type Usage,
} from "@nexus/protocol"
import { createSandbox, type EngineName, type Sandbox } from "@nexus/wasm-bridge"
import { type ExitCode, type Io, parseJsonOption, printJson, UsageError } from "../io.ts"
import { readPanel } from "./render.ts"

export interface RunOptions {
  readonly args?: string
  readonly state?: string
  readonly grant: readonly string[]
  readonly engine: EngineName
  readonly cpuMs: string
  readonly memoryMb: string
  readonly json?: boolean
}

/** What one run did: its end, the state after it, and everything it asked for. */
interface RunReport {
  readonly status: "finished" | "failed" | "waiting"
  readonly value?: Json
  readonly failure?: Failure & { readonly message: string }
  readonly state: JsonObject
  readonly operations: readonly Operation[]
  readonly emits: readonly { readonly name: string; readonly payload: Json }[]
  readonly logs: readonly { readonly level: string; readonly message: string }[]
  readonly usage: Usage
}

const NO_USAGE: Usage = { wallMs: 0, cpuMs: 0, memoryBytes: 0, hostCalls: 0 }

/** Runs one handler of a file in the real sandbox, in a workspace of its own that is gone afterwards. */
export async function run(io: Io, file: string, handler: string, options: RunOptions): Promise<ExitCode> {
  const limits: Partial<Limits> = {
    cpuMs: positive(options.cpuMs, "--cpu-ms"),
    memoryBytes: positive(options.memoryMb, "--memory-mb") * 1024 * 1024,
  }
  const args = (options.args === undefined ? {} : parseJsonOption(options.args, "--args")) as Json
  const state = JsonObject.safeParse(options.state === undefined ? {} : parseJsonOption(options.state, "--state"))
  if (!state.success) throw new UsageError("--state takes a JSON object of states by name")
  for (const grant of options.grant) {
    if (!parseCapability(grant))
      throw new UsageError(`--grant takes type:scope, such as http:https://x/*, not "${grant}"`)
  }
  const source = await io.read(file)
  const panel = readPanel(file, source)

  const log = (line: string) => io.err(`${line}\n`)
  const sandbox = await createSandbox({ engine: options.engine, processes: 1, log })
  const heard: Effect[] = []
  const workspace = await createScratchWorkspace({ sandbox: listening(sandbox, heard), limits })
  try {
    const report = await runIn(
      workspace,
      { panel, source, handler, args, state: state.data, grants: options.grant },
      heard,
    )
    print(io, report, options.json ?? false)
    return report.status === "failed" ? 1 : 0
  } finally {
    await workspace.close()
    await sandbox.close()
  }
}

interface Trial {
  readonly panel: Panel
  readonly source: string
  readonly handler: string
  readonly args: Json
  readonly state: JsonObject
  readonly grants: readonly string[]
}

async function runIn(workspace: Workspace, trial: Trial, heard: readonly Effect[]): Promise<RunReport> {
  const panel = "panel"
  const person = { kind: "person", id: "local", name: "Local" } as const
  const session = statesOf(trial, "session")
  await workspace.commit({
    submission: createId("submission"),
    cause: { actor: person, reason: "try a panel" },
    operations: [
      addPanel(panel, trial),
      ...trial.grants.map((grant) => ({ kind: "panel_grant", panel, grant, granted: true }) as const),
    ],
  })
  const before = workspace.seq
  const result = await workspace.trigger({
    panel,
    handler: trial.handler,
    args: trial.args,
    trigger: "call",
    person,
    session,
  })
  const changes: readonly Change[] = await workspace.changes(before, 10_000)
  return {
    status: result.status,
    ...(result.value === undefined ? {} : { value: result.value }),
    ...(result.failure ? { failure: { ...result.failure, message: messageOf(result.failure) } } : {}),
    state: { ...session, ...workspace.graph.panel(panel)?.properties.state, ...result.session },
    operations: changes.flatMap(({ operations }) => operations),
    emits: heard.flatMap((effect) => (effect.kind === "emit" ? [{ name: effect.name, payload: effect.payload }] : [])),
    logs: heard.flatMap((effect) => (effect.kind === "log" ? [{ level: effect.level, message: effect.message }] : [])),
    usage: result.usage ?? NO_USAGE,
  }
}

/** The states of one scope: what was given on the command line, else the declared default. */
function statesOf({ panel, state }: Trial, scope: "document" | "session"): JsonObject {
  const declared = panel.states.filter((candidate) => candidate.scope === scope)
  return Object.fromEntries(declared.map(({ name, initial }) => [name, state[name] ?? initial]))
}

function addPanel(id: string, trial: Trial): Operation {
  return {
    kind: "entity_add",
    entity: {
      id,
      kind: "panel",
      name: trial.panel.title,
      scope: SCRATCH,
      properties: {
        source: trial.source,
        title: trial.panel.title,
        frame: { x: 0, y: 0, w: 400, h: 300 },
        state: statesOf(trial, "document"),
        grants: [],
      },
    },
  }
}

/** The sandbox as it is; `heard` gets every effect that its turns ask for. */
function listening(sandbox: Sandbox, heard: Effect[]): Sandbox {
  const listen = async (outcome: ReturnType<Sandbox["run"]>) => {
    heard.push(...(await outcome).effects)
    return outcome
  }
  return {
    run: (request) => listen(sandbox.run(request)),
    resume: (request, from) => listen(sandbox.resume(request, from)),
    suspend: (id, key) => sandbox.suspend(id, key),
    discard: (id) => sandbox.discard(id),
    metrics: () => sandbox.metrics(),
    close: () => sandbox.close(),
  }
}

function messageOf(failure: Failure): string {
  return failure.code === "handler-failed" ? failure.message : sentenceOf(failure)
}

function positive(text: string, option: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`${option} takes a number above 0, not "${text}"`)
  return value
}

function print(io: Io, report: RunReport, json: boolean): void {
  if (json) {
    printJson(io, report)
    return
  }
  for (const { level, message } of report.logs) io.err(`${level}: ${message}\n`)
  if (report.failure) io.err(`${sentenceOf(report.failure)}\n`)
  if (report.value !== undefined && report.value !== null) io.out(`${JSON.stringify(report.value, null, 2)}\n`)
  const { wallMs, memoryBytes, hostCalls } = report.usage
  const changes = report.operations.length
  io.err(
    `${report.status} in ${wallMs.toFixed(1)} ms, ${changes} ${changes === 1 ? "operation" : "operations"}, ` +
      `${hostCalls} host calls, ${(memoryBytes / 1048576).toFixed(1)} MB\n`,
  )
}
