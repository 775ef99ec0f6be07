import {
  type Capability,
  type Cause,
  type Failure,
  type HostCall,
  type HostReply,
  NexusError,
  type Panel,
  type PanelEntity,
  sentenceOf,
} from "@nexus/protocol"
import { askingOf } from "../capabilities/ask.ts"
import type { Heard } from "../capabilities/event-hub.ts"
import { checkCapability } from "../capabilities/grants.ts"
import { answerHostCall } from "../capabilities/host-calls.ts"
import { type CallBudget, callRef, createCallBudget, type PanelCalls } from "../capabilities/panels.ts"
import type { RunFact } from "./run-event.ts"
import type { RunParts } from "./run-parts.ts"
import { sleepMsOf } from "./waiting/calls.ts"
import type { TriggerRequest } from "./workspace.ts"

/**
 * What one run asks of the outside, and the rights that its open calls stand on. A right is checked when it is used, and
 * once more whenever somebody takes a right back: an open call that has lost one is denied at that moment, and whatever
 * is being done for it is aborted. A call is not allowed to run to its end "because it was allowed when it began": a
 * question may stand for weeks.
 */
export interface Asker {
  readonly run: string
  readonly request: TriggerRequest
  readonly find: () => { readonly entity: PanelEntity; readonly panel: Panel } | undefined
  readonly cause: () => Cause
  /** The last change of the run, 0 for none. */
  readonly seq: () => number
  readonly tellLog: (level: "info" | "warn", message: string) => void
  readonly event: (event: RunFact) => void
}

type Names = readonly [Capability, ...Capability[]]

/** A call that somebody works on: each right that it used, by all its names, and how to make an end of it. */
interface OpenCall {
  readonly rights: Names[]
  readonly ending: AbortController
}

export class RunCalls {
  readonly #parts: RunParts
  readonly #asker: Asker
  readonly #open = new Map<number, OpenCall>()
  /** Capabilities that were denied to this run: a handler that does not catch one fails with it. */
  readonly #denied: Failure[] = []
  readonly #budget: CallBudget
  readonly #heard: Heard

  constructor(parts: RunParts, asker: Asker) {
    this.#parts = parts
    this.#asker = asker
    this.#budget = asker.request.callers?.budget ?? createCallBudget()
    this.#heard = asker.request.callers?.heard ?? { depth: 0 }
  }

  /** When a sleep that is allowed is over; other calls, and sleeps that are refused, are answered by who they ask. */
  dueAt(call: HostCall): [id: number, at: number][] {
    const ms = sleepMsOf(call)
    return ms !== undefined && this.#waits(call, ms) ? [[call.id, this.#parts.clock() + ms]] : []
  }

  /** The call, if it is a question that may be asked. */
  asks(call: HostCall): number | undefined {
    const asking = askingOf(call)
    if (!asking || !this.#waits(call, 0)) return undefined
    this.#asker.tellLog("info", `asks: ${asking.question}`)
    return call.id
  }

  async answer(call: HostCall): Promise<HostReply> {
    const { clock, events: hub, signal } = this.#parts
    const { run, request, find, cause, event, tellLog } = this.#asker
    const { panel } = request
    const started = clock()
    const open: OpenCall = { rights: [], ending: new AbortController() }
    this.#open.set(call.id, open)
    const submission = `${run}.call.${call.id}`
    const reply = await answerHostCall(call, {
      ...this.#parts,
      run,
      panelCalls: this.#panelCalls(submission),
      eventCalls: { hub, from: { panel, title: find()?.entity.properties.title ?? panel }, heard: this.#heard },
      submission,
      signal: AbortSignal.any([signal, open.ending.signal]),
      causeFor: (reason) => ({ ...cause(), reason: reason.slice(0, 400) }),
      onFailure: (failure) => {
        if (failure.code === "capability-denied") this.#denied.push(failure)
      },
      check: (...names) => {
        const denied = this.#check(names)
        if (!denied) open.rights.push(names)
        return denied
      },
    })
    this.#open.delete(call.id)
    if (open.ending.signal.aborted) return reply
    const granted = !("error" in reply && reply.error.code === "capability-denied")
    if ("error" in reply && !granted) tellLog("warn", reply.error.message)
    const { capability, method } = call
    event({ type: "host_called", capability, method, granted, durationMs: clock() - started })
    return reply
  }

  /** The denial of an open call that stands on a right which is gone; what is done for it ends. */
  revoked({ id, capability, method, ...call }: HostCall): HostReply | undefined {
    const open = this.#open.get(id)
    const waiting = rightToWait({ id, capability, method, ...call })
    const rights: readonly Names[] = open?.rights ?? (waiting ? [[waiting]] : [])
    const failure = rights.map((names) => this.#check(names)).find((denied) => denied !== undefined)
    if (!failure) return undefined
    this.#denied.push(failure)
    open?.ending.abort(new NexusError(failure))
    const message = sentenceOf(failure)
    this.#asker.tellLog("warn", message)
    this.#asker.event({ type: "host_called", capability, method, granted: false, durationMs: 0 })
    return { id, error: { code: failure.code, message } }
  }

  /** A handler's error that is nothing but a denial it was told of says so by its code. */
  named(failure: Failure): Failure {
    if (failure.code !== "handler-failed") return failure
    return this.#denied.find((denied) => failure.message.endsWith(sentenceOf(denied))) ?? failure
  }

  #check(names: Names): Failure | undefined {
    const found = this.#asker.find()
    if (!found) return { code: "not-found", what: "panel", id: this.#asker.request.panel }
    return checkCapability(found.entity, found.panel, ...names)
  }

  /** May the call wait without anybody working on it? */
  #waits(call: HostCall, durationMs: number): boolean {
    const right = rightToWait(call)
    if (!right || this.#check([right])) return false
    const { capability, method } = call
    this.#asker.event({ type: "host_called", capability, method, granted: true, durationMs })
    return true
  }

  #panelCalls(submission: string): PanelCalls {
    const { commits, sources, trigger } = this.#parts
    const { request, seq } = this.#asker
    const { panel: self, callers, person, traceId } = request
    return {
      graph: () => commits.head,
      sources,
      self,
      callers,
      budget: this.#budget,
      run: (panel, handler, args, above) =>
        trigger({
          panel,
          handler,
          args,
          trigger: "tool",
          callers: above,
          ref: callRef(submission),
          ...(person ? { person } : {}),
          ...(traceId ? { traceId } : {}),
          ...(seq() > 0 ? { parent: seq() } : {}),
        }),
    }
  }
}

/** What a sleep or a question stands on; nobody works on these. */
function rightToWait(call: HostCall): Capability | undefined {
  if (sleepMsOf(call) !== undefined) return { type: "time", scope: "" }
  return askingOf(call) ? { type: "ask", scope: "" } : undefined
}
