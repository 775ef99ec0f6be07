import {
  ClientMessage,
  encodeMessage,
  type Failure,
  MAX_FRAME_BYTES,
  NexusError,
  type Operation,
} from "@nexus/protocol"
import type { Queued } from "./outbox.ts"
import type { HandlerFinished } from "./workspace-mirror.ts"

type Request = Queued["message"]

/** One request without an answer. */
export interface Waiting extends Queued {
  /** It was made without a line, or its line was lost before the answer: whoever asked may be gone when it comes. */
  readonly late: boolean
  /** It went out on some line: the kernel may know it. */
  readonly sent: boolean
  /** Whoever asked is still here to hear the answer. */
  readonly asking: readonly unknown[]
}

type Answer = { readonly seq: number } | HandlerFinished

interface Entry extends Waiting {
  message: Request
  late: boolean
  sent: boolean
  readonly asking: { resolve(answer: Answer): void; reject(error: NexusError): void }[]
}

/**
 * Refuses here what the kernel would refuse without naming the request: a message that is none, or a frame that is too
 * large. Sent, it would close the line and be sent again for ever.
 */
export function assertSendable(message: Request): void {
  const parsed = ClientMessage.safeParse(message)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const detail = issue?.message ?? "not a message of this protocol"
    throw new NexusError({ code: "invalid-input", detail, path: issue?.path.join(".") })
  }
  const actual = encodeMessage(message).byteLength
  if (actual > MAX_FRAME_BYTES) {
    throw new NexusError({ code: "too-large", what: "request", limit: MAX_FRAME_BYTES, actual, unit: "bytes" })
  }
}

/**
 * What was asked of the kernel and has no answer yet, in order, by ref. With a line a request goes out at once. What was
 * left from before goes first and one by one, each after the answer of the one before: later ones build on earlier ones,
 * and one that the kernel tells to come again must not be overtaken.
 */
export class Requests {
  readonly #send: (message: Request) => void
  readonly #after: (ms: number, run: () => void) => () => void
  readonly #entries = new Map<string, Entry>()
  #open = false
  /** Refs that go out one by one, in order. */
  #backlog: string[] = []
  #awaited: string | undefined
  #cancelPause: (() => void) | undefined

  constructor(send: (message: Request) => void, after: (ms: number, run: () => void) => () => void) {
    this.#send = send
    this.#after = after
  }

  get size(): number {
    return this.#entries.size
  }

  all(): Iterable<Waiting> {
    return this.#entries.values()
  }

  get(ref: string): Waiting | undefined {
    return this.#entries.get(ref)
  }

  async submit(queued: Queued, late: boolean): Promise<{ seq: number }> {
    const answer = await this.#ask(queued, late)
    return { seq: answer.seq }
  }

  async trigger(queued: Queued, late: boolean): Promise<HandlerFinished> {
    const answer = await this.#ask(queued, late)
    if (!("run" in answer)) throw new Error(`${queued.message.ref} is no trigger`)
    return answer
  }

  /** Joins a submission that no line has carried yet; answered together with it. */
  async extend(ref: string, operations: readonly Operation[]): Promise<{ seq: number }> {
    this.replace(ref, operations)
    return { seq: (await this.#answer(ref)).seq }
  }

  /** Other operations for a submission, under its ref. */
  replace(ref: string, operations: readonly Operation[]): void {
    const entry = this.#entries.get(ref)
    if (entry?.message.kind !== "operations_submit") return
    entry.message = { ...entry.message, operations: [...operations] }
  }

  /** What a page before this one left: its answer is waited for by nobody here. */
  adopt(queued: Queued): void {
    if (this.#entries.has(queued.message.ref)) return
    this.#entries.set(queued.message.ref, { ...queued, late: true, sent: true, asking: [] })
    if (!this.#open) return
    this.#backlog.push(queued.message.ref)
    this.#pump()
  }

  /** There is a line: everything without an answer goes out, under its old ref. */
  connected(): void {
    this.#open = true
    this.#cancelPause?.()
    this.#awaited = undefined
    this.#backlog = [...this.#entries.keys()]
    this.#pump()
  }

  lost(): void {
    this.#open = false
    for (const entry of this.#entries.values()) entry.late = true
  }

  confirmed(ref: string, seq: number): void {
    if (this.#entries.get(ref)?.message.kind === "operations_submit") this.#settle(ref, (one) => one.resolve({ seq }))
  }

  finished(answer: HandlerFinished): void {
    if (this.#entries.get(answer.ref)?.message.kind === "handler_trigger")
      this.#settle(answer.ref, (one) => one.resolve(answer))
  }

  rejected(ref: string, failure: Failure): void {
    this.#settle(ref, (one) => one.reject(new NexusError(failure)))
  }

  /** The kernel is too busy to look at it: it is sent again later, and what stands behind it waits. */
  again(ref: string, afterMs: number): void {
    this.#backlog = [ref, ...this.#backlog.filter((other) => other !== ref)]
    this.#awaited = ref
    this.#cancelPause?.()
    this.#cancelPause = this.#after(afterMs, () => {
      this.#awaited = undefined
      this.#pump()
    })
  }

  failAll(failure: Failure): void {
    this.#open = false
    this.#cancelPause?.()
    for (const ref of [...this.#entries.keys()]) this.rejected(ref, failure)
  }

  #ask(queued: Queued, late: boolean): Promise<Answer> {
    const { ref } = queued.message
    const entry: Entry = { ...queued, late, sent: false, asking: [] }
    this.#entries.set(ref, entry)
    if (this.#open) {
      if (this.#backlog.length > 0 || this.#awaited !== undefined) this.#backlog.push(ref)
      else this.#sendNow(entry)
    }
    return this.#answer(ref)
  }

  #answer(ref: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#entries.get(ref)?.asking.push({ resolve, reject })
    return promise
  }

  #settle(ref: string, tell: (one: Entry["asking"][number]) => void): void {
    const entry = this.#entries.get(ref)
    this.#entries.delete(ref)
    for (const one of entry?.asking ?? []) tell(one)
    if (this.#awaited !== ref) return
    this.#awaited = undefined
    this.#pump()
  }

  #pump(): void {
    while (this.#open && this.#awaited === undefined) {
      const ref = this.#backlog.shift()
      if (ref === undefined) return
      const entry = this.#entries.get(ref)
      if (!entry) continue
      // A run may take its time; what it does is in no order with what is written meanwhile, here as ever.
      if (entry.message.kind === "operations_submit") this.#awaited = ref
      this.#sendNow(entry)
    }
  }

  #sendNow(entry: Entry): void {
    entry.sent = true
    this.#send(entry.message)
  }
}
