import { NexusError } from "@nexus/protocol"
import { afterEach, expect, test } from "vitest"
import { createCompletion } from "../../src/model/completion.ts"
import { createScriptedModel, type Script, type ScriptedModel } from "../../src/model/scripted.ts"

const servers: ScriptedModel[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function scripted(script: Script) {
  const server = await createScriptedModel(script)
  servers.push(server)
  return { server, complete: createCompletion({ baseUrl: server.url, apiKey: "sk-test-key", name: "tiny-1" }) }
}

const { signal } = new AbortController()

test("a question is asked without tools, within its tokens, and answered whole with the provider's count", async () => {
  const { server, complete } = await scripted([{ text: "Paris, on the Seine." }])
  const answer = await complete({ system: "Be brief.", prompt: "Where is the Louvre?", maxTokens: 40, signal })
  expect(answer).toEqual({
    text: "Paris, on the Seine.",
    cut: false,
    usage: { inputTokens: 6, outputTokens: 4 },
  })
  expect(server.requests.map(({ body }) => body)).toMatchObject([
    {
      model: "tiny-1",
      max_tokens: 40,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Where is the Louvre?" },
      ],
    },
  ])
  expect(server.requests[0]?.body).not.toHaveProperty("tools")
})

test("an answer that reached its limit says so", async () => {
  const { complete } = await scripted([{ text: "It was", finish: "length" }])
  expect(await complete({ prompt: "Tell me all", maxTokens: 2, signal })).toMatchObject({ text: "It was", cut: true })
})

test("an answer that breaks off is no answer, and neither is one that nobody waits for", async () => {
  const { complete } = await scripted([{ breakOffAfter: "It w" }])
  const error: unknown = await complete({ prompt: "Tell me", maxTokens: 9, signal }).catch((thrown: unknown) => thrown)
  expect(error instanceof NexusError && error.failure).toMatchObject({ code: "unavailable" })
  const { complete: hanging } = await scripted([{ hangAfter: "It w" }])
  const soon = AbortSignal.timeout(50)
  await expect(hanging({ prompt: "Tell me", maxTokens: 9, signal: soon })).rejects.toMatchObject({
    name: "TimeoutError",
  })
})
