import { type Json, type JsonObject, type Operation, sentenceOf } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { fromFiles, toFiles } from "../../src/versions/workspace-files.ts"
import { ADA, kernelWith, panel, replay, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const NOTES = panel(
  "Notes",
  '<State name="seen" type="list"/>',
  `<Capability type="files:read" scope="notes/*" reason="Shows notes"/>
   <Capability type="files:write" scope="notes/*" reason="Keeps notes"/>
   <Capability type="time" reason="Waits"/>
   <Handler name="raw">return await __nexus_call($args.capability, $args.method, $args.args)</Handler>
   <Handler name="tour">
     const { files } = nexus
     const before = await files.exists("notes/a.md")
     const put = await files.write("notes/a.md", "# Grüße\\n")
     await files.write("notes/b/c.bin", "AAEC/w==", { encoding: "base64" })
     const text = await files.read("notes/a.md")
     const bytes = await files.read("notes/b/c.bin", { encoding: "base64" })
     const list = await files.list("notes/*")
     const stat = await files.stat("notes/a.md")
     const gone = [await files.delete("notes/a.md"), await files.delete("notes/a.md")]
     return { before, same: put.sha256 === stat.sha256, size: put.size, text, bytes, list: list.map((one) => one.path), gone }
   </Handler>
   <Handler name="twice">
     await nexus.files.write("notes/a", "1")
     await nexus.sleep(150)
     await nexus.files.write("notes/a", "2")
   </Handler>
   <Handler name="both">
     await Promise.all(["1", "2", "3"].map((text) => nexus.files.write("notes/new", text)))
     return (await nexus.files.list("notes/*")).length
   </Handler>`,
)

const grant = (capability: string, granted = true): Operation => ({
  kind: "panel_grant",
  panel: "p",
  grant: capability,
  granted,
})
const run = (world: World, handler: string, args: JsonObject = {}) =>
  world.workspace.trigger({ panel: "p", handler, args, trigger: "event", person: ADA })
/** What a raw call is answered with: its value, or the sentence of its failure. */
async function call(world: World, capability: string, method: string, ...args: Json[]): Promise<unknown> {
  const { failure, value } = await run(world, "raw", { capability, method, args })
  return failure ? sentenceOf(failure) : value
}
const open = async (more: Parameters<typeof kernelWith>[0] = {}) => {
  const world = await kernelWith({ sandbox, panels: { p: NOTES }, ...more })
  await world.commit(grant("files:read:notes/*"), grant("files:write:notes/*"), grant("time"))
  return world
}

describe("files of the workspace, by path", () => {
  it("are written, read as text and as base64, listed, looked at and taken out", async () => {
    const world = await open()
    expect((await run(world, "tour")).value).toEqual({
      before: false,
      same: true,
      size: 10,
      text: "# Grüße\n",
      bytes: "AAEC/w==",
      list: ["notes/a.md", "notes/b/c.bin"],
      gone: [true, false],
    })
  })

  it("are changes of the run that wrote them, and versioned with the workspace", async () => {
    const journal = createMemoryJournal()
    const world = await open({ journal })
    const { run: id } = await run(world, "tour")
    const written = world.changes
      .filter(({ operations }) => operations.some(({ kind }) => kind === "entity_add"))
      .at(-1)
    expect(written?.cause).toMatchObject({
      actor: { kind: "handler", id: "p.tour" },
      reason: "put notes/b/c.bin into the files",
      run: { id, panel: "p", person: ADA },
    })
    const resources = [...(await replay(journal)).ofKind("resource")]
    expect(resources.map(({ properties }) => properties.path)).toEqual(["notes/b/c.bin"])
    const committed = fromFiles(toFiles(world.workspace.graph, "w"), "ws_x")
    expect([...committed.entities.values()].map(({ properties }) => properties.path)).toEqual(["notes/b/c.bin"])
  })

  it("keep their identity when they are written again, so that what shows them shows the new content", async () => {
    const world = await open()
    await call(world, "files:write", "write", "notes/a", "1")
    const [first] = [...world.workspace.graph.ofKind("resource")]
    await call(world, "files:write", "write", "notes/a", "two")
    const [second, ...more] = [...world.workspace.graph.ofKind("resource")]
    expect(more).toEqual([])
    expect(second).toMatchObject({ id: first?.id, properties: { size: 3, type: "text/plain" } })
  })

  it("are one file when several write the same new path at once", async () => {
    const world = await open()
    expect((await run(world, "both")).value).toBe(1)
  })

  it("that a person put in are found by their name", async () => {
    const world = await open({ panels: { p: NOTES.replaceAll("notes/*", "*") } })
    await world.commit(grant("files:read:*"))
    const holder = { id: "w", graph: world.workspace.graph, commit: world.workspace.commit }
    await world.files.upload(holder, {
      name: "prices 2026.csv",
      type: "text/csv",
      announced: 3,
      bytes: (async function* () {
        yield Buffer.from("a,b")
      })(),
      causeFor: (reason) => ({ actor: ADA, reason }),
    })
    expect(await call(world, "files:read", "read", "prices 2026.csv")).toBe("a,b")
    expect(await call(world, "files:read", "list")).toMatchObject([{ path: "prices 2026.csv", type: "text/csv" }])
  })
})

describe("a handler reaches no file outside of what it was granted", () => {
  it("neither by another path, nor by a wider list, nor with the other right", async () => {
    const world = await open()
    await world.commit(grant("files:write:notes/*", false))
    expect(await call(world, "files:write", "write", "notes/a", "x")).toContain("Grant files:write:notes/*")
    expect(await call(world, "files:read", "read", "other/a")).toContain(
      '<Capability type="files:read" scope="other/a"',
    )
    expect(await call(world, "files:read", "list", "*")).toContain("does not declare")
    expect(await call(world, "files:read", "list")).toContain("does not declare")
    expect(await call(world, "files:read", "write", "notes/a", "x")).toContain("not available")
    expect(await call(world, "files:read", "constructor", "notes/a")).toContain("not available")
    expect(world.events.flatMap((event) => (event.type === "host_called" ? [event.granted] : []))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ])
  })

  it.each([
    "notes/../secret",
    "notes/./a",
    "../notes/a",
    "/notes/a",
    "notes//a",
    "notes/",
    "notes\\a",
    "notes/a\u0000b",
    "notes/*",
    "notes/a ",
    "notes/ a",
    "notes/a\u200b",
    "notes/\u202egnp.exe",
    "notes/cafe\u0301",
    "notes/\ud800",
    "notes/a\nb",
    "notes/\u00a0a",
    `notes/${"x".repeat(256)}`,
    `notes/${"x/".repeat(300)}x`,
    "",
  ])("and %j is no path", async (path) => {
    const world = await open()
    expect(await call(world, "files:write", "write", path, "x")).toMatch(/path/)
    expect(await call(world, "files:read", "read", path)).toMatch(/path/)
    expect([...world.workspace.graph.ofKind("resource")]).toEqual([])
  })

  it.each([[null], [7], [["notes/a"]], [{ toString: "notes/a" }]])("and %j is no path", async (path) => {
    const world = await open()
    expect(await call(world, "files:read", "stat", path)).toContain("a path is text")
  })

  it("from the moment a grant is taken back, in the middle of a run", async () => {
    const world = await open()
    const twice = run(world, "twice")
    await expect.poll(() => [...world.workspace.graph.ofKind("resource")].length).toBe(1)
    await world.commit(grant("files:write:notes/*", false))
    expect(await twice).toMatchObject({ status: "failed", failure: { code: "capability-denied" } })
    expect([...world.workspace.graph.ofKind("resource")]).toMatchObject([{ properties: { size: 1 } }])
  })
})

