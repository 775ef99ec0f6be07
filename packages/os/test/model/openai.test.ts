import { type Failure, NexusError } from "@nexus/protocol"
import { afterEach, expect, test } from "vitest"
import type { ModelEvent, ModelRequest } from "../../src/model/model.ts"
import { createOpenAiModel } from "../../src/model/openai.ts"
import { createScriptedModel, type Script, type ScriptedModel } from "../../src/model/scripted.ts"
import { proposePatch } from "../../src/patch/ask.ts"

const servers: ScriptedModel[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function scripted(script: Script) {
  const server = await createScriptedModel(script)
  servers.push(server)
  return { server, model: createOpenAiModel({ baseUrl: server.url, apiKey: "sk-test-key", name: "tiny-1" }) }
}

const ask = (signal = new AbortController().signal): ModelRequest => ({
  messages: [
    { role: "system", text: "Be brief." },
    { role: "person", text: "Hello" },
  ],
  tool: proposePatch,
  signal,
})

async function all(events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  return Array.fromAsync(events)
}

async function failureOf(events: AsyncIterable<ModelEvent>): Promise<Failure> {
  const error: unknown = await all(events).catch((thrown: unknown) => thrown)
  if (error instanceof NexusError) return error.failure
  throw new Error(`expected a NexusError, got ${JSON.stringify(error)}`)
}

test("words come in pieces, then the call whole, with the usage", async () => {
  const args = { reason: "Adds a button with “quotes” and \\ slashes" }
  const { model } = await scripted([{ text: "I add a button to it.", call: { name: "propose_patch", args } }])
  const events = await all(model.answer(ask()))
  const words = events.filter((event) => event.kind === "text")
  expect(words.length).toBeGreaterThan(2)
  expect(words.map(({ delta }) => delta).join("")).toBe("I add a button to it.")
  const call = events.find((event) => event.kind === "call")?.call
  expect(call?.name).toBe("propose_patch")
  expect(JSON.parse(call?.args ?? "")).toEqual(args)
  expect(events.find((event) => event.kind === "usage")).toMatchObject({ inputTokens: 3 })
})

test("the provider gets the key, the model's name, the messages and the tool's schema", async () => {
  const { server, model } = await scripted([{ text: "Hi" }])
  await all(model.answer(ask()))
  const [request] = server.requests
  expect(request?.authorization).toBe("Bearer sk-test-key")
  expect(request?.body.model).toBe("tiny-1")
  expect(request?.body.messages).toEqual([
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hello" },
  ])
  expect(request?.body.tools?.[0]?.function).toMatchObject({
    name: "propose_patch",
    parameters: { type: "object", required: ["reason"] },
  })
})

test("an earlier call and its answer travel as the provider expects them", async () => {
  const { server, model } = await scripted([{ text: "Hi" }])
  const call = { id: "c1", name: "propose_patch", args: "{}" }
  const messages = [
    { role: "assistant" as const, text: "", calls: [call] },
    { role: "tool" as const, call: "c1", text: "refused" },
  ]
  await all(model.answer({ ...ask(), messages }))
  expect(server.requests[0]?.body.messages).toEqual([
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c1", type: "function", function: { name: "propose_patch", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "c1", content: "refused" },
  ])
})

test("a model that cannot be reached is unavailable, and the sentence says where and what to check", async () => {
  const server = await createScriptedModel([])
  await server.close()
  const model = createOpenAiModel({ baseUrl: server.url, apiKey: "sk-test-key", name: "tiny-1" })
  const failure = await failureOf(model.answer(ask()))
  expect(failure).toMatchObject({ code: "unavailable", what: 'The model "tiny-1"' })
  expect(JSON.stringify(failure)).toMatch(/127\.0\.0\.1:\d+ could not be reached \(ECONNREFUSED\).*OPENAI_BASE_URL/)
})

test("a refused key is said without the key", async () => {
  const body = { message: "Incorrect API key provided: sk-test-key", code: "invalid_api_key" }
  const { model } = await scripted([{ status: 401, body }])
  const failure = await failureOf(model.answer(ask()))
  expect(failure).toMatchObject({ code: "unavailable", detail: expect.stringContaining("OPENAI_API_KEY") })
  expect(JSON.stringify(failure)).not.toContain("sk-test-key")
})

test("an unknown model names the setting", async () => {
  const { model } = await scripted([{ status: 404 }])
  expect(await failureOf(model.answer(ask()))).toMatchObject({ detail: expect.stringContaining("NEXUS_MODEL") })
})

test("a limit of the provider says when to try again", async () => {
  const { model } = await scripted([{ status: 429, headers: { "retry-after": "2", "x-should-retry": "false" } }])
  expect(await failureOf(model.answer(ask()))).toEqual({ code: "rate-limited", retryAfterMs: 2000 })
})

test("an answer that breaks off is a failure, not an end", async () => {
  const { model } = await scripted([{ breakOffAfter: "I was about to" }])
  const heard: string[] = []
  const failing = (async () => {
    for await (const event of model.answer(ask())) if (event.kind === "text") heard.push(event.delta)
  })()
  await expect(failing).rejects.toMatchObject({
    failure: { code: "unavailable", detail: expect.stringContaining("broke off") },
  })
  expect(heard.join("")).toBe("I was about to")
})

test("leaving stops the request at the provider", async () => {
  const { server, model } = await scripted([{ hangAfter: "Let me think" }])
  const leave = new AbortController()
  const listening = (async () => {
    for await (const _ of model.answer(ask(leave.signal))) leave.abort(new Error("the client left"))
  })()
  await expect(listening).rejects.toThrow("the client left")
  await server.abandoned
})

test("an answer cut at the provider's limit says so", async () => {
  const { model } = await scripted([{ text: "So long", finish: "length" }])
  expect((await all(model.answer(ask()))).some((event) => event.kind === "cut")).toBe(true)
})
