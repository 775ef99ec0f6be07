import {
  createId,
  type Failure,
  type HostCall,
  type HostReply,
  type Json,
  type JsonObject,
  type Limits,
  NexusError,
  type Outcome,
  type Panel,
  type PanelEntity,
  type Settled,
  sentenceOf,
  settle,
  type Usage,
} from "@nexus/protocol"
import { sessionOf, worldOf } from "@nexus/reactor"
import type { SuspendedRun } from "@nexus/wasm-bridge"
import { askingOf } from "../capabilities/ask.ts"
import type { TurnSeen } from "../records/to-entry.ts"
import type { Proposal } from "./commit.ts"
import { handlerOf } from "./handler-of.ts"
import { inSpan } from "./in-span.ts"
import { RunCalls } from "./run-calls.ts"
import { runIdOf, sourceHash } from "./run-id.ts"
import type { RunParts } from "./run-parts.ts"
import { RunVoice } from "./run-voice.ts"
import { isAskedAgain, lostReply } from "./waiting/calls.ts"
import { requestKept, type WaitingRun } from "./waiting/waiting-run.ts"
import type { TriggerRequest, TriggerResult } from "./workspace.ts"

/**
 * One execution of a handler, turn by turn. A turn holds the panel's lane: the world is taken, the sandbox runs, the
 * outcome is settled and proposed to `commit`; then the lane is free. What the turn said to the outside (host calls,
 * the answer, session state, view commands) leaves only when its change is durable.
 *
 * The first turn has asked nothing of the outside, so when somebody else's change got in between it is simply run again.
 * Ids are made from the request, so a request repeated after a crash finds its change in the journal.
 */
const ATTEMPTS = 4
const CLOSED: Failure = { code: "unavailable", what: "The workspace", detail: "it closed while the handler waited" }

/** A turn that is over in the lane; nothing of it has left yet. */
interface Turn {
  readonly outcome: Outcome
  readonly settled?: Settled
  readonly failure?: Failure
  readonly proposal?: Proposal
  /** What it was given; absent when the sandbox was not asked. */
  readonly seen?: Pick<TurnSeen, "panel" | "handler" | "input" | "replies">
}

export class Run {
  readonly #parts: RunParts
  readonly #request: TriggerRequest
  readonly #limits: Limits
  readonly #id: string
  #seed: number
  #source = ""
  readonly #written = new Set<string>()
  #sandboxId = ""
  /** Where the run is while it waits outside the sandbox. */
  #suspended: SuspendedRun | undefined
  #turn = 0
  #seq = 0
  #session: JsonObject | undefined
  readonly #voice: RunVoice
  readonly #calls: RunCalls
  #usage: Usage = { wallMs: 0, cpuMs: 0, memoryBytes: 0, hostCalls: 0 }

