import { type Json, NexusError, type Operation, sentenceOf } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Complete, CompletionRequest } from "../../src/capabilities/models.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { ADA, kernelWith, panel, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const ASKING = panel(
  "Asking",
  '<State name="said" type="list"/>',
  `<Capability type="ai" scope="default" reason="Sums up"/>
   <Handler name="raw">return await __nexus_call("ai", "complete", $args.args)</Handler>
   <Handler name="sum">return await nexus.ai.complete("Sum it up", { system: "Be brief", maxTokens: 50 })</Handler>
   <Handler name="twice">
     $state.said.push((await nexus.ai.complete("one", { maxTokens: 10 })).text)
     $state.said.push((await nexus.ai.complete("two", { maxTokens: 10 })).text)
   </Handler>
   <Handler name="many">
     const asked = Array.from({ length: 20 }, () => nexus.ai.complete("x", { maxTokens: 200 }).then(() => 1, (error) => error.message))
     return await Promise.all(asked)
   </Handler>`,
)
const grant = (granted = true): Operation => ({ kind: "panel_grant", panel: "p", grant: "ai:default", granted })
const run = (world: World, handler: string, args: { [name: string]: Json } = {}) =>
  world.workspace.trigger({ panel: "p", handler, args, trigger: "event", person: ADA })
async function call(world: World, ...args: Json[]): Promise<unknown> {
  const { failure, value } = await run(world, "raw", { args })
  return failure ? sentenceOf(failure) : value
}

/** A model that says what it was asked and counts ten tokens in, five out. */
function echo() {
  const asked: CompletionRequest[] = []
  const complete: Complete = async (request) => {
    asked.push(request)
    return { text: `You said: ${request.prompt}`, cut: false, usage: { inputTokens: 10, outputTokens: 5 } }
  }
  return { asked, models: { default: complete } }
}
const open = async (more: Parameters<typeof kernelWith>[0] = {}) => {
  const world = await kernelWith({ sandbox, panels: { p: ASKING }, ...more })
  await world.commit(grant())
  return world
}

describe("a handler asks an AI model", () => {
  it("of a class, and is told what it took and what is left of the day", async () => {
    const { models, asked } = echo()
    const world = await open({ models })
    expect((await run(world, "sum")).value).toEqual({
      text: "You said: Sum it up",
      cut: false,
      usage: { inputTokens: 10, outputTokens: 5 },
      tokensLeft: 985,
    })
    expect(asked).toMatchObject([{ prompt: "Sum it up", system: "Be brief", maxTokens: 50 }])
  })

  it("and is told what to set where none is configured, and which classes there are where others are", async () => {
    expect(await call(await open(), "Hello")).toContain("set OPENAI_API_KEY and NEXUS_MODEL")
    const world = await open({ models: { large: echo().models.default } })
    expect(await call(world, "Hello")).toContain("the classes of models here are large")
  })

  it.each<[Json[], string]>([
    [[], "prompt is text"],
    [[""], "prompt is empty"],
    [["x".repeat(100_001)], "at most 100000 characters"],
    [["x", { maxTokens: 100_000 }], "at most 8000"],
    [["x", { model: "../x" }], "a class of models is"],
    [["x", { model: "large" }], "does not declare it"],
    [["x", { model: "constructor" }], "does not declare it"],
    [["x", { temperature: 2 }], "temperature"],
  ])("and not with %j", async (args, said) => {
    const { models, asked } = echo()
    expect(await call(await open({ models }), ...args)).toContain(said)
    expect(asked).toEqual([])
  })

  it("no more from the moment the grant is taken back, a question under way included", async () => {
    const { promise: first, resolve } = Promise.withResolvers<void>()
    const asked: string[] = []
    const complete: Complete = async ({ prompt }) => {
      asked.push(prompt)
      await first
      return { text: prompt, cut: false }
    }
    const world = await open({ models: { default: complete } })
    const running = run(world, "twice")
    await expect.poll(() => asked).toEqual(["one"])
    await world.commit(grant(false))
    expect(await running).toMatchObject({ status: "failed", failure: { code: "capability-denied" } })
    resolve()
    expect(asked).toEqual(["one"])
    expect(world.workspace.graph.panel("p")?.properties.state.said).toEqual([])
  })
})

describe("a workspace's budget of a day", () => {
  it("is counted by the model's own numbers, survives a restart, and begins anew with the UTC day", async () => {
    const journal = createMemoryJournal()
    let now = Date.UTC(2026, 0, 1, 23, 50)
    const { models } = echo()
    const given = { models, journal, tokensPerDay: 60, clock: () => now }
    const world = await open(given)
    const ask = () => call(world, "Hello", { maxTokens: 20 })
    for (const tokensLeft of [45, 30]) expect(await ask()).toMatchObject({ tokensLeft })
    await world.close()
    const again = await kernelWith({ sandbox, ...given })
    expect(await call(again, "Hello", { maxTokens: 20 })).toMatchObject({ tokensLeft: 15 })
    expect(await call(again, "Hello", { maxTokens: 20 })).toMatch(/could take 22, is used up \(45 of 60\)/)
    now += 15 * 60_000
    expect(await call(again, "Hello", { maxTokens: 20 })).toMatchObject({ tokensLeft: 45 })
  })

  it("is not overdrawn by many questions at once, and only so many are asked at once", async () => {
    const few = await open({ ...echo(), tokensPerDay: 500 })
    const answers = (await run(few, "many")).value as Json[]
    expect(answers.filter((answer) => answer === 1).length).toBe(2)
    expect(answers.filter((answer) => String(answer).includes("used up")).length).toBe(18)
    const many = await open({ ...echo(), tokensPerDay: 1_000_000 })
    const more = (await run(many, "many")).value as Json[]
    expect(more.filter((answer) => answer === 1).length).toBe(8)
    expect(more.filter((answer) => String(answer).includes("Too many requests")).length).toBe(12)
  })

  it("counts an estimate where the provider does not count, and nothing for an answer that failed", async () => {
    let failing = true
    const complete: Complete = async () => {
      if (failing) throw new NexusError({ code: "unavailable", what: "The model", detail: "it broke off" })
      return { text: "123456789", cut: false }
    }
    const world = await open({ models: { default: complete } })
    expect(await call(world, "123456", { maxTokens: 10 })).toContain("it broke off")
    failing = false
    expect(await call(world, "123456", { maxTokens: 10 })).toMatchObject({ tokensLeft: 1000 - 2 - 3 })
  })
})
