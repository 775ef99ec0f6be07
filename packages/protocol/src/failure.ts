import * as z from "zod"

/**
 * Everything that may leave a process as "no". An error is data first and a sentence second: the fields carry the
 * values, `sentenceOf` makes the words late, and only this union crosses the wire. `detail` is written for people.
 */
const failure = <Code extends string, Shape extends z.ZodRawShape>(code: Code, shape: Shape) =>
  z.object({ code: z.literal(code), ...shape })

/** A place in NXML: 1-based line and column. */
const Position = { line: z.int().optional(), column: z.int().optional() }

/** One failure, told apart by `code`; the other fields are the values its sentence carries. */
export const Failure = z.discriminatedUnion("code", [
  failure("unauthenticated", { detail: z.string() }),
  failure("forbidden", { detail: z.string(), role: z.string().optional(), needed: z.string().optional() }),
  failure("not-found", { what: z.string(), id: z.string() }),
  failure("invalid-input", { detail: z.string(), path: z.string().optional() }),
  failure("too-large", { what: z.string(), limit: z.number(), actual: z.number().optional(), unit: z.string() }),
  failure("rate-limited", { retryAfterMs: z.number() }),
  failure("conflict", { detail: z.string() }),
  failure("operation-conflict", { operation: z.string(), target: z.string(), detail: z.string() }),
  failure("panel-invalid", { panel: z.string(), errors: z.int(), first: z.string(), ...Position }),
  failure("handler-unknown", { panel: z.string(), handler: z.string(), known: z.array(z.string()) }),
  failure("handler-failed", { handler: z.string(), message: z.string(), ...Position, stack: z.string().optional() }),
  failure("handler-timeout", { handler: z.string(), limitMs: z.number(), ...Position }),
  failure("handler-memory", { handler: z.string(), limitBytes: z.number() }),
  failure("capability-denied", { capability: z.string(), panel: z.string().optional(), detail: z.string() }),
  failure("sandbox-crashed", { detail: z.string() }),
  failure("lease-lost", { workspace: z.string() }),
  failure("version-mismatch", { expected: z.string(), actual: z.string() }),
  failure("unavailable", { what: z.string(), detail: z.string() }),
  failure("quota-exceeded", { what: z.string(), limit: z.number(), used: z.number() }),
])
export type Failure = z.infer<typeof Failure>
export type FailureCode = Failure["code"]

/** A broken contract, thrown. Expected refusals are returned as `Rejection` values instead. */
export class NexusError extends Error {
  readonly failure: Failure
  constructor(failure: Failure, options?: ErrorOptions) {
    super(sentenceOf(failure), options)
    this.name = "NexusError"
    this.failure = failure
  }
}

/** An expected "no", as a value. */
export interface Rejection {
  readonly ok: false
  readonly failure: Failure
}

/** `failure` as a value to return. */
export function reject(failure: Failure): Rejection {
  return { ok: false, failure }
}

/** One sentence for a person: what happened, with the values, and the next step. */
export function sentenceOf(failure: Failure): string {
  switch (failure.code) {
    case "unauthenticated":
      return `${failure.detail} Sign in and try again.`
    case "forbidden":
      return failure.needed
        ? `${failure.detail} You are ${failure.role ?? "not a member"} here; ask an owner for the role ${failure.needed}.`
        : failure.detail
    case "not-found":
      return `There is no ${failure.what} "${failure.id}"; it may have been removed.`
    case "invalid-input":
      return failure.path ? `${failure.path}: ${failure.detail}` : failure.detail
    case "too-large":
      return `The ${failure.what} is ${failure.actual === undefined ? "over" : `${failure.actual} ${failure.unit};`} the limit of ${failure.limit} ${failure.unit}. Make it smaller.`
    case "rate-limited":
      return `Too many requests; try again in ${Math.ceil(failure.retryAfterMs / 1000)} s.`
    case "conflict":
      return failure.detail
    case "operation-conflict":
      return `${failure.operation} on ${failure.target} no longer fits: ${failure.detail}. Look at the current value and try again.`
    case "panel-invalid":
      return `The panel has ${failure.errors} ${failure.errors === 1 ? "error" : "errors"}; first: ${failure.first}${at(failure)}.`
    case "handler-unknown":
      return `The panel has no handler "${failure.handler}"; it has ${failure.known.length ? failure.known.join(", ") : "none"}.`
    case "handler-failed":
      return `Handler "${failure.handler}" failed${at(failure)}: ${failure.message}`
    case "handler-timeout":
      return `Handler "${failure.handler}" was stopped after ${failure.limitMs} ms${at(failure)}; do less in one run.`
    case "handler-memory":
      return `Handler "${failure.handler}" asked for more than ${Math.round(failure.limitBytes / 1048576)} MB of memory and was stopped.`
    case "capability-denied":
      return `${failure.capability} was refused: ${failure.detail}`
    case "sandbox-crashed":
      return `The sandbox stopped (${failure.detail}); nothing of the run was kept. Try again.`
    case "lease-lost":
      return `Another kernel has taken over workspace "${failure.workspace}"; reconnect.`
    case "version-mismatch":
      return `This side speaks ${failure.actual}, the other ${failure.expected}; reload the page to get the current version.`
    case "unavailable":
      return `${failure.what} is not available: ${failure.detail}`
    case "quota-exceeded":
      return `The quota for ${failure.what} is used up (${failure.used} of ${failure.limit}).`
  }
}

function at(position: { line?: number | undefined; column?: number | undefined }): string {
  if (position.line === undefined) return ""
  return position.column === undefined
    ? ` at line ${position.line}`
    : ` at line ${position.line}, column ${position.column}`
}

/** The HTTP status that stands for a failure. */
export function statusOf(failure: Failure): number {
  switch (failure.code) {
    case "unauthenticated":
      return 401
    case "forbidden":
    case "capability-denied":
      return 403
    case "not-found":
    case "handler-unknown":
      return 404
    case "conflict":
    case "operation-conflict":
      return 409
    case "too-large":
      return 413
    case "invalid-input":
    case "panel-invalid":
    case "handler-failed":
    case "handler-timeout":
    case "handler-memory":
      return 422
    case "version-mismatch":
      return 426
    case "rate-limited":
    case "quota-exceeded":
      return 429
    case "sandbox-crashed":
    case "lease-lost":
    case "unavailable":
      return 503
  }
}
