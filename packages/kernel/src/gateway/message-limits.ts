import type { ClientMessage } from "@nexus/protocol"
import { TokenBuckets } from "./token-buckets.ts"

/** What of a second's messages a person may spend on each class of them. */
const SHARES = { changes: 0.4, presence: 0.3, queries: 0.2, runs: 0.1 }

export type MessageClass = keyof typeof SHARES

const CLASSES: { readonly [Kind in ClientMessage["kind"]]: MessageClass } = {
  operations_submit: "changes",
  document_update: "changes",
  document_save: "changes",
  presence_set: "presence",
  document_awareness: "presence",
  hello: "queries",
  subscribe: "queries",
  unsubscribe: "queries",
  document_open: "queries",
  document_close: "queries",
  ping: "queries",
  handler_trigger: "runs",
}

/** What lies in a bucket at most, in seconds of its own share: enough for a client that comes back with what it queued. */
const BURST_S = 2

/**
 * How often a person may say what over all of their sockets: a bucket of tokens for each class, so that a cursor that
 * is moved without end takes nothing from its person's changes, and nothing at all from anybody else. Each class is a
 * fixed share of one setting: four settings would be four ways to shut somebody out by mistake.
 */
export interface MessageLimits {
  /** Takes one message of a kind from what the person has left; gives after how many milliseconds when there is none. */
  take(kind: ClientMessage["kind"], person: string): number
  metrics(): MessageMetrics
}

export type MessageMetrics = { readonly [Class in MessageClass]: { readonly taken: number; readonly refused: number } }

export function classOf(kind: ClientMessage["kind"]): MessageClass {
  return CLASSES[kind]
}

export function createMessageLimits(perSecond: number, now: () => number = () => performance.now()): MessageLimits {
  const create = (share: number) => {
    const own = perSecond * share
    const most = Math.max(1, Math.round(own * BURST_S))
    return { buckets: new TokenBuckets({ perSecond: own, most }, now), taken: 0, refused: 0 }
  }
  const classes = {
    changes: create(SHARES.changes),
    presence: create(SHARES.presence),
    queries: create(SHARES.queries),
    runs: create(SHARES.runs),
  }
  return {
    take(kind, person) {
      const one = classes[classOf(kind)]
      const retryAfterMs = one.buckets.take(person)
      if (retryAfterMs === 0) one.taken += 1
      else one.refused += 1
      return retryAfterMs
    },
    metrics: () => classes,
  }
}
