import type { Role } from "@nexus/protocol"
import {
  type ClientMessage,
  type ClientMessageOf,
  createId,
  PROTOCOL_VERSION,
  type ServerMessage,
} from "@nexus/protocol"
import type { Place } from "./place.ts"

type Kind = ClientMessage["kind"]

/** One good message of a kind, who may send it, and what tells that it was heard; nothing does for some. */
interface MessageSample<K extends Kind> {
  /** `person`: whoever said hello. */
  readonly needs: "public" | "person" | Role
  message(place: Place, token: string): Promise<ClientMessageOf<K>> | ClientMessageOf<K>
  readonly answer?: ServerMessage["kind"]
  /** Whoever may not is answered by nothing having happened. */
  readonly silent?: true
}

const ref = () => createId("ref")

/** By kind, so that a message without a sample is a type error. */
export const messageSamples: { readonly [K in Kind]: MessageSample<K> } = {
  hello: {
    needs: "public",
    message: (_place, token) => ({ kind: "hello", token, protocol: PROTOCOL_VERSION }),
    answer: "welcome",
  },
  subscribe: {
    needs: "viewer",
    message: ({ workspace }) => ({ kind: "subscribe", workspace }),
    answer: "snapshot",
  },
  unsubscribe: { needs: "person", message: ({ workspace }) => ({ kind: "unsubscribe", workspace }), silent: true },
  handler_trigger: {
    needs: "editor",
    message: ({ workspace, panel }) => ({
      ...{ kind: "handler_trigger", workspace, panel, handler: "add", args: {}, ref: ref() },
    }),
    answer: "handler_finished",
  },
  operations_submit: {
    needs: "editor",
    message: ({ workspace, panel }) => ({
      ...{ kind: "operations_submit", workspace, base: 0, reason: "a sample", ref: ref() },
      operations: [{ kind: "state_set", panel, path: ["count"], value: 7 }],
    }),
    answer: "accepted",
  },
  presence_set: {
    needs: "person",
    message: ({ workspace }) => ({ kind: "presence_set", workspace, presence: { cursor: 1 } }),
    silent: true,
  },
  // Sources are written whole in this kernel, and whoever may write them is told so.
  document_update: {
    needs: "editor",
    message: ({ workspace, panel }) => ({ kind: "document_update", workspace, panel, update: new Uint8Array(2) }),
    answer: "failed",
  },
  ping: { needs: "person", message: () => ({ kind: "ping", at: 1 }), answer: "pong" },
}
