import { type ClientMessage, type Failure, NexusError, type ServerMessage } from "@nexus/protocol"
import { propagation, ROOT_CONTEXT, SpanKind } from "@opentelemetry/api"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "../messages/context.ts"
import { onDocumentAwareness } from "../messages/document-awareness.ts"
import { onDocumentClose } from "../messages/document-close.ts"
import { onDocumentOpen } from "../messages/document-open.ts"
import { onDocumentSave } from "../messages/document-save.ts"
import { onDocumentUpdate } from "../messages/document-update.ts"
import { onHandlerTrigger } from "../messages/handler-trigger.ts"
import { onHello } from "../messages/hello.ts"
import { onOperationsSubmit } from "../messages/operations-submit.ts"
import { onPing } from "../messages/ping.ts"
import { onPresenceSet } from "../messages/presence-set.ts"
import { onSubscribe } from "../messages/subscribe.ts"
import { onUnsubscribe } from "../messages/unsubscribe.ts"
import { inSpan } from "./in-span.ts"

/**
 * Every message a client can send, and the one place that catches what goes wrong with it. Only a `Failure` leaves;
 * what is not one is our bug and goes to the log with its cause. Gives back the failure too, for a caller who must act
 * on it.
 */
export async function dispatch(
  context: MessageContext,
  session: Session,
  message: ClientMessage,
): Promise<Failure | undefined> {
  try {
    await traced(context, session, message)
    return undefined
  } catch (error) {
    const failure = failureOf(error, context.log)
    if (failure.code === "lease-lost" && failure.owner !== undefined && context.passOn) {
      context.passOn(message, failure.owner)
      return undefined
    }
    if (message.kind !== "hello") session.send(refusalOf(message, failure))
    return failure
  }
}

const UNTRACED: ReadonlySet<ClientMessage["kind"]> = new Set([
  "ping",
  "presence_set",
  "document_update",
  "document_awareness",
])

/** Work for a person gets a span, in the trace that their client started; heartbeats, cursors and single keys do not. */
async function traced(context: MessageContext, session: Session, message: ClientMessage): Promise<void> {
  if (UNTRACED.has(message.kind)) return route(context, session, message)
  const carrier = "traceparent" in message ? { traceparent: message.traceparent } : {}
  const attributes = {
    ...("workspace" in message ? { "nexus.workspace": message.workspace } : {}),
    ...(session.identity ? { "nexus.actor": session.identity.user.id } : {}),
  }
  const parent = propagation.extract(ROOT_CONTEXT, carrier)
  await inSpan(message.kind, { kind: SpanKind.SERVER, attributes, parent }, async () =>
    route(context, session, message),
  )
}

/** All that a page of another site may say. */
const LOOKING: ReadonlySet<ClientMessage["kind"]> = new Set(["hello", "subscribe", "unsubscribe", "ping"])

function route(context: MessageContext, session: Session, message: ClientMessage): Promise<void> | void {
  if (session.identity?.embed && !LOOKING.has(message.kind)) {
    throw new NexusError({ code: "forbidden", detail: "What is embedded is looked at. Open it in Nexus to use it." })
  }
  switch (message.kind) {
    case "hello":
      return onHello(context, session, message)
    case "subscribe":
      return onSubscribe(context, session, message)
    case "unsubscribe":
      return onUnsubscribe(context, session, message)
    case "handler_trigger":
      return onHandlerTrigger(context, session, message)
    case "operations_submit":
      return onOperationsSubmit(context, session, message)
    case "presence_set":
      return onPresenceSet(context, session, message)
    case "document_open":
      return onDocumentOpen(context, session, message)
    case "document_update":
      return onDocumentUpdate(context, session, message)
    case "document_awareness":
      return onDocumentAwareness(context, session, message)
    case "document_save":
      return onDocumentSave(context, session, message)
    case "document_close":
      return onDocumentClose(context, session, message)
    case "ping":
      return onPing(context, session, message)
    default: {
      const never: never = message
      throw new Error(`unknown message ${JSON.stringify(never)}`)
    }
  }
}

/** "No" in the form its asker waits for. */
export function refusalOf(message: ClientMessage, failure: Failure): ServerMessage {
  return "ref" in message ? { kind: "rejected", ref: message.ref, failure } : { kind: "failed", failure }
}

/** What may be told of an error. */
export function failureOf(error: unknown, log: MessageContext["log"]): Failure {
  if (error instanceof NexusError) return error.failure
  log("a message failed", { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  return { code: "unavailable", what: "The kernel", detail: "it failed to answer this; the reason is in its log" }
}
