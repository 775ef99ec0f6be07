import { describe, expect, it } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { COUNTER, kernelWith, panel } from "../worlds.ts"
import { settle, type Writing, writer } from "./together.ts"

const SOURCE = panel("Note", '<State name="count" type="number" default="0"/>')

async function worldWith(given: { quietMs?: number; journal?: ReturnType<typeof createMemoryJournal> } = {}) {
  const world = await kernelWith({ panels: { p: SOURCE }, quietMs: given.quietMs ?? 100_000, ...given })
  const documents = () => world.workspace.documents
  const source = () => world.workspace.graph.panel("p")?.properties.source ?? ""
  const opened = async (...names: string[]): Promise<Writing[]> => {
    const writers = names.map((name) => writer(name, documents, source(), name === "Viewer" ? "viewer" : "editor"))
    for (const { line } of writers) line.connect()
    await settle(writers)
    return writers
  }
  return { ...world, source, opened, documents }
}

const at = (writing: Writing | undefined, word: string) => writing?.says().indexOf(word) ?? -1

describe("a source that is written together", () => {
  it("is the same for everybody who has it open, whoever typed where", async () => {
    const { opened } = await worldWith()
    const [ada, ben] = await opened("Ada", "Ben")
    ada?.type(at(ada, "Hello"), "Dear ")
    ben?.type(at(ben, "</View>"), '<Text content="Ben"/>\n  ')
    await settle([ada, ben].flatMap((one) => one ?? []))
    expect(ada?.says()).toContain('content="Dear Hello"/><Text content="Ben"/>')
    expect(ben?.says()).toBe(ada?.says())
  })

  it("is saved when nobody types any more, as a change of each who typed with their own words alone", async () => {
    const { opened, source, changes } = await worldWith({ quietMs: 20 })
    const [ada, ben] = await opened("Ada", "Ben")
    const both = [ada, ben].flatMap((one) => one ?? [])
    const before = changes.length
    ada?.type(at(ada, "Hello"), "Dear ")
    await settle(both)
    ben?.type(at(ben, "Hello") + 5, "!")
    ben?.type(at(ben, "Dear"), "Good", 4)
    await settle(both)
    await expect.poll(source).toContain("Good Hello!")
    expect(changes.slice(before)).toMatchObject([
      { cause: { actor: { kind: "person", id: "ada" }, reason: "edited Note" } },
      { cause: { actor: { kind: "person", id: "ben" }, reason: "edited Note" } },
    ])
    const sources = changes.slice(before).flatMap(({ operations }) => {
      const [first] = operations
      return first?.kind === "panel_source" ? [first.source] : []
    })
    expect(sources).toEqual([SOURCE.replace("Hello", "Dear Hello"), SOURCE.replace("Hello", "Good Hello!")])
    expect(source()).toBe(ada?.says())
  })

  it("is saved as one change of who typed last, the others named, where it works only with the words of all", async () => {
    const { opened, source, changes } = await worldWith({ quietMs: 20 })
    const [ada, ben] = await opened("Ada", "Ben")
    const both = [ada, ben].flatMap((one) => one ?? [])
    const before = changes.length
    ada?.type(at(ada, "</View>"), "<Text content=")
    await settle(both)
    ben?.type(at(ben, "</View>"), '"more"/>')
    await settle(both)
    await expect.poll(source).toContain('<Text content="more"/></View>')
    expect(changes.slice(before)).toMatchObject([{ cause: { actor: { id: "ben" }, reason: "edited Note with Ada" } }])
  })

  it("keeps apart what is typed while a saving is on its way", async () => {
    const { opened, source, changes } = await worldWith({ quietMs: 20 })
    const [ada, ben] = await opened("Ada", "Ben")
    const both = [ada, ben].flatMap((one) => one ?? [])
    const before = changes.length
    ada?.type(at(ada, "Hello"), "Dear ")
    await settle(both)
    const saved = ada?.text.save()
    ben?.type(at(ben, "Hello") + 5, "!")
    await settle(both)
    await saved
    await expect.poll(source).toContain("Dear Hello!")
    await expect.poll(() => changes.slice(before).map(({ cause }) => cause.actor.id)).toEqual(["ada", "ben"])
  })

  it("is not saved while it does not work, and what was typed is there for who opens it next", async () => {
    const { opened, source, changes, documents } = await worldWith({ quietMs: 5 })
    const [ada] = await opened("Ada")
    const before = changes.length
    ada?.type(at(ada, "</View>"), "<Broken")
    await settle(ada ? [ada] : [])
    const closed = ada?.text.close()
    await settle(ada ? [ada] : [])
    await closed
    expect([source(), changes.length, documents().size]).toEqual([SOURCE, before, 0])
    const [ben] = await opened("Ben")
    expect(ben?.says()).toContain("<Broken")
  })

  it("saved on demand answers when it is durable, and says what is wrong when it cannot be", async () => {
    const { opened, source } = await worldWith()
    const [ada] = await opened("Ada")
    ada?.type(at(ada, "Hello"), "Dear ")
    const saved = ada?.text.save()
    await settle(ada ? [ada] : [])
    await saved
    expect(source()).toContain("Dear Hello")
    ada?.type(0, "<")
    const refused = ada?.text.save().catch((error: unknown) => String(error))
    await settle(ada ? [ada] : [])
    expect(await refused).toContain("error")
    expect(source()).toContain("Dear Hello")
  })

  it("takes in what was saved elsewhere, over what is typed and not saved", async () => {
    const { opened, commit, source } = await worldWith()
    const [ada, ben] = await opened("Ada", "Ben")
    ada?.type(at(ada, "</View>"), "<Text/>")
    await settle([ada, ben].flatMap((one) => one ?? []))
    const elsewhere = source().replace("Note", "Notes")
    await commit({ kind: "panel_source", panel: "p", source: elsewhere, title: "Notes" })
    await settle([ada, ben].flatMap((one) => one ?? []))
    expect(ada?.says()).toContain('title="Notes"')
    expect(ada?.says()).toContain("<Text/>")
    expect(ben?.says()).toBe(ada?.says())
  })

  it("goes back when its last saving is undone, and keeps what was typed since", async () => {
    const { opened, commit, source } = await worldWith()
    const [ada] = await opened("Ada")
    ada?.type(at(ada, "Hello"), "Dear ")
    const saved = ada?.text.save()
    await settle(ada ? [ada] : [])
    await saved
    ada?.type(at(ada, "</View>"), "<Text/>")
    await commit({ kind: "panel_source", panel: "p", source: SOURCE, title: "Note", expect: source() })
    await settle(ada ? [ada] : [])
    expect(ada?.says()).toBe(SOURCE.replace("</View>", "<Text/></View>"))
  })

  it("merges what was typed without a line", async () => {
    const { opened } = await worldWith()
    const [ada, ben] = await opened("Ada", "Ben")
    ada?.line.disconnect()
    ada?.type(at(ada, "Hello"), "Dear ")
    ben?.type(at(ben, "Hello") + 5, "!")
    await settle([ada, ben].flatMap((one) => one ?? []))
    expect(ben?.says()).not.toContain("Dear")
    ada?.line.connect()
    await settle([ada, ben].flatMap((one) => one ?? []))
    expect(ada?.says()).toContain("Dear Hello!")
    expect(ben?.says()).toBe(ada?.says())
  })

  it("goes on after the kernel crashed: nothing typed is lost, nothing stands there twice", async () => {
    const journal = createMemoryJournal()
    const first = await worldWith({ journal })
    let workspace = first.workspace
    const both = ["Ada", "Ben"].map((name) => writer(name, () => workspace.documents, SOURCE))
    const [ada, ben] = both
    for (const { line } of both) line.connect()
    await settle(both)
    ada?.type(at(ada, "Hello"), "Dear ")
    const saved = ada?.text.save()
    await settle(both)
    await saved
    ben?.type(at(ben, "Hello"), "very ")
    for (const { line } of both) line.crash()
    first.workspace.documents.stop()
    ada?.type(at(ada, "Hello"), "dear ")
    ben?.type(at(ben, "Hello") + 5, "!")
    workspace = (await kernelWith({ journal, quietMs: 20 })).workspace
    for (const { line } of both) line.connect()
    await settle(both)
    expect(ada?.says()).toMatch(/content="Dear (very dear|dear very) Hello!"/)
    expect(ben?.says()).toBe(ada?.says())
    await expect.poll(() => workspace.graph.panel("p")?.properties.source).toBe(ada?.says())
  })

  it("of a document that was let go is written on by who comes back with the words alone", async () => {
    const journal = createMemoryJournal()
    const { opened, documents, source } = await worldWith({ journal })
    const [ada] = await opened("Ada")
    ada?.line.disconnect()
    ada?.type(at(ada, "Hello"), "Dear ")
    await expect.poll(() => documents().size).toBe(0)
    await journal.values.set("w", "documents", "p", undefined)
    const [ben] = await opened("Ben")
    ben?.type(at(ben, "Hello") + 5, "!")
    const both = [ada, ben].flatMap((one) => one ?? [])
    await settle(both)
    ada?.line.connect()
    await settle(both)
    expect(ada?.says()).toBe(source().replace("Hello", "Dear Hello!"))
    expect(ben?.says()).toBe(ada?.says())
  })

  it("ends for everybody when its panel is removed", async () => {
    const { opened, commit, documents } = await worldWith()
    const [ada] = await opened("Ada")
    await commit({ kind: "entity_remove", id: "p" })
    await settle(ada ? [ada] : [])
    expect([ada?.text.failure?.code, ada?.text.live, documents().size]).toEqual(["not-found", false, 0])
  })

  it("shows who has it open and where their cursors stand, until they are gone", async () => {
    const { opened } = await worldWith()
    const [ada, ben] = await opened("Ada", "Ben")
    const both = [ada, ben].flatMap((one) => one ?? [])
    ben?.text.setSelection({ anchor: Uint8Array.of(1), head: Uint8Array.of(2) })
    await settle(both)
    const seen = () => ada?.text.writers.map(({ name, selection }) => `${name} ${selection ? "writes" : "reads"}`)
    expect(seen()).toEqual(["Ada reads", "Ben writes"])
    ben?.line.disconnect()
    await settle(both)
    expect(seen()).toEqual(["Ada reads"])
  })
})

