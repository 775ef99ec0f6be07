import { type Failure, type HostCall, type HostReply, NexusError, sentenceOf } from "@nexus/protocol"

/**
 * One waiting of one run: its open calls, their answers as they come, and the moment from which it is kept. A sleep is no
 * call that somebody works on but a time at which it is over, so it costs a timer while the kernel runs and nothing while
 * it does not. Ends once: with all replies, or because it was cancelled, or because the workspace closes.
 */
export interface WaitOptions {
  /** Whose handler waits. */
  readonly panel: string
  readonly calls: readonly HostCall[]
  /** When each sleep is over, by call id. */
  readonly due: ReadonlyMap<number, number>
  /** The calls that are questions to a person, which only `give` answers. They are kept at once. */
  readonly asked: ReadonlySet<number>
  /** What was answered before; of a run that was kept. */
  readonly replies: readonly HostReply[]
  /** It stands in the store already. */
  readonly kept: boolean
  /** Answers a call that is no sleep. Does not reject. */
  readonly answer: (call: HostCall) => Promise<HostReply>
  /** The answer to an open call that may no longer be answered, because its right is gone. Asked whenever one was taken. */
  readonly revoked: (call: HostCall) => HostReply | undefined
  /** Puts the run into the store, with the answers so far. Resolves with whether it is there. Does not reject. */
  readonly keep: (replies: readonly HostReply[]) => Promise<boolean>
  /** Waits that are known to be longer are kept at once, others when they have lasted as long; milliseconds. */
  readonly afterMs: number
  readonly clock: () => number
}

/** The longest a timer can count. */
const MOST_MS = 2 ** 31 - 1
const PARKED: Failure = {
  code: "unavailable",
  what: "The workspace",
  detail: "it closed while the handler waited; the run goes on when it is opened again",
}
const NOT_KEPT: Failure = {
  code: "unavailable",
  what: "The answer",
  detail: "the run cannot be kept until somebody answers; it holds too much, or too many runs wait",
}
const WOKEN: Failure = { code: "unavailable", what: "The answer", detail: "a person let the handler go on without it" }

export class Wait {
  readonly #options: WaitOptions
  readonly #replies = new Map<number, HostReply>()
  readonly #timers = new Map<number | "keep", NodeJS.Timeout>()
  readonly #end = Promise.withResolvers<readonly HostReply[]>()
  #keeping: Promise<boolean>
  #kept: boolean
  /** It is kept, or about to be: an answer that comes now is kept too. */
  #keeps: boolean
  #over = false

  constructor(options: WaitOptions) {
    this.#options = options
    this.#kept = options.kept
    this.#keeps = options.kept
    this.#keeping = Promise.resolve(options.kept)
    const { calls, due, asked, clock, afterMs } = options
    for (const reply of options.replies) this.#replies.set(reply.id, reply)
    const open = calls.filter(({ id }) => !this.#replies.has(id))
    for (const call of open) {
      const at = due.get(call.id)
      if (asked.has(call.id)) continue
      if (at === undefined) options.answer(call).then((reply) => this.#reply(reply))
      else this.#at(call.id, at, () => this.#reply({ id: call.id, value: null }))
    }
    if (open.length === 0) this.#finish()
    else if (!this.#kept) {
      const long = open.some(({ id }) => asked.has(id) || (due.get(id) ?? 0) - clock() > afterMs)
      if (long) this.#keep()
      else
        this.#timers.set(
          "keep",
          setTimeout(() => this.#keep(), afterMs),
        )
    }
  }

  /** All replies in the order of the calls. Rejects with what `cancel` was told, or `unavailable` once parked. */
  get over(): Promise<readonly HostReply[]> {
    return this.#end.promise
  }

  /** The answer to a question; resolves when it would survive a crash. `false` when the question is not open. */
  async give(reply: HostReply): Promise<boolean> {
    if (this.#over || this.#replies.has(reply.id) || !this.#options.asked.has(reply.id)) return false
    this.#replies.set(reply.id, reply)
    await this.#keep()
    if (this.#replies.size === this.#options.calls.length) this.#finish()
    return true
  }

  get panel(): string {
    return this.#options.panel
  }

  /** Answers the calls that have lost the right they stand on; in the store too, so that no question stays open there. */
  async revoke(): Promise<void> {
    if (this.#over) return
    const open = this.#options.calls.filter(({ id }) => !this.#replies.has(id))
    const denials = open.flatMap((call) => this.#options.revoked(call) ?? [])
    if (denials.length === 0) return
    for (const denial of denials) this.#replies.set(denial.id, denial)
    if (this.#keeps) await this.#keep()
    if (this.#replies.size === this.#options.calls.length) this.#finish()
  }

  /** Goes on now: what it slept for is over, and what is not answered will not be. */
  wake(): void {
    for (const { id } of this.#options.calls) {
      if (this.#replies.has(id)) continue
      this.#replies.set(id, this.#options.due.has(id) ? { id, value: null } : { id, error: errorOf(WOKEN) })
    }
    this.#finish()
  }

  /** Ends it with `failure`. Resolves when nothing of it is on its way into the store any more. */
  async cancel(failure: Failure): Promise<void> {
    this.#stop(() => this.#end.reject(new NexusError(failure)))
    await this.#keeping
  }

  /** Puts it aside for the next time the workspace is open. One that cannot be kept goes on waiting. */
  async park(): Promise<void> {
    if (this.#kept || (await this.#keep())) await this.cancel(PARKED)
  }

  #reply(reply: HostReply): void {
    if (this.#over || this.#replies.has(reply.id)) return
    this.#replies.set(reply.id, reply)
    if (this.#replies.size === this.#options.calls.length) this.#finish()
    else if (this.#keeps) this.#keep()
  }

  #keep(): Promise<boolean> {
    this.#keeps = true
    this.#keeping = this.#keeping.then(async () => {
      if (this.#over) return this.#kept
      this.#kept = await this.#options.keep([...this.#replies.values()])
      if (!this.#kept) for (const id of this.#options.asked) this.#reply({ id, error: errorOf(NOT_KEPT) })
      return this.#kept
    })
    return this.#keeping
  }

  /** The sandbox may be giving the run out just now; it goes on from what it gave. */
  #finish(): void {
    const replies = this.#options.calls.flatMap(({ id }) => this.#replies.get(id) ?? [])
    this.#stop(() => this.#keeping.then(() => this.#end.resolve(replies)))
  }

  #stop(end: () => unknown): void {
    if (this.#over) return
    this.#over = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    end()
  }

  #at(id: number, time: number, act: () => void): void {
    const left = time - this.#options.clock()
    const next = () => (left > MOST_MS ? this.#at(id, time, act) : act())
    this.#timers.set(id, setTimeout(next, Math.max(0, Math.min(left, MOST_MS))))
  }
}

function errorOf(failure: Failure): { code: string; message: string } {
  return { code: failure.code, message: sentenceOf(failure) }
}
