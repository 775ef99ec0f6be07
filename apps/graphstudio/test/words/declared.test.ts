import { components, elements } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { DECLARATIONS } from "../../src/words/german/declarations.ts"

/** Every sentence that a declaration says, once. */
function sentences(): Set<string> {
  const ofComponents = [...components.values()].flatMap(({ doc, keyboard, props, events }) => [
    doc,
    ...(keyboard === undefined ? [] : [keyboard]),
    ...Object.values(props).map((prop) => prop.doc),
    ...Object.values(events),
  ])
  const ofElements = [...elements.values()].flatMap(({ doc, attributes }) => [
    doc,
    ...Object.values(attributes).map((attribute) => attribute.doc),
  ])
  return new Set([...ofComponents, ...ofElements].filter((text) => text !== ""))
}

/** What stands between backticks is NXML, and the same in every language. */
const codeIn = (text: string) => [...text.matchAll(/`[^`]+`/g)].map(([code]) => code).sort()

describe("what declarations say", () => {
  it("has its German, and no other German is kept", () => {
    expect(Object.keys(DECLARATIONS).sort()).toEqual([...sentences()].sort())
  })

  it("names the same code in German", () => {
    for (const [text, german] of Object.entries(DECLARATIONS)) expect(codeIn(german), text).toEqual(codeIn(text))
  })
})
