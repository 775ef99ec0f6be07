import { describe, expect, it } from "vitest"
import { addPanel, kernelWith, panel } from "../worlds.ts"
import { keeper, settle, type Writing, writer } from "./together.ts"

const SOURCE = panel("Note", '<State name="count" type="number" default="0"/>')

async function world() {
  const { workspace, commit } = await kernelWith({ panels: { p: SOURCE }, quietMs: 20 })
  const source = () => workspace.graph.panel("p")?.properties.source ?? ""
  const browser = keeper()
  const page = (given = SOURCE) => writer("Ada", () => workspace.documents, given, "editor", browser)
  const other = writer("Ben", () => workspace.documents, SOURCE)
  return { source, browser, page, other, commit }
}

/** What the workspace's news tell a page that shows the panel. */
function hear({ text }: Writing, source: string): void {
  text.sourceIs(source)
}

const hello = ({ says }: Writing) => says().indexOf("Hello")

describe("what is typed without a line", () => {
  it("is there for the next page, reaches the others from it, and is forgotten when it is saved", async () => {
    const { source, browser, page, other } = await world()
    const closed = page()
    closed.type(hello(closed), "Dear ")
    await expect.poll(() => closed.text.safe).toBe(true)
    const opened = page()
    await expect.poll(opened.says).toContain("Dear Hello")
    opened.line.connect()
    other.line.connect()
    await settle([opened, other])
    expect(other.says()).toContain("Dear Hello")
    await expect.poll(source).toContain("Dear Hello")
    await settle([opened, other])
    hear(opened, source())
    await expect.poll(() => browser.kept.size).toBe(0)
  })

  it("goes on by its own identities where the page had been in touch: nothing stands there twice", async () => {
    const { source, browser, page, other } = await world()
    const closed = page()
    closed.line.connect()
    other.line.connect()
    await settle([closed, other])
    closed.line.disconnect()
    closed.type(hello(closed), "Dear ")
    await expect.poll(() => closed.text.safe && browser.kept.size).toBe(1)
    other.type(hello(other) + 5, "!")
    await settle([other])
    await expect.poll(source).toContain("Hello!")
    const opened = page(source())
    opened.line.connect()
    await settle([opened, other])
    expect(opened.says()).toContain("Dear Hello!")
    expect(opened.says().match(/Hello/g)).toHaveLength(1)
    expect(other.says()).toBe(opened.says())
  })

  it("goes to the kernel though nobody opens an editor: a text that is let go waits for a line", async () => {
    const { source, browser, page } = await world()
    const closed = page()
    closed.type(hello(closed), "Dear ")
    await expect.poll(() => closed.text.safe).toBe(true)
    const opened = page()
    const gone = opened.text.close()
    await expect.poll(opened.says).toContain("Dear Hello")
    opened.line.connect()
    await settle([opened])
    await gone
    expect(source()).toContain("Dear Hello")
    await expect.poll(() => browser.kept.size).toBe(0)
  })

  it("and was saved elsewhere meanwhile is laid over what is there, as edits of the words", async () => {
    const { page, commit, other } = await world()
    const closed = page()
    closed.type(hello(closed), "Dear ")
    await expect.poll(() => closed.text.safe).toBe(true)
    const elsewhere = SOURCE.replace('title="Note"', 'title="Notes"')
    await commit({ kind: "panel_source", panel: "p", source: elsewhere, title: "Notes" })
    const opened = page(elsewhere)
    await expect.poll(opened.says).toContain("Dear Hello")
    opened.line.connect()
    other.line.connect()
    await settle([opened, other])
    expect(other.says()).toBe(elsewhere.replace("Hello", "Dear Hello"))
  })

  it("and whose panel was removed meanwhile is kept, and goes on in the panel when that is brought back", async () => {
    const { source, browser, page, other, commit } = await world()
    const writing = page()
    writing.line.connect()
    await settle([writing])
    await commit({ kind: "entity_remove", id: "p" })
    writing.type(hello(writing), "Dear ")
    await settle([writing])
    expect([writing.text.failure?.code, writing.text.live]).toEqual(["not-found", false])
    await expect.poll(() => writing.text.safe && browser.kept.size).toBe(1)
    await commit(addPanel("p", SOURCE))
    hear(writing, source())
    other.line.connect()
    await settle([writing, other])
    expect([writing.text.failure, writing.text.live]).toEqual([undefined, true])
    expect(other.says()).toContain("Dear Hello")
    expect(other.says().match(/Hello/g)).toHaveLength(1)
  })

  it("and went into another panel is kept no longer, and is let go without a word to the kernel", async () => {
    const { browser, page, commit } = await world()
    const writing = page()
    writing.line.connect()
    await settle([writing])
    await commit({ kind: "entity_remove", id: "p" })
    writing.type(hello(writing), "Dear ")
    await settle([writing])
    await expect.poll(() => browser.kept.size).toBe(1)
    writing.text.settled()
    await writing.text.close()
    await expect.poll(() => browser.kept.size).toBe(0)
  })

  it("is said to be unkept where the browser has no room, until it has", async () => {
    const { browser, page } = await world()
    const writing = page()
    browser.full = true
    writing.type(hello(writing), "Dear ")
    await expect.poll(() => [writing.text.unkept, writing.text.safe]).toEqual([true, false])
    browser.full = false
    writing.type(hello(writing), "very ")
    await expect.poll(() => [writing.text.unkept, writing.text.safe]).toEqual([false, true])
  })
})
