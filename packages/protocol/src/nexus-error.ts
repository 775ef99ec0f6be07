import type { Failure } from "./failure.ts"

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
      return `The ${failure.what} is ${failure.actual === undefined ? "over" : `${failure.actual} ${failure.unit};`} the limit of ${failure.limit} ${failure.unit}${at(failure)}. Make it smaller.`
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
      return `Handler "${failure.handler}" asked for more than ${Math.round(failure.limitBytes / 1048576)} MB of memory${at(failure)} and was stopped.`
    case "capability-denied":
      return `${failure.capability} was refused: ${failure.detail}`
    case "sandbox-crashed":
      return `The sandbox stopped (${failure.detail}); nothing of the run was kept. Try again.`
    case "lease-lost":
      return `Another kernel${failure.owner ? ` (${failure.owner})` : ""} has workspace "${failure.workspace}" now; reconnect.`
    case "version-mismatch":
      return `This side speaks ${failure.actual}, the other ${failure.expected}; reload the page to get the current version.`
    case "unavailable":
      return `${failure.what} is not available: ${failure.detail}`
    case "quota-exceeded":
      return `The quota for ${failure.what} is used up (${failure.used} of ${failure.limit})${at(failure)}.${anew(failure.resetsAt)}`
  }
}

function anew(resetsAt: number | undefined): string {
  return resetsAt === undefined
    ? ""
    : ` It begins anew at ${new Date(resetsAt).toISOString().slice(0, 16).replace("T", " ")} UTC.`
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
