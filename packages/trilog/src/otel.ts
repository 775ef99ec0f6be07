import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api"
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks"
import {
  CompositePropagator,
  hrTimeToMilliseconds,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from "@opentelemetry/core"
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base"
import type { SpanRow } from "./store/event-store.ts"

/**
 * Tracing for everyone above: they make spans with `@opentelemetry/api`; here the spans become rows of the record. The
 * processor is our own, in front of the recorder's queue and its drop counter: the SDK's batching one silently lost 95 %
 * of a burst. What a trace is about (workspace, actor, the change that caused it) travels as W3C baggage and is
 * written on every span it reaches.
 */
export interface Tracing {
  /** Takes the global provider back; spans made afterwards are not recorded. */
  stop(): Promise<void>
}

/** What spans are anchored to. */
export interface SpanAnchors {
  readonly workspace?: string
  readonly actor?: string
  readonly seq?: number
}

const ANCHOR = "nexus."
const w3c = new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] })

/** Registers the global tracer provider, context manager and W3C propagator; one at a time in a process. */
export function startTracing(options: {
  readonly record: (span: SpanRow) => void
  readonly serviceName: string
}): Tracing {
  const { record, serviceName } = options
  const recording: SpanProcessor = {
    onStart(span, parent) {
      for (const [name, { value }] of propagation.getBaggage(parent)?.getAllEntries() ?? []) {
        if (name.startsWith(ANCHOR)) span.setAttribute(name, value)
      }
    },
    onEnd: (span) => record(toRow(span, serviceName)),
    forceFlush: async () => {},
    shutdown: async () => {},
  }
  const provider = new BasicTracerProvider({
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [recording],
  })
  const contexts = new AsyncLocalStorageContextManager().enable()
  trace.setGlobalTracerProvider(provider)
  context.setGlobalContextManager(contexts)
  propagation.setGlobalPropagator(w3c)
  return {
    async stop() {
      await provider.shutdown()
      trace.disable()
      context.disable()
      propagation.disable()
    },
  }
}

/** The W3C `traceparent` header that continues `span` elsewhere; `undefined` for a span that is not recorded. */
export function traceparentOf(span: Span): string | undefined {
  const carrier: Record<string, string> = {}
  w3c.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, {
    set: (to, key, value) => Object.assign(to, { [key]: value }),
  })
  return carrier.traceparent
}

/** Runs `fn` as a continuation of the trace that a `traceparent` header names; of none when it is absent or malformed. */
export function withTraceparent<Value>(traceparent: string | undefined, fn: () => Value): Value {
  return context.with(continued(traceparent), fn)
}

/** Runs `fn` with every span in it, here and across processes, anchored to these. */
export function withAnchors<Value>(anchors: SpanAnchors, fn: () => Value): Value {
  let baggage = propagation.getActiveBaggage() ?? propagation.createBaggage()
  for (const [name, value] of Object.entries(anchors)) {
    if (value !== undefined) baggage = baggage.setEntry(ANCHOR + name, { value: String(value) })
  }
  return context.with(propagation.setBaggage(context.active(), baggage), fn)
}

function continued(traceparent: string | undefined): Context {
  if (traceparent === undefined) return context.active()
  return w3c.extract(
    context.active(),
    { traceparent },
    { keys: Object.keys, get: (from, key) => (key === "traceparent" ? from.traceparent : undefined) },
  )
}

function toRow(span: ReadableSpan, service: string): SpanRow {
  const { traceId, spanId } = span.spanContext()
  const { attributes, events } = span
  const workspace = attributes[`${ANCHOR}workspace`]
  return {
    traceId,
    spanId,
    parentId: span.parentSpanContext?.spanId ?? "",
    workspace: typeof workspace === "string" ? workspace : "",
    service,
    name: span.name,
    kind: SpanKind[span.kind]?.toLowerCase() ?? "internal",
    start: hrTimeToMilliseconds(span.startTime),
    durationMs: hrTimeToMilliseconds(span.duration),
    status: span.status.code === SpanStatusCode.ERROR ? "error" : "ok",
    attributes: JSON.stringify(
      events.length > 0 ? { ...attributes, events: events.map(({ name }) => name) } : attributes,
    ),
  }
}
