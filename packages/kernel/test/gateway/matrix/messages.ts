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
  /** It is for those who follow the workspace, so that comes first. */
  readonly follows?: true
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
  document_open: {
    needs: "viewer",
    follows: true,
    message: ({ workspace, panel }) => ({ kind: "document_open", workspace, panel, ref: ref() }),
    answer: "document_opened",
  },
  document_update: {
    needs: "editor",
    follows: true,
    message: ({ workspace, panel }) => ({
      ...{ kind: "document_update", workspace, panel, document: "another", update: new Uint8Array(2) },
    }),
    silent: true,
  },
  document_awareness: {
    needs: "viewer",
    follows: true,
    message: ({ workspace, panel }) => ({ kind: "document_awareness", workspace, panel, selection: null }),
    silent: true,
  },
  document_save: {
    needs: "editor",
    follows: true,
    message: ({ workspace, panel }) => ({ kind: "document_save", workspace, panel, ref: ref() }),
    answer: "accepted",
  },
  document_close: {
    needs: "viewer",
    follows: true,
    message: ({ workspace, panel }) => ({ kind: "document_close", workspace, panel }),
    answer: "document_closed",
  },
  ping: { needs: "person", message: () => ({ kind: "ping", at: 1 }), answer: "pong" },
}
