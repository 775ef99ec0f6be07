import { context, trace } from "@opentelemetry/api"
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { createOpenAiModel } from "../../src/model/openai.ts"
import { createScriptedModel, type ScriptedModel } from "../../src/model/scripted.ts"
import { proposePatch } from "../../src/patch/ask.ts"
import { traceModelCall } from "../../src/serve/tracing.ts"

const spans = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
let server: ScriptedModel

beforeAll(async () => {
  trace.setGlobalTracerProvider(provider)
  server = await createScriptedModel((_request, index) => (index === 0 ? { text: "A canary word" } : { status: 400 }))
})
beforeEach(() => spans.reset())
afterAll(async () => {
  trace.disable()
  await provider.shutdown()
  await server.close()
})

function ask() {
  const model = createOpenAiModel({ baseUrl: server.url, apiKey: "k", name: "tiny-1" })
  const messages = [{ role: "person" as const, text: "canary question" }]
  const signal = new AbortController().signal
  return Array.fromAsync(traceModelCall(model, { messages, tool: proposePatch, signal }, context.active()))
}

test("a model call is one span with the model's name and what it used, and never its words", async () => {
  await ask()
  const [span, ...more] = spans.getFinishedSpans()
  expect(more).toEqual([])
  expect(span?.name).toBe("chat tiny-1")
  expect(span?.attributes).toEqual({
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "tiny-1",
    "gen_ai.usage.input_tokens": 2,
    "gen_ai.usage.output_tokens": 3,
  })
  expect(JSON.stringify([span?.attributes, span?.events])).not.toContain("canary")
})

test("a call that failed is marked so", async () => {
  await expect(ask()).rejects.toThrow("status 400")
  expect(spans.getFinishedSpans()[0]?.status.code).toBe(2)
})
