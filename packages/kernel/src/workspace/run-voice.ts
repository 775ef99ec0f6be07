import { type Cause, type Effect, type Failure, type Outcome, type PanelEntity, sentenceOf } from "@nexus/protocol"
import type { RunFact } from "./run-event.ts"
import type { RunParts } from "./run-parts.ts"
import type { TriggerRequest } from "./workspace.ts"

/** A place in the panel's NXML, where it is known. */
interface Where {
  readonly line?: number | undefined
  readonly column?: number | undefined
}

type LogEffect = Extract<Effect, { kind: "log" }>

/** What is said of one run: to the panel's log, to the record of events, and in the journal as the cause of its changes. */
export class RunVoice {
  readonly #parts: Pick<RunParts, "workspace" | "audience" | "clock" | "onEvent">
  readonly #request: TriggerRequest
  readonly #id: string

  constructor(parts: RunParts, request: TriggerRequest, id: string) {
    this.#parts = parts
    this.#request = request
    this.#id = id
  }

  cause(turn: number, entity: PanelEntity | undefined): Cause {
    const { panel, handler, trigger, person, traceId, parent, callers } = this.#request
    const more = { ...(callers ? { caller: callers.run } : {}), ...(person ? { person } : {}) }
    return {
      actor: { kind: trigger === "schedule" ? "schedule" : "handler", id: `${panel}.${handler}`, name: handler },
      reason: `${handler} in ${entity?.properties.title ?? panel}`.slice(0, 400),
      run: { id: this.#id, panel, handler, turn, trigger, ...more },
      ...(traceId ? { traceId } : {}),
      ...(parent === undefined ? {} : { parent }),
    }
  }

  log(level: LogEffect["level"], message: string, { line, column }: Where = {}): void {
    const { audience, workspace, clock } = this.#parts
    const { panel, handler } = this.#request
    const position = line !== undefined && column !== undefined ? { line, column } : {}
    audience.tell({ kind: "log", workspace, panel, run: this.#id, handler, level, message, ...position, at: clock() })
  }

  /** The failure that ended the run, with the handler's own frames. */
  failed(failure: Failure): void {
    const stack = failure.code === "handler-failed" && failure.stack
    const message = stack ? `${sentenceOf(failure)}\n${stack}` : sentenceOf(failure)
    this.log("error", message, "line" in failure ? failure : {})
  }

  fact(fact: RunFact): void {
    const { panel, handler, person, traceId } = this.#request
    const { onEvent, workspace, clock } = this.#parts
    onEvent({
      ...fact,
      workspace,
      panel,
      handler,
      run: this.#id,
      at: clock(),
      ...(person ? { person: person.id } : {}),
      ...(traceId ? { traceId } : {}),
    })
  }

  completed(turn: number, { status, usage, failure }: Completed): void {
    this.fact({
      type: "execution_completed",
      turn,
      status,
      durationMs: usage.wallMs,
      cpuMs: usage.cpuMs,
      memoryBytes: usage.memoryBytes,
      hostCalls: usage.hostCalls,
      ...(failure ? { failure: failure.code, message: sentenceOf(failure) } : {}),
    })
  }
}

interface Completed extends Pick<Outcome, "status" | "usage"> {
  readonly failure: Failure | undefined
}
