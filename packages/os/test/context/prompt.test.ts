import { components, elements } from "@nexus/protocol"
import { expect, test } from "vitest"
import { renderLanguage } from "../../src/context/language.ts"
import { buildPrompt } from "../../src/context/prompt.ts"
import { createTokenCounter } from "../../src/context/tokens.ts"
import { proposePatch } from "../../src/patch/ask.ts"
import { groceries, panelWith, weather, worldWith } from "../worlds.ts"

const counter = createTokenCounter()
const world = worldWith([panelWith("g", groceries), panelWith("w", weather)])
const question = { workspace: "ws", message: "Add a clear-all button", panel: "g" }

test("the language reference names every element and component that the protocol declares", () => {
  const reference = renderLanguage()
  for (const name of [...elements.keys(), ...components.keys()]) expect(reference).toContain(`\n${name}: `)
})

test("the prompt keeps to its budget and says what it costs", () => {
  const prompt = buildPrompt(world, question, 12_000, counter)
  const tool = counter.count(JSON.stringify(proposePatch))
  const counted = prompt.messages.reduce((sum, message) => sum + counter.count(message.text), tool)
  expect(counted).toBeLessThanOrEqual(12_000)
  expect(Math.abs(counted - prompt.tokens)).toBeLessThan(20)
})

test("the question stands last and whole", () => {
  expect(buildPrompt(world, question, 12_000, counter).messages.at(-1)).toEqual({
    role: "person",
    text: question.message,
  })
})

test("the newest turns of the talk are kept when not all fit", () => {
  const history = Array.from({ length: 40 }, (_, index) => ({
    role: index % 2 ? ("assistant" as const) : ("person" as const),
    text: `turn ${index} ${"and so on ".repeat(100)}`,
  }))
  const { messages } = buildPrompt(world, { ...question, history }, 12_000, counter)
  const turns = messages.filter(({ text }) => text.startsWith("turn "))
  expect(turns.length).toBeGreaterThan(0)
  expect(turns.length).toBeLessThan(40)
  expect(turns.at(-1)?.text).toMatch(/^turn 39 /)
})

test("panels that are not shown are counted, so the model knows there are more", () => {
  const many = Array.from({ length: 300 }, (_, index) =>
    panelWith(`p${index}`, `<NexusPanel title="P${index}"><View/></NexusPanel>`),
  )
  const { messages } = buildPrompt(worldWith(many), { workspace: "ws", message: "hello" }, 12_000, counter)
  expect(messages[1]?.text).toMatch(/\(\d+ more not shown\)/)
})
