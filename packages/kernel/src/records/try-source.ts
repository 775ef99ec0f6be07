import {
  createId,
  equalJson,
  type Failure,
  type Handler,
  type HostCall,
  type HostReply,
  type Json,
  type JsonObject,
  type Outcome,
  type Panel,
  type PanelWorld,
  type RunRecord,
  type RunRecordStep,
  settle,
} from "@nexus/protocol"
import { evaluateComputed } from "@nexus/reactor"
import type { Sandbox } from "@nexus/wasm-bridge"
import { sleepMsOf } from "../workspace/waiting/calls.ts"
import { stateAfter } from "./bodies.ts"
import { callText, RecordedAnswers } from "./recorded-answers.ts"
import { whyNot } from "./replay.ts"
import { type End, endDifferences, endOf, saidBy, type TrialDifference } from "./run-end.ts"

/**
 * A recorded run's trigger once more, with another source of its panel: the same state, arguments, chance and time, and
 * the outside answers as it answered then. What would come out differently is what a person wants to know before the
 * source is saved. Nothing is written and nobody is asked; a call that was not made then ends the trial, for what would
 * have been said to it nobody knows.
 */
export interface Trial {
  readonly run: string
  readonly handler: string
  readonly at: number
  /** The handler of the new source that has the code of the one that is gone. */
  readonly renamed?: string
  readonly differences: readonly TrialDifference[]
  /** Why it could not be tried, in words. */
  readonly notTried?: string
}

export async function trySource(record: RunRecord, panel: Panel, sandbox: Sandbox): Promise<Trial> {
  const { run, handler: name, at } = record
  const refused = whyNot(record) ?? refusedByOthers(record)
  if (refused !== undefined) return { run, handler: name, at, differences: [], notTried: refused }
  const same = panel.handlers.find((handler) => handler.name === name)
  const heir = same ?? panel.handlers.find(({ source }) => source.trim() === record.source.trim())
  if (!heir) return { run, handler: name, at, differences: [{ what: "handler", recorded: name, now: null }] }
  const tried = await new Attempt(record, panel, heir, sandbox).end()
  if (typeof tried === "string") return { run, handler: name, at, differences: [], notTried: tried }
  const renamed: TrialDifference[] = same ? [] : [{ what: "handler", recorded: name, now: heir.name }]
  const differences = "asks" in tried ? [tried.difference] : endDifferences(endOf(record), tried, panel)
  return { run, handler: name, at, ...(same ? {} : { renamed: heir.name }), differences: [...renamed, ...differences] }
}

/** What a turn may be refused for although its handler came to an end, and would not be another time. */
const OF_THE_MOMENT: ReadonlySet<Failure["code"]> = new Set([
  "operation-conflict",
  "conflict",
  "unavailable",
  "lease-lost",
  "not-found",
])

function refusedByOthers({ failure, steps }: RunRecord): string | undefined {
  if (!failure || !OF_THE_MOMENT.has(failure.code) || steps.at(-1)?.outcome.status !== "finished") return undefined
  return `it ended with ${failure.code}, which was nothing that the handler did`
}

type AsksSomethingNew = { readonly asks: true; readonly difference: TrialDifference }

class Attempt {
  readonly #record: RunRecord
  readonly #panel: Panel
  readonly #handler: Handler
  readonly #sandbox: Sandbox
  readonly #answers: RecordedAnswers
  readonly #id = createId("trial")
  readonly #said: Json[] = []
  #waits = false

  constructor(record: RunRecord, panel: Panel, handler: Handler, sandbox: Sandbox) {
    this.#record = record
    this.#panel = panel
    this.#handler = handler
    this.#sandbox = sandbox
    this.#answers = new RecordedAnswers(record)
  }

