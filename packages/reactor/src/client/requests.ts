import {
  ClientMessage,
  type ClientMessageOf,
  encodeMessage,
  type Failure,
  MAX_FRAME_BYTES,
  NexusError,
} from "@nexus/protocol"
import type { HandlerFinished } from "./workspace-mirror.ts"

type Submission = ClientMessageOf<"operations_submit">
type Trigger = ClientMessageOf<"handler_trigger">

interface Waiting<Message, Answer> {
  readonly message: Message
  resolve(answer: Answer): void
  reject(error: NexusError): void
}

/**
 * Refuses here what the kernel would refuse without naming the request: a message that is none, or a frame that is too
 * large. Sent, it would close the line and be sent again for ever.
 */
export function assertSendable(message: Submission | Trigger): void {
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

/** What was asked of the kernel and has no answer yet, in order, by ref. */
export class Requests {
  readonly #send: (message: Submission | Trigger) => void
  readonly #submissions = new Map<string, Waiting<Submission, { seq: number }>>()
  readonly #triggers = new Map<string, Waiting<Trigger, HandlerFinished>>()

  constructor(send: (message: Submission | Trigger) => void) {
    this.#send = send
  }

  submit(message: Submission): Promise<{ seq: number }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ seq: number }>()
    this.#submissions.set(message.ref, { message, resolve, reject })
    this.#send(message)
    return promise
  }

  trigger(message: Trigger): Promise<HandlerFinished> {
    const { promise, resolve, reject } = Promise.withResolvers<HandlerFinished>()
    this.#triggers.set(message.ref, { message, resolve, reject })
    this.#send(message)
    return promise
  }

  /** After a reconnect: everything without an answer, under its old ref. */
  sendAgain(): void {
    for (const { message } of [...this.#submissions.values(), ...this.#triggers.values()]) this.#send(message)
  }

  confirmed(ref: string, seq: number): void {
    this.#submissions.get(ref)?.resolve({ seq })
    this.#submissions.delete(ref)
  }

  finished(answer: HandlerFinished): void {
    this.#triggers.get(answer.ref)?.resolve(answer)
    this.#triggers.delete(answer.ref)
  }

  rejected(ref: string, failure: Failure): void {
    const waiting = this.#submissions.get(ref) ?? this.#triggers.get(ref)
    this.#submissions.delete(ref)
    this.#triggers.delete(ref)
    waiting?.reject(new NexusError(failure))
  }

  failAll(failure: Failure): void {
    for (const ref of [...this.#submissions.keys(), ...this.#triggers.keys()]) this.rejected(ref, failure)
  }
}