describe("what is too much is refused with its figure", () => {
  it("a file over half a megabyte, a list over a thousand, a workspace over its quota", async () => {
    const world = await open({ files: { workspaceBytes: 100 } })
    const big = "x".repeat(600_000)
    expect(await call(world, "files:write", "write", "notes/a", big)).toMatch(/600000 bytes; .*524288 bytes/)
    expect(await call(world, "files:write", "write", "notes/a", "x".repeat(101))).toContain("0 of 100")
    const resource = (index: number): Operation => ({
      kind: "entity_add",
      entity: {
        id: `f${index}`,
        kind: "resource",
        name: "n",
        scope: "w",
        properties: { name: "n", path: `notes/${index}`, type: "text/plain", size: 0, sha256: "0".repeat(64) },
      },
    })
    await world.commit(...Array.from({ length: 1001 }, (_, index) => resource(index)))
    expect(await call(world, "files:read", "list", "notes/*")).toMatch(/1001 files; .*1000 files/)
    expect(await call(world, "files:read", "list", "notes/1000")).toMatchObject([{ path: "notes/1000" }])
  })

  it("and what is no text, no base64, no option or not there says so", async () => {
    const world = await open()
    await call(world, "files:write", "write", "notes/b", "/w==", { encoding: "base64" })
    expect(await call(world, "files:read", "read", "notes/b")).toContain("not UTF-8 text")
    expect(await call(world, "files:write", "write", "notes/b", "@@", { encoding: "base64" })).toContain("no base64")
    expect(await call(world, "files:write", "write", "notes/b", { a: 1 })).toContain("what is written is text")
    expect(await call(world, "files:read", "read", "notes/b", { encoding: "utf-7" })).toContain("text or base64")
    expect(await call(world, "files:read", "read", "notes/none")).toContain('no file "notes/none"')
    expect(await call(world, "files:write", "write", "notes/x.png", "no", { type: "image/png" })).toContain("is not")
  })
})
