import { cut, followed, GuestError, GuestPromise, jsonOf, scriptPosition, stringify, toText } from "./primordials.ts"

/**
 * What a turn asks for, kept as JSON text from the moment it is asked: nothing done later can change it, and the host
 * takes it out with one call. Effects are the turn's; host calls wait here until the turn ends, and their promises
 * until an answer comes with a later turn.
 */
interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

interface Reply {
  readonly id: number
  readonly value?: unknown
  readonly error?: { readonly code: string; readonly message: string }
}

const MESSAGE_LENGTH = 10_000

export const outbox = {
  __proto__: null,
  effects: "",
  calls: "",
  callCount: 0,
  effectLimit: 0,
  callLimit: 0,
  /** Set once a budget is used up, with the script position where; the run then fails whatever the handler catches. */
  exceeded: "",
  waiting: { __proto__: null } as { [id: number]: Waiting; __proto__: null },
  waitingCount: 0,
}

/** Adds one effect, given as JSON text. */
export function record(effect: string): void {
  if (outbox.effects.length + effect.length > outbox.effectLimit) {
    exceed("effects")
    throw new GuestError("the effects of this turn are over " + outbox.effectLimit + " bytes")
  }
  outbox.effects = outbox.effects === "" ? effect : outbox.effects + "," + effect
}

export function emit(name: unknown, payload?: unknown): void {
  record('{"kind":"emit","name":' + stringify(toText(name)) + ',"payload":' + jsonOf(payload) + "}")
}

export function view(command: string, argument?: unknown): void {
  record('{"kind":"view","command":"' + command + '","argument":' + jsonOf(argument) + "}")
}

/** `position` is where in the handler's script it was said. */
export function log(level: string, values: readonly unknown[], position = scriptPosition()): void {
  let message = ""
  for (let index = 0; index < values.length; index += 1) message += (index ? " " : "") + shown(values[index])
  const said = stringify(cut(message, MESSAGE_LENGTH))
  record('{"kind":"log","level":"' + level + '","message":' + said + ',"at":"' + position + '"}')
}

function exceed(what: string): void {
  if (outbox.exceeded === "") outbox.exceeded = what + " " + scriptPosition()
}

/** How a logged or thrown value reads: text as it is, errors by message, everything else as JSON. */
export function shown(value: unknown): string {
  if (typeof value === "string") return value
  if (value instanceof GuestError) return toText(value.name) + ": " + toText(value.message)
  if (typeof value === "object" && value !== null) {
    try {
      return jsonOf(value)
    } catch {
      return "[object]"
    }
  }
  return toText(value)
}

/** Queues `capability.method(…args)` for the kernel; settles in a later turn. */
export function call(capability: string, method: string, args: readonly unknown[]): Promise<unknown> {
  const asked = jsonOf(args)
  if (outbox.callCount >= outbox.callLimit) {
    exceed("calls")
    throw new GuestError("this run is over its " + outbox.callLimit + " host calls")
  }
  if (outbox.calls.length + asked.length > outbox.effectLimit) {
    exceed("effects")
    throw new GuestError("the host calls of this turn are over " + outbox.effectLimit + " bytes")
  }
  outbox.callCount += 1
  const id = outbox.callCount
  const text =
    '{"id":' +
    id +
    ',"capability":' +
    stringify(toText(capability)) +
    ',"method":' +
    stringify(toText(method)) +
    ',"args":' +
    asked +
    "}"
  outbox.calls = outbox.calls === "" ? text : outbox.calls + "," + text
  const promise = new GuestPromise<unknown>((resolve, reject) => {
    outbox.waiting[id] = { __proto__: null, resolve, reject } as Waiting
    outbox.waitingCount += 1
  })
  followed(promise, ignore, ignore)
  return promise
}

/** Settles the calls that the kernel has answered. */
export function settleReplies(replies: readonly Reply[]): void {
  for (let index = 0; index < replies.length; index += 1) {
    const reply = replies[index] as Reply
    const waiting = outbox.waiting[reply.id]
    if (!waiting) continue
    delete outbox.waiting[reply.id]
    outbox.waitingCount -= 1
    if (reply.error) waiting.reject(failed(reply.error))
    else waiting.resolve(reply.value)
  }
}

function failed(error: { readonly code: string; readonly message: string }): Error {
  const reason = new GuestError(error.message) as Error & { code?: string }
  reason.name = "HostCallError"
  reason.code = error.code
  return reason
}

function ignore(): void {}