describe("what another may not do to it", () => {
  it("a viewer reads along and is not heard", async () => {
    const { opened } = await worldWith()
    const [ada, viewer] = await opened("Ada", "Viewer")
    const both = [ada, viewer].flatMap((one) => one ?? [])
    ada?.type(at(ada, "Hello"), "Dear ")
    viewer?.type(0, "mine")
    await settle(both)
    expect(viewer?.says()).toContain("Dear Hello")
    expect(ada?.says()).not.toContain("mine")
  })

  it("an update that is none puts its sender out, and the others write on", async () => {
    const { opened, documents } = await worldWith()
    const [ada, ben] = await opened("Ada", "Ben")
    const both = [ada, ben].flatMap((one) => one ?? [])
    const document = ada?.text.document.id ?? ""
    expect(() => documents().update("Ben.1", "p", document, Uint8Array.of(9, 9, 9))).toThrow("no update")
    ada?.type(at(ada, "Hello"), "Dear ")
    await settle(both)
    expect(ben?.says()).toContain("Dear Hello")
  })

  it("one session opens at most 32 sources at once", async () => {
    const panels = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`p${index}`, COUNTER]))
    const { workspace } = await kernelWith({ panels })
    const heard: Uint8Array[] = []
    const listener = {
      ...{ session: "s", user: "ada", name: "Ada", role: "editor" as const, presence: {} },
      deliver: (bytes: Uint8Array) => heard.push(bytes),
      onRole: () => undefined,
    }
    const open = (index: number) => workspace.documents.open(listener, { panel: `p${index}`, ref: "r" })
    for (let index = 0; index < 32; index += 1) await open(index)
    await expect(open(32)).rejects.toThrow("32")
    workspace.documents.leave("s")
    await expect.poll(() => workspace.documents.size).toBe(0)
  })
})
