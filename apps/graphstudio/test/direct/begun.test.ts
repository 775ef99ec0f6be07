import { PanelDocument } from "@nexus/reactor/language"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { createBegunValues } from "../../src/direct/begun.ts"
import { sameComponent } from "../../src/direct/use-followed.ts"
import { forgetWords } from "../../src/ui/kept-words.ts"

const SOURCE = `<NexusPanel title="Stall">
  <View>
    <Container title="A">
      <Text content="one"/>
    </Container>
    <Button label="Sell"/>
  </View>
</NexusPanel>
`

const read = (source: string) => new PanelDocument(source)
const now = read(SOURCE)
/** Another visit, which knows nothing but what was kept. */
const begun = () => createBegunValues("properties.ws.stall", read)

let kept: Record<string, string>
beforeEach(() => {
  kept = {}
  const memory = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value
    },
    removeItem: (key: string) => {
      delete kept[key]
    },
  }
  const storage = new Proxy(memory, {
    ownKeys: () => Object.keys(kept),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
  vi.stubGlobal("localStorage", storage)
})
afterEach(() => vi.unstubAllGlobals())

test("what was begun in a property is there in another visit, and in no other property or panel", () => {
  begun().keep(now, "1", "label", "Sell {$state.")
  expect(begun().of(now, "1", "label")).toBe("Sell {$state.")
  expect(begun().of(now, "1", "tone")).toBeUndefined()
  expect(begun().of(now, "0", "label")).toBeUndefined()
  expect(createBegunValues("properties.ws.other", read).of(now, "1", "label")).toBeUndefined()
})

test("it is found at the same component when others changed the text around it", () => {
  begun().keep(now, "1", "label", "Sell {")
  begun().keep(now, "0.0", "content", "{$state")
  const later = read(SOURCE.replace("<View>\n", '<View>\n    <Divider label="new"/>\n'))
  expect(begun().of(later, "2", "label")).toBe("Sell {")
  expect(begun().of(later, "1.0", "content")).toBe("{$state")
  expect(begun().of(later, "1", "label")).toBeUndefined()
  begun().keep(later, "2", "label", "Sell {$")
  expect(begun().of(later, "1.0", "content")).toBe("{$state")
  expect(begun().of(now, "1", "label")).toBe("Sell {$")
})

test("what was begun at a component that is gone goes to no other", () => {
  begun().keep(now, "0.0", "title", "x{")
  const gone = read(SOURCE.replace('      <Text content="one"/>\n', ""))
  expect(sameComponent(now, gone, "0.0")).toBeUndefined()
  for (const node of ["0", "1"]) expect(begun().of(gone, node, "title")).toBeUndefined()
  expect(sameComponent(now, gone, "1")).toBe("1")
})

test("what was taken into the text leaves nothing behind, and neither does signing out", () => {
  begun().keep(now, "1", "label", "Sell {")
  begun().keep(now, "1", "label", undefined)
  expect(kept).toEqual({})
  begun().keep(now, "1", "label", "Sell {")
  forgetWords()
  expect(kept).toEqual({})
})

test("what the browser kept in another form is as if it kept nothing", () => {
  for (const odd of ["{", "null", '{"source":1}', '{"source":"","begun":[{"node":1}]}']) {
    kept["nexus.words.properties.ws.stall"] = odd
    expect(begun().of(now, "1", "label")).toBeUndefined()
  }
})
