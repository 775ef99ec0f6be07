import { TextDocument } from "@nexus/reactor/text"
import { describe, expect, it } from "vitest"
import * as Y from "yjs"
import { refuseUpdate } from "../../src/documents/check-update.ts"

const held = () => new TextDocument("d", "<View>Hello</View>")

/** What another document of the same history would send after `act`. */
function updateAfter(of: TextDocument, act: (doc: Y.Doc) => void): Uint8Array {
  const other = new Y.Doc()
  Y.applyUpdate(other, of.since())
  const before = Y.encodeStateVector(other)
  act(other)
  return Y.encodeStateAsUpdate(other, before)
}

describe("an update of a shared text", () => {
  it.each<[string, (doc: Y.Doc) => void]>([
    ["words put in", (doc) => doc.getText("source").insert(6, "Dear ")],
    ["words taken out", (doc) => doc.getText("source").delete(6, 5)],
    ["both, many times", (doc) => repeat(200, (at) => (at % 3 ? put(doc, at) : doc.getText("source").delete(0, 1)))],
  ])("is taken when it is %s", (_, act) => {
    const text = held()
    const update = updateAfter(text, act)
    expect(refuseUpdate(text, update)).toBeUndefined()
    expect(text.apply(update)).toBeDefined()
  })

  it.each<[string, (doc: Y.Doc) => void]>([
    ["another text", (doc) => doc.getText("other").insert(0, "x")],
    ["a map beside the text", (doc) => doc.getMap("source2").set("a", 1)],
    ["something embedded", (doc) => doc.getText("source").insertEmbed(0, { image: "x" })],
    ["a format", (doc) => doc.getText("source").format(0, 5, { bold: true })],
    ["a property of the text", (doc) => doc.getText("source").setAttribute("lang", "en")],
    ["another end of a line", (doc) => doc.getText("source").insert(0, "a\r\n")],
    ["more than a source may hold", (doc) => doc.getText("source").insert(0, "x".repeat(1024 * 1024))],
  ])("is refused when it brings %s, and the text stays as it is", (_, act) => {
    const text = held()
    expect(refuseUpdate(text, updateAfter(text, act))).toEqual(expect.any(String))
    expect(text.toString()).toBe("<View>Hello</View>")
  })

  it("is refused when it builds on what is not here", () => {
    const text = held()
    const other = new Y.Doc()
    Y.applyUpdate(other, text.since())
    other.getText("source").insert(0, "lost")
    const vector = Y.encodeStateVector(other)
    other.getText("source").insert(2, "late")
    expect(refuseUpdate(text, Y.encodeStateAsUpdate(other, vector))).toMatch("builds on an update")
  })

  it("twice is as good as once", () => {
    const text = held()
    const update = updateAfter(text, (doc) => put(doc, 3))
    text.apply(update)
    expect(refuseUpdate(text, update)).toBeUndefined()
    expect(text.apply(update)).toBeUndefined()
  })

  it("of 20,000 random or damaged bytes is refused or harmless: nothing throws, hangs or waits in the document", () => {
    const text = held()
    const honest = updateAfter(text, (doc) => repeat(20, (at) => put(doc, at)))
    let state = 7
    const random = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 8) % below
    }
    let taken = 0
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = round % 2 ? Uint8Array.from({ length: random(60) }, () => random(256)) : honest.slice()
      if (round % 2 === 0) repeat(1 + random(3), () => bytes.set([random(256)], random(bytes.length)))
      if (refuseUpdate(text, bytes) === undefined) {
        taken += 1
        text.apply(bytes)
        expect([text.doc.store.pendingStructs, text.doc.store.pendingDs], `round ${round}`).toEqual([null, null])
      }
    }
    expect(taken).toBeGreaterThan(0)
    expect(text.toString()).not.toContain("\r")
    expect([...text.doc.share.keys()]).toEqual(["source"])
  })
})

function put(doc: Y.Doc, at: number): void {
  const text = doc.getText("source")
  text.insert(at % (text.length + 1), String.fromCharCode(97 + (at % 26)))
}

function repeat(times: number, act: (at: number) => void): void {
  for (let at = 0; at < times; at += 1) act(at)
}