  /** How it ends; in words, when that depends on the machine. */
  async end(): Promise<End | AsksSomethingNew | string> {
    try {
      return await this.#turns()
    } finally {
      if (this.#waits) this.#sandbox.discard(this.#id)
    }
  }

  async #turns(): Promise<End | AsksSomethingNew | string> {
    const { limits, args, seed, steps, panel } = this.#record
    const [first] = steps
    if (!first) return "it was not recorded whole"
    const { name: handler, source, line } = this.#handler
    let step: RunRecordStep = first
    let state = this.#stateIn(step.state)
    let nowMs = step.at
    let outcome = await this.#sandbox.run({
      ...{ id: this.#id, panel, handler, source, line, limits, tenant: "replay" },
      input: { ...this.#world(state, step), nowMs, args, seed },
    })
    for (;;) {
      this.#waits = outcome.status === "waiting"
      if (isTimeout(outcome)) return this.#record.failure?.code === "handler-timeout" ? endOf(this.#record) : TOO_SLOW
      const failure = this.#failureOf(outcome)
      this.#said.push(...outcome.effects.flatMap(saidBy))
      const after = failure ? state : stateAfter(state, outcome.effects)
      const end = { state: after, said: this.#said, value: null, waitsFor: [] }
      if (failure) return { ...end, status: "failed", failure }
      if (outcome.status === "finished") return { ...end, status: "finished", value: outcome.value }
      if (outcome.status === "failed") throw new Error("a failed turn has a failure")
      const replies: HostReply[] = []
      let next = step
      let sleptMs = 0
      for (const call of outcome.calls) {
        const answer = this.#answers.take(call)
        if (!answer) return asksNew(call, "")
        if (!this.#declares(call) && !isDenial(answer.reply))
          return asksNew(call, ", which its panel no longer declares")
        if (!answer.reply) return { ...end, status: "waiting", waitsFor: outcome.calls.map(callText) }
        replies.push(answer.reply)
        const from = steps[answer.step]
        if (from && from.turn > next.turn) next = from
        if (!from) sleptMs = Math.max(sleptMs, sleepMsOf(call) ?? 0)
      }
      nowMs = Math.max(nowMs + sleptMs, next.at)
      state = this.#stateIn(carried(after, steps.slice(step.turn, next.turn + 1)))
      step = next
      outcome = await this.#sandbox.resume({
        ...{ id: this.#id, replies },
        input: { ...this.#world(state, step), nowMs },
      })
    }
  }

  #world(state: JsonObject, step: RunRecordStep) {
    const imports = Object.fromEntries(this.#panel.imports.map(({ as }) => [as, step.imports[as] ?? null]))
    return { state, imports, computed: evaluateComputed(this.#panel, state, imports) }
  }

  /** The states that the new source declares: as they were, or as they begin. */
  #stateIn(recorded: JsonObject): JsonObject {
    return Object.fromEntries(
      this.#panel.states.map(({ name, initial }) => [
        name,
        Object.hasOwn(recorded, name) ? (recorded[name] ?? null) : initial,
      ]),
    )
  }

  /** The handler's own failure, or why the kernel would refuse what it did. */
  #failureOf(outcome: Outcome): Failure | undefined {
    if (outcome.status === "failed") return outcome.failure
    const settled = settle(outcome.effects, worldOf(this.#record.panel, this.#panel), this.#handler.name)
    return settled.ok ? undefined : settled.failure
  }

  #declares({ capability }: HostCall): boolean {
    return this.#panel.capabilities.some(({ type }) => type === capability)
  }
}

const TOO_SLOW = "it took longer than its time now; that depends on how fast the machine is"

function isTimeout(outcome: Outcome): boolean {
  return outcome.status === "failed" && outcome.failure.code === "handler-timeout"
}

function asksNew(call: HostCall, more: string): AsksSomethingNew {
  return { asks: true, difference: { what: "asks", recorded: null, now: callText(call) + more } }
}

function isDenial(reply: HostReply | undefined): boolean {
  return reply !== undefined && "error" in reply && reply.error.code === "capability-denied"
}

/**
 * What the next turn sees: the panel's state as this run left it, but for what others changed while it waited. `steps` are
 * the recorded ones from that turn to the next.
 */
function carried(mine: JsonObject, steps: readonly RunRecordStep[]): JsonObject {
  const state: Record<string, Json> = { ...mine }
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1]
    if (!before) continue
    for (const [name, value] of Object.entries(step.state)) {
      if (!equalJson(value, before.after[name])) state[name] = value
    }
  }
  return state
}

/** The panel as `settle` looks at it. */
function worldOf(id: string, panel: Panel): PanelWorld {
  const frame = { x: 0, y: 0, w: 1, h: 1 }
  const properties = { source: "", title: panel.title, frame, state: {}, grants: [] }
  const initial = Object.fromEntries(panel.states.map((state) => [state.name, state.initial]))
  return {
    entity: { id, kind: "panel", name: panel.title, scope: "", properties },
    ...{ panel, session: initial, secrets: initial },
  }
}