  constructor(parts: RunParts, request: TriggerRequest, id?: string) {
    this.#parts = parts
    this.#request = request
    this.#id = id ?? (request.ref === undefined ? createId("run") : runIdOf(request.person?.id ?? "", request.ref))
    this.#limits = parts.limits()
    this.#seed = parts.seed()
    this.#session = request.session
    this.#voice = new RunVoice(parts, request, this.#id)
    const find = () => this.#find(request.panel)
    this.#calls = new RunCalls(parts, {
      run: this.#id,
      request,
      find,
      cause: () => this.#voice.cause(this.#turn, find()?.entity),
      seq: () => this.#seq,
      tellLog: (level, message) => this.#voice.log(level, message),
      event: (fact) => this.#voice.fact(fact),
    })
  }

  get id(): string {
    return this.#id
  }

  /** Runs to the end. Throws only for what is wrong with the request; a failing handler is a result. */
  async execute(): Promise<TriggerResult> {
    const { panel: panelId, trigger, person } = this.#request
    this.#must(panelId)
    this.#voice.fact({ type: "handler_triggered", trigger, actor: person?.kind ?? trigger })
    return this.#toEnd(await this.#inLane(() => this.#firstTurn()))
  }

  /** Goes on with a run that this or another kernel kept. What waited for its end is gone. */
  async goOn(kept: WaitingRun): Promise<TriggerResult> {
    this.#turn = kept.turn
    this.#seq = kept.seq
    this.#usage = kept.usage
    this.#seed = kept.seed
    this.#source = kept.source
    for (const name of kept.written) this.#written.add(name)
    this.#parts.records?.remember(this.#parts.workspace, kept.run, kept.secrets)
    const key = this.#parts.waits.keyFor(kept.run, kept.turn)
    this.#suspended = { bytes: Buffer.from(kept.memory, "base64"), key }
    return this.#toEnd(await this.#afterWait(kept.calls, kept))
  }

  /** Turn after turn until there is nothing to wait for. */
  async #toEnd(first: Turn): Promise<TriggerResult> {
    const { waits, workspace, records } = this.#parts
    for (let turn = first; ; ) {
      const failure = await this.#leave(turn)
      this.#record(turn, failure)
      if (!failure && turn.outcome.status === "waiting") {
        turn = await this.#afterWait(turn.outcome.calls)
        continue
      }
      // What the journal or this kernel could not do may be done another time; the handler's own end is one for good.
      const later = failure?.code === "unavailable" || failure?.code === "lease-lost"
      const left = later && waits.leave(this.#id)
      if (!later) await waits.forget(this.#id)
      const end = { workspace, run: this.#id, turns: turn.seen ? this.#turn + 1 : 0, seq: this.#seq, failure }
      if (left) records?.left(this.#id)
      else records?.ended(end)
      return this.#ended(turn, failure)
    }
  }

  /** For who wants to see it again; nobody waits for that. */
  #record({ seen, outcome, proposal }: Turn, failure: Failure | undefined): void {
    if (!seen) return
    const { workspace, records } = this.#parts
    const [limits, turn] = [this.#limits, this.#turn]
    const run = { workspace, run: this.#id, request: this.#request, seed: this.#seed, limits, turn }
    records?.turn({ ...run, ...seen, outcome, applied: !failure, seq: proposal && !failure ? this.#seq : 0 })
  }

  /** Waits for the calls of a turn and takes the next. */
  async #afterWait(calls: readonly HostCall[], kept?: WaitingRun): Promise<Turn> {
    const { waits, sandbox, clock } = this.#parts
    const due = new Map(kept?.due ?? calls.flatMap((call) => this.#calls.dueAt(call)))
    const since = kept?.since ?? clock()
    try {
      const replies = await waits.wait(this.#id, {
        panel: this.#request.panel,
        calls,
        due,
        asked: new Set(calls.flatMap((call) => (kept ? askingOf(call) && call.id : this.#calls.asks(call)) ?? [])),
        replies: kept?.replies ?? [],
        kept: kept !== undefined,
        answer: async (call) => (kept && !isAskedAgain(call) ? lostReply(call) : this.#calls.answer(call)),
        revoked: (call) => this.#calls.revoked(call),
        keep: (answered) => this.#keep({ calls: [...calls], due: [...due], replies: [...answered], since }),
      })
      this.#turn += 1
      return await this.#inLane(() => this.#nextTurn(replies))
    } catch (error) {
      sandbox.discard(this.#sandboxId)
      if (!(error instanceof NexusError)) throw error
      return this.#failed(error.failure)
    }
  }

  /** Out of the sandbox and into the store. A run that cannot be kept goes on waiting where it is. */
  async #keep(waiting: Pick<WaitingRun, "calls" | "due" | "replies" | "since">): Promise<boolean> {
    const { sandbox, waits, records } = this.#parts
    if (!waits.takes) return false
    if (!this.#suspended) {
      const key = waits.keyFor(this.#id, this.#turn)
      const taken = await sandbox.suspend(this.#sandboxId, key)
      if (!taken.ok) {
        this.#voice.log("warn", `The handler waits in memory alone. ${sentenceOf(taken.failure)}`)
        return false
      }
      this.#suspended = { bytes: taken.bytes, key }
    }
    return waits.save({
      ...waiting,
      run: this.#id,
      turn: this.#turn,
      request: requestKept(this.#request, this.#session),
      seed: this.#seed,
      source: this.#source,
      seq: this.#seq,
      written: [...this.#written],
      usage: this.#usage,
      memory: Buffer.from(this.#suspended.bytes).toString("base64"),
      secrets: [...(records?.secretsOf(this.#id) ?? [])],
    })
  }

  #inLane(turn: () => Promise<Turn>): Promise<Turn> {
    const { panel, handler } = this.#request
    const { workspace, lanes } = this.#parts
    const about = { "nexus.panel": panel, "nexus.handler": handler, "nexus.turn": this.#turn }
    const attributes = { "nexus.workspace": workspace, ...about }
    return lanes.take(panel, () => inSpan("turn", { attributes }, turn))
  }

  async #firstTurn(): Promise<Turn> {
    const { sandbox, clock, workspace } = this.#parts
    for (let attempt = 1; ; attempt += 1) {
      const { entity, panel, handler } = this.#must(this.#request.panel)
      this.#source = sourceHash(handler.source)
      this.#sandboxId = `${this.#id}.${attempt}`
      this.#voice.fact({ type: "execution_started", turn: 0 })
      const input = { ...(await this.#world(entity, panel)), nowMs: clock() }
      const outcome = await sandbox.run({
        id: this.#sandboxId,
        panel: entity.id,
        handler: handler.name,
        source: handler.source,
        line: handler.line,
        input: { ...input, args: this.#request.args, seed: this.#seed },
        limits: this.#limits,
        tenant: workspace,
      })
      const turn = { ...(await this.#settle(outcome)), seen: { panel, handler, input, replies: [] } }
      if (turn.failure?.code !== "operation-conflict" || attempt === ATTEMPTS) return turn
      if (outcome.status === "waiting") sandbox.discard(this.#sandboxId)
    }
  }

  async #nextTurn(replies: readonly HostReply[]): Promise<Turn> {
    const { sandbox, clock, signal } = this.#parts
    const found = this.#find(this.#request.panel)
    if (signal.aborted || !found) {
      sandbox.discard(this.#sandboxId)
      return this.#failed(found ? CLOSED : { code: "not-found", what: "panel", id: this.#request.panel })
    }
    this.#voice.fact({ type: "execution_started", turn: this.#turn })
    const input = { ...(await this.#world(found.entity, found.panel)), nowMs: clock() }
    const suspended = this.#suspended
    this.#suspended = undefined
    if (suspended) this.#sandboxId = `${this.#id}.${createId("kept")}`
    const turn = await this.#settle(await sandbox.resume({ id: this.#sandboxId, replies, input }, suspended))
    return { ...turn, seen: { panel: found.panel, input, replies } }
  }

  #failed(failure: Failure): Turn {
    return { outcome: { status: "failed", failure, effects: [], usage: this.#usage }, failure }
  }

  async #world(entity: PanelEntity, panel: Panel) {
    const { commits, sources, secrets } = this.#parts
    this.#session = sessionOf(panel, this.#session)
    const own = { ...this.#session, ...(await secrets.read(entity.id, panel)) }
    return worldOf(commits.head, sources, entity, panel, own)
  }

  /** Still in the lane: effects → operations → a place in the journal's queue. */
  async #settle(outcome: Outcome): Promise<Turn> {
    this.#count(outcome)
    if (outcome.status === "failed") return { outcome, failure: this.#calls.named(outcome.failure) }
    const { commits, secrets } = this.#parts
    const { panel: panelId, handler } = this.#request
    const found = this.#find(panelId)
    if (!found) return { outcome, failure: { code: "not-found", what: "panel", id: panelId } }
    const { entity, panel } = found
    const own = await secrets.read(panelId, panel)
    const settled = settle(
      outcome.effects,
      { entity, panel, session: sessionOf(panel, this.#session), secrets: own },
      handler,
    )
    if (!settled.ok) return { outcome, failure: settled.failure }
    try {
      const { operations } = settled
      const submission = `${this.#id}.${this.#turn}`
      const proposal =
        operations.length > 0
          ? await commits.submit({ submission, cause: this.#voice.cause(this.#turn, entity), operations })
          : undefined
      if (settled.secretsWritten) {
        await proposal?.durable
        await secrets.write(panelId, settled.secrets)
      }
      return { outcome, settled, ...(proposal ? { proposal } : {}) }
    } catch (error) {
      if (error instanceof NexusError) return { outcome, failure: error.failure }
      throw error
    }
  }

  /** The output gate: waits until what the turn did and saw is durable, then lets out what it said. */
  async #leave({ outcome, settled, failure, proposal }: Turn): Promise<Failure | undefined> {
    try {
      if (proposal) this.#seq = (await proposal.durable).seq
      else await this.#parts.commits.settled()
    } catch (error) {
      if (error instanceof NexusError) return error.failure
      throw error
    }
    for (const effect of outcome.effects)
      if (effect.kind === "log") this.#voice.log(effect.level, effect.message, effect)
    if (!settled) return failure
    this.#session = settled.session
    for (const name of settled.sessionWritten) this.#written.add(name)
    for (const { command, argument } of settled.views) this.#request.onView?.(command, argument)
    for (const { name, payload } of settled.emits) this.#voice.log("debug", `${name} ${JSON.stringify(payload)}`)
    return undefined
  }

  #ended(turn: Turn, failure: Failure | undefined): TriggerResult {
    const { sandbox, commits } = this.#parts
    if (failure && turn.outcome.status === "waiting") sandbox.discard(this.#sandboxId)
    if (failure) this.#voice.failed(failure)
    const session: Record<string, Json> = {}
    for (const name of this.#written) session[name] = this.#session?.[name] ?? null
    return {
      run: this.#id,
      status: failure ? "failed" : "finished",
      ...(turn.outcome.status === "finished" && !failure ? { value: turn.outcome.value } : {}),
      ...(failure ? { failure } : {}),
      seq: this.#seq || commits.seq,
      ...(this.#written.size > 0 ? { session } : {}),
      usage: this.#usage,
    }
  }

  #count({ status, usage, ...outcome }: Outcome): void {
    const failure = "failure" in outcome ? outcome.failure : undefined
    this.#usage = {
      wallMs: this.#usage.wallMs + usage.wallMs,
      cpuMs: this.#usage.cpuMs + usage.cpuMs,
      memoryBytes: Math.max(this.#usage.memoryBytes, usage.memoryBytes),
      hostCalls: Math.max(this.#usage.hostCalls, usage.hostCalls),
    }
    this.#voice.completed(this.#turn, { status, usage, failure })
  }

  #find(panelId: string): { entity: PanelEntity; panel: Panel } | undefined {
    const entity = this.#parts.commits.head.panel(panelId)
    const panel = entity && this.#parts.sources.of(entity)
    return entity && panel ? { entity, panel } : undefined
  }

  #must(panelId: string) {
    const found = this.#find(panelId)
    if (!found) throw new NexusError({ code: "not-found", what: "panel", id: panelId })
    return { ...found, handler: handlerOf(found.panel, this.#request) }
  }
}
