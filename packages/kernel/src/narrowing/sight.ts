import {
  type Actor,
  apply,
  type Cause,
  type Change,
  type Graph,
  type Operation,
  type ServerMessage,
} from "@nexus/protocol"
import type { Owners } from "./owners.ts"
import { idsOf } from "./panel-of.ts"

/**
 * The world of somebody from whom panels are hidden. Hidden is everything that is such a panel, lives in it, or is a
 * relationship from or to it; and of a change, the operations about these and the words that tell of them. The change
 * itself stays, if need be empty, so that `seq` has no gaps. What is left is a world of its own: its snapshot, advanced
 * by the changes that are let through, is the next snapshot. A test holds that with random changes.
 */
export interface Sight {
  /** The ids of panels that are not there for them. */
  readonly hidden: ReadonlySet<string>
  /** Is, or hangs on, a hidden panel. */
  hides(id: string): boolean
  /** A copy without what is hidden. */
  graph(graph: Graph): Graph
  change(change: Change): Change
  /** The message as they may hear it; `undefined` when it is about a hidden panel alone. */
  message(message: ServerMessage): ServerMessage | undefined
}

const SOMEBODY: Actor = { kind: "handler", id: "hidden", name: "Something you cannot see" }

export function sightWithout(hidden: ReadonlySet<string>, owners: Owners, self: string): Sight {
  const hides = (id: string): boolean => {
    const owner = owners.of(id)
    return owner !== undefined && hidden.has(owner)
  }
  const isHidden = (operation: Operation): boolean => {
    const { changed, pointed } = idsOf(operation)
    return [...changed, ...pointed].some(hides)
  }
  const change = (whole: Change): Change => {
    const { operations, cause } = whole
    const seen = operations.filter((operation) => !isHidden(operation))
    // Their own changes carry what followed from them elsewhere; the words are their own.
    const own = cause.actor.kind === "person" && cause.actor.id === self
    const told = own || (seen.length === operations.length && !tellsOf(cause, hidden))
    return told ? { ...whole, operations: seen } : { ...whole, operations: seen, cause: withoutWords(cause) }
  }
  return {
    hidden,
    hides,
    change,
    graph: (graph) => {
      const seen = graph.fork()
      for (const id of hidden) {
        if (!seen.entity(id)) continue
        const applied = apply(seen, [{ kind: "entity_remove", id }])
        if (!applied.ok) throw new Error(`what is hidden could not be taken out: ${JSON.stringify(applied.failure)}`)
      }
      return seen
    },
    message: (message) => {
      switch (message.kind) {
        case "change":
          return { ...message, change: change(message.change) }
        case "log":
        case "view_command":
        case "document_updated":
          return hidden.has(message.panel) ? undefined : message
        case "presence":
          return {
            ...message,
            peers: message.peers.map((peer) => (names(peer.presence, hidden) ? { ...peer, presence: {} } : peer)),
          }
        default:
          return message
      }
    },
  }
}

/** Names the cause a hidden panel by its run? What a person did to one shows in the operations. */
function tellsOf({ run, actor }: Cause, hidden: ReadonlySet<string>): boolean {
  if (run && hidden.has(run.panel)) return true
  return actor.kind !== "person" && [...hidden].some((panel) => actor.id.startsWith(`${panel}.`))
}

function withoutWords({ actor, traceId, parent }: Cause): Cause {
  return {
    actor: actor.kind === "person" ? actor : SOMEBODY,
    reason: "changed something you cannot see",
    ...(traceId === undefined ? {} : { traceId }),
    ...(parent === undefined ? {} : { parent }),
  }
}

/** Where others are and what they selected; shapes differ, so the text is looked through. */
function names(presence: object, hidden: ReadonlySet<string>): boolean {
  const text = JSON.stringify(presence)
  return [...hidden].some((id) => text.includes(id))
}
