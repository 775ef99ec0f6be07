import { createApiClient, type Patch } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createTalk } from "../../src/assistant/talk.ts"

const patch: Patch = {
  id: "patch_1",
  workspace: "ws",
  base: 3,
  author: { kind: "ai", id: "ai", name: "Assistant" },
  reason: "Add a clear-all button",
  operations: [{ kind: "entity_remove", id: "p1" }],
  capabilities: [],
  status: "pending",
  createdAt: 0,
}

function talkWith(events: string, status = 200) {
  const bodies: unknown[] = []
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    bodies.push(JSON.parse(String(init.body)))
    return new Response(events, { status })
  }
  const talk = createTalk(createApiClient({ url: "", fetch, token: async () => "t" }), "ws")
  return { talk, bodies, lines: () => talk.store.getState().lines }
}

const event = (kind: string, data: object) => `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`

describe("the talk with the assistant", () => {
  it("an answer grows from its events and brings its patch", async () => {
    const { talk, lines } = talkWith(
      event("context", { tokens: 120, budget: 8000, entities: [{ id: "p1", name: "Groceries", detail: "full" }] }) +
        event("text", { delta: "Here " }) +
        event("text", { delta: "it is." }) +
        event("patch", { patch }) +
        event("done", { usage: { inputTokens: 10, outputTokens: 5 } }),
    )
    await talk.send("add a clear-all button", "p1")
    expect(lines()[1]).toMatchObject({
      text: "Here it is.",
      tokens: 15,
      context: { names: ["Groceries"] },
      patches: [patch],
    })
    expect(talk.store.getState().busy).toBe(false)
  })

  it("what was said before goes along, what failed does not", async () => {
    const { talk, bodies } = talkWith(event("text", { delta: "Yes." }) + event("done", {}))
    await talk.send("first", undefined)
    await talk.send("second", "p1")
    expect(bodies[0]).toEqual({ workspace: "ws", message: "first", history: [] })
    expect(bodies[1]).toMatchObject({
      panel: "p1",
      history: [
        { role: "person", text: "first" },
        { role: "assistant", text: "Yes." },
      ],
    })
  })

  it("a failure is told in its one sentence", async () => {
    const failure = { code: "unavailable", what: "The assistant", detail: "Set OPENAI_API_KEY and NEXUS_MODEL." }
    const { talk, lines } = talkWith(event("failed", { failure }))
    await talk.send("hello", undefined)
    expect(lines()[1]?.failed).toContain("Set OPENAI_API_KEY")
  })

  it("a refused request ends the answer, not the talk", async () => {
    const { talk, lines } = talkWith("nope", 503)
    await talk.send("hello", undefined)
    expect(lines()[1]?.failed).toContain("503")
    expect(talk.store.getState().busy).toBe(false)
  })
})
