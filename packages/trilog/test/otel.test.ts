import { context, propagation, SpanStatusCode, trace } from "@opentelemetry/api"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  createTriLog,
  type SpanRow,
  startTracing,
  type Tracing,
  traceparentOf,
  withAnchors,
  withTraceparent,
} from "../src/index.ts"
import { createJournal } from "./journal.ts"

let spans: SpanRow[]
let tracing: Tracing
beforeEach(() => {
  spans = []
  tracing = startTracing({ record: (span) => spans.push(span), serviceName: "kernel" })
})
afterEach(() => tracing.stop())

const tracer = () => trace.getTracer("test")

describe("tracing", () => {
  it("records a span when it ends, with its parent across awaits", async () => {
    await tracer().startActiveSpan("outer", async (outer) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      await tracer().startActiveSpan("inner", async (inner) => {
        inner.setStatus({ code: SpanStatusCode.ERROR }).setAttribute("panel", "p1").end()
      })
      outer.end()
    })
    const [inner, outer] = spans
    expect(inner).toMatchObject({ name: "inner", status: "error", service: "kernel", attributes: '{"panel":"p1"}' })
    expect(inner?.parentId).toBe(outer?.spanId)
    expect(inner?.traceId).toBe(outer?.traceId)
    expect(outer).toMatchObject({ status: "ok", parentId: "", kind: "internal" })
    expect(Math.abs((outer?.start ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it("continues a trace that another process began", () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c"
    withTraceparent(`00-${traceId}-b7ad6b7169203331-01`, () => tracer().startSpan("here").end())
    expect(spans[0]).toMatchObject({ traceId, parentId: "b7ad6b7169203331" })
  })

  it("gives the header that continues a span elsewhere", () => {
    const span = tracer().startSpan("out")
    const header = traceparentOf(span)
    expect(header).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    withTraceparent(header, () => tracer().startSpan("there").end())
    expect(spans[0]?.parentId).toBe(span.spanContext().spanId)
  })

  it.each([undefined, "", "nonsense", "00-0-0-00"])("begins a trace of its own for the header %s", (header) => {
    withTraceparent(header, () => tracer().startSpan("own").end())
    expect(spans[0]?.parentId).toBe("")
  })

  it("anchors every span below to what it is about, and carries that on as W3C baggage", () => {
    withAnchors({ workspace: "w1", actor: "user_ann" }, () =>
      withAnchors({ seq: 7 }, () => {
        tracer().startSpan("deep").end()
        const carrier: Record<string, string> = {}
        propagation.inject(context.active(), carrier)
        expect(carrier.baggage).toContain("nexus.workspace=w1")
      }),
    )
    expect(spans[0]).toMatchObject({ workspace: "w1" })
    expect(JSON.parse(spans[0]?.attributes ?? "")).toMatchObject({ "nexus.actor": "user_ann", "nexus.seq": "7" })
  })

  it("puts spans into the record, and counts those a full queue lost", async () => {
    const trilog = await createTriLog({ dataDir: undefined, source: createJournal(), capacity: 100 })
    await tracing.stop()
    tracing = startTracing({ record: trilog.recordSpan, serviceName: "kernel" })
    const root = tracer().startSpan("root")
    for (let index = 0; index < 150; index += 1) tracer().startSpan("burst").end()
    root.end()
    expect(trilog.status().dropped).toBe(51)
    tracer().startSpan("after").end()
    await trilog.flush()
    const late = tracer().startSpan("late")
    late.end()
    expect((await trilog.trace(late.spanContext().traceId)).spans.map(({ name }) => name)).toEqual(["late"])
    await trilog.close()
  })

  it("records nothing once stopped", async () => {
    await tracing.stop()
    tracer().startSpan("unseen").end()
    expect(spans).toEqual([])
    expect(traceparentOf(tracer().startSpan("unseen"))).toBeUndefined()
  })
})
