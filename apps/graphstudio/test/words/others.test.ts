import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { COMPONENTS, OTHERS } from "../../src/words/german.ts"
import { recogniser, VALUE } from "../../src/words/recognise.ts"
import { messagesIn } from "./messages-in.ts"
import { othersIn } from "./others-in.ts"

const again = recogniser(Object.keys(OTHERS), (message) => OTHERS[message] ?? message)

async function unknown(...patterns: string[]): Promise<string[]> {
  const told = await othersIn(patterns)
  expect(told.length).toBeGreaterThan(10)
  return told.filter(({ text }) => again(text) === text).map(({ text, file }) => `${file}: ${text}`)
}

describe("what other packages say", () => {
  it("is said again with its values, and a value may be such a sentence itself", () => {
    expect(again('There is no Handler "add"')).toBe("Handler „add“ gibt es nicht")
    expect(again("The workspace is not available: it is closing")).toBe(
      "Der Arbeitsbereich ist nicht erreichbar: er wird geschlossen",
    )
  })

  it("stays as it is when nobody knows it", () => {
    expect(again("Buy milk")).toBe("Buy milk")
  })

  it("every finding of the checker has its German", async () => {
    expect(
      await unknown("reactor/src/nxml/{tree,tag,to-panel,nearest,read-*}.ts", "reactor/src/nxml/{check,edit}/*.ts"),
    ).toEqual([])
  })

  it("every finding in an expression has its German", async () => {
    const files = ["parse", "patterns", "reads", "scanner", "statements", "type-findings", "words", "analyse"]
    expect(await unknown(...files.map((name) => `reactor/src/expression/${name}.ts`))).toEqual([])
  })

  it("every refusal that a person meets has its German", async () => {
    expect(
      await unknown(
        "kernel/src/{accounts,narrowing,versions,patches}/*.ts",
        "kernel/src/workspace/*-rules.ts",
        "protocol/src/nog/apply.ts",
      ),
    ).toEqual([])
  })

  it("every reason that the studio gives for a change has its German", async () => {
    expect(await unknown("../apps/graphstudio/src/**/*.{ts,tsx}")).toEqual([])
  })

  it("what differs between versions and why a value is so has its German", () => {
    const told = [
      "the panel was added",
      "the milestone was removed",
      "was called “Milk”",
      "the view changed",
      "state `items` gained 1 row, lost 3 rows",
      "state `n` went from 1 to 2",
      "property `due` is gone",
      "handler `add` was added",
      "“reads Till” was added",
      "`content` of Text “List”",
      "handler `add`",
      "what stands before handler `add`",
      "the order in the panel",
      "add failed in 3.1 ms",
      "handler triggered: add",
      "Change 5 (set items) set items.[id coffee].done.",
      'Handler "add" ran (turn 2). It took 1.5 ms.',
      "Another handler called it.",
      "Ada did it.",
      "The AI (scripted-1) proposed it. Ada accepted it.",
    ]
    expect(told.filter((sentence) => again(sentence) === sentence)).toEqual([])
    expect(again("state `items` gained 1 row, lost 3 rows")).toBe(
      "Zustand `items` hat 1 Zeile mehr und 3 Zeilen weniger",
    )
    expect(again("Change 5 (set items) set items.[id coffee].done.")).toBe(
      "Änderung 5 (items gesetzt) hat items.[id coffee].done gesetzt.",
    )
  })

  it("every word of a component has its German, and no other is there", async () => {
    const react = resolve(import.meta.dirname, "../../../../packages/reactor/src/react")
    const asked = await messagesIn(react, ["word"])
    expect(asked.filter(({ message }) => message === undefined)).toEqual([])
    expect(Object.keys(COMPONENTS).sort()).toEqual([...new Set(asked.map(({ message }) => message))].sort())
  })

  it("a sentence and its German have the same values", () => {
    for (const [message, german] of Object.entries({ ...OTHERS, ...COMPONENTS }))
      expect(valuesIn(german), message).toEqual(valuesIn(message))
  })
})

function valuesIn(message: string): string[] {
  return [...new Set([...message.matchAll(VALUE)].map(([, name = ""]) => name))].sort()
}
