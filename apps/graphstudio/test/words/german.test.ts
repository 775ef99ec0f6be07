import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser"
import { CAPABILITY_WORDS } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { GERMAN } from "../../src/words/german.ts"
import { messagesIn } from "./messages-in.ts"

const asked = await messagesIn()
const messages = new Set([
  ...asked.flatMap(({ message }) => message ?? []),
  ...Object.values(CAPABILITY_WORDS).flatMap(({ one, every }) => [one, every]),
])

describe("the studio in German", () => {
  it("every message is written out where it is asked for", () => {
    expect(asked.filter(({ message }) => message === undefined)).toEqual([])
    expect(messages.size).toBeGreaterThan(800)
  })

  it("every message has its German", () => {
    expect([...messages].filter((message) => !(message in GERMAN))).toEqual([])
  })

  it("nothing is translated that no page asks for", () => {
    expect(Object.keys(GERMAN).filter((message) => !messages.has(message))).toEqual([])
  })

  it("a message and its German have the same arguments and elements", () => {
    for (const [message, german] of Object.entries(GERMAN)) {
      if (/[{<]/.test(message)) expect(namesIn(parse(german)), message).toEqual(namesIn(parse(message)))
    }
  })
})

/** The names of all arguments and elements of a message, each once, in order. */
function namesIn(elements: readonly MessageFormatElement[]): string[] {
  const names = elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    if (element.type === TYPE.tag) return [element.value, ...namesIn(element.children)]
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => namesIn(value))]
    }
    return [element.value]
  })
  return [...new Set(names)].sort()
}
