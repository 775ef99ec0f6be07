import { type Json, type JsonObject, type Operation, sentenceOf } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ADA, kernelWith, panel, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const BOOKS = panel(
  "Books",
  '<State name="log" type="list"/>',
  `<Capability type="db:read" scope="books" reason="Looks up"/><Capability type="db:write" scope="books" reason="Keeps"/>
   <Capability type="time" reason="Waits"/>
   <Handler name="raw">return await __nexus_call($args.capability, $args.method, $args.args)</Handler>
   <Handler name="tour">
     const { db } = nexus
     await db.createTable("books", { title: { type: "text", required: true, unique: true }, price: "real", pages: "integer" })
     const ids = await db.insert("books", [
       { title: "Emma", price: 9.5, pages: 474 },
       { title: "Middlemarch", price: 14, pages: 880 },
       { title: "Persuasion", price: 8, pages: 249 },
       { title: "Ulysses", pages: 730 },
     ])
     const cheap = await db.select("books", { columns: ["title"], where: { price: { lt: 10 } }, order: "-price" })
     const priceless = await db.select("books", { where: { price: null } })
     const named = await db.select("books", { columns: ["id"], where: { title: { contains: "ma" } }, order: ["title"] })
     const page = await db.select("books", { columns: ["id"], limit: 2, offset: 1 })
     const changed = await db.update("books", { pages: { gte: 700 } }, { price: 20 })
     const gone = await db.delete("books", { title: { in: ["Emma", "Nobody"] } })
     return { ids, cheap, priceless, named, page, changed, gone, left: await db.count("books", { price: { ne: 8 } }) }
   </Handler>
   <Handler name="slow">
     await nexus.db.createTable("books", { title: "text" })
     $state.log.push(await nexus.db.count("books"))
     await nexus.sleep(150)
     await nexus.db.insert("books", { title: "late" })
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
async function call(world: World, capability: string, method: string, ...args: Json[]): Promise<unknown> {
  const { failure, value } = await run(world, "raw", { capability, method, args })
  return failure ? sentenceOf(failure) : value
}
const read = (world: World, method: string, ...args: Json[]) => call(world, "db:read", method, ...args)
const write = (world: World, method: string, ...args: Json[]) => call(world, "db:write", method, ...args)
const open = async (more: Parameters<typeof kernelWith>[0] = {}) => {
  const world = await kernelWith({ sandbox, panels: { p: BOOKS }, ...more })
  await world.commit(grant("db:read:books"), grant("db:write:books"), grant("time"))
  return world
}
/** A world in which the table is there. */
const withBooks = async (more: Parameters<typeof kernelWith>[0] = {}) => {
  const world = await open(more)
  await write(world, "createTable", "books", { title: "text", pages: "integer" })
  return world
}

describe("tables of the workspace's own database", () => {
  it("are made, filled, looked up, changed and emptied", async () => {
    const world = await open()
    expect((await run(world, "tour")).value).toEqual({
      ids: [1, 2, 3, 4],
      cheap: [{ title: "Emma" }, { title: "Persuasion" }],
      priceless: [{ id: 4, title: "Ulysses", price: null, pages: 730 }],
      named: [{ id: 1 }, { id: 2 }],
      page: [{ id: 2 }, { id: 3 }],
      changed: 2,
      gone: 1,
      left: 2,
    })
    expect(await write(world, "dropTable", "books")).toBeNull()
    expect(await read(world, "count", "books")).toContain("no such table: books")
  })

  it("are no part of the graph: what is put in changes no panel and no version", async () => {
    const world = await open()
    const { seq } = world.workspace
    await run(world, "tour")
    expect(world.workspace.seq).toBe(seq)
  })

  it("hold to their columns: what does not fit is refused and none of it kept", async () => {
    const world = await withBooks()
    expect(await write(world, "insert", "books", [{ pages: 1 }, { pages: "many" }])).toContain("cannot store TEXT")
    expect(await write(world, "insert", "books", [{ pages: 1 }, { colour: "red" }])).toContain("no column named colour")
    expect(await read(world, "count", "books")).toBe(0)
    expect(await read(world, "select", "books", { order: "colour" })).toContain('no such column: "colour"')
  })
})

describe("a handler reaches no table outside of what it was granted", () => {
  it("neither by name, nor by the other right", async () => {
    const world = await withBooks()
    await world.commit(grant("db:write:books", false))
    expect(await write(world, "insert", "books", { title: "x" })).toContain("Grant db:write:books")
    expect(await read(world, "insert", "books", { title: "x" })).toContain("not available")
    expect(await read(world, "count", "people")).toContain('<Capability type="db:read" scope="people"')
    expect(await read(world, "count", "books")).toBe(0)
  })

  it.each([
    "Books",
    "books ",
    'books"',
    "books; DROP TABLE books",
    "books, people",
    "main.books",
    "sqlite_master",
    "sqlite_schema",
    "nexus_calls",
    "pragma_table_info('books')",
    "",
    "b\u0000ooks",
  ])("and %j is no table, whoever granted what", async (table) => {
    const world = await kernelWith({ sandbox, panels: { p: BOOKS.replaceAll('scope="books"', 'scope="*"') } })
    await world.commit(grant("db:read:*"), grant("db:write:*"))
    for (const said of [
      await read(world, "select", table),
      await read(world, "count", table),
      await write(world, "insert", table, { title: "x" }),
      await write(world, "update", table, {}, { title: "x" }),
      await write(world, "delete", table, {}),
      await write(world, "createTable", table, { title: "text" }),
      await write(world, "dropTable", table),
    ])
      expect(said).toContain("a table's name is")
  })

  it.each<[string, Json[], string]>([
    ["select", [{ columns: ['title" FROM sqlite_master --'] }], "a column's name is"],
    ["select", [{ columns: ["count(*)"] }], "a column's name is"],
    ["select", [{ where: { "1=1) UNION SELECT sql FROM sqlite_master --": 1 } }], ""],
    ["select", [{ where: { title: { like: "%" } } }], "like"],
    ["select", [{ where: { title: { sql: "1" } } }], "sql"],
    ["select", [{ where: { title: {} } }], "compares with something"],
    ["select", [{ order: "title; DROP TABLE books" }], "an order is such as"],
    ["select", [{ limit: 1e6 }], "at most 1000 rows"],
    ["select", [{ offset: -1 }], "offset"],
    ["select", [{ having: "1" }], "having"],
    ["select", ["SELECT 1"], ""],
    ["count", [[]], ""],
  ])("%s takes no SQL: %j", async (method, args, said) => {
    const world = await withBooks()
    await write(world, "insert", "books", { title: "kept" })
    const answer = await read(world, method, "books", ...args)
    expect(answer).toEqual(expect.stringContaining(said))
    expect(answer).toContain("failed")
    expect(await read(world, "count", "books")).toBe(1)
  })

  it.each<[string, Json[]]>([
    ["insert", [{ "title) VALUES (1); --": 1 }]],
    ["insert", [{ title: { a: 1 } }]],
    ["insert", [[]]],
    ["update", [{}, {}]],
    ["update", [null, { title: "x" }]],
    ["delete", []],
    ["createTable", [{ title: "text DEFAULT (load_extension('x'))" }]],
    ["createTable", [{ title: { type: "text", check: "1" } }]],
    ["createTable", [{ ID: "text" }]],
    ["attach", ["/etc/passwd"]],
    ["exec", ["PRAGMA writable_schema = 1"]],
  ])("%s takes no SQL, and neither too little: %j", async (method, args) => {
    const world = await withBooks()
    await write(world, "insert", "books", { title: "kept" })
    expect(await write(world, method, "books", ...args)).toContain("failed")
    expect(await read(world, "select", "books")).toEqual([{ id: 1, title: "kept", pages: null }])
  })

  it("and values are values, whatever they look like", async () => {
    const world = await withBooks()
    const title = "'); DROP TABLE books; --"
    await write(world, "insert", "books", { title })
    expect(await read(world, "select", "books", { where: { title } })).toEqual([{ id: 1, title, pages: null }])
  })

  it("from the moment a grant is taken back, in the middle of a run", async () => {
    const world = await open()
    const slow = run(world, "slow")
    await expect.poll(() => world.workspace.graph.panel("p")?.properties.state.log).toEqual([0])
    await world.commit(grant("db:write:books", false))
    expect(await slow).toMatchObject({ status: "failed", failure: { code: "capability-denied" } })
    expect(await read(world, "count", "books")).toBe(0)
  })
})

describe("what is too much is refused with its figure", () => {
  it("an answer, a database, a list of rows", async () => {
    const world = await withBooks({ databases: { answerBytes: 10_000, workspaceBytes: 200_000 } })
    const rows = Array.from({ length: 20 }, () => ({ title: "x".repeat(1000) }))
    await write(world, "insert", "books", rows)
    expect(await read(world, "select", "books")).toContain("limit of 10000 bytes")
    expect(await read(world, "select", "books", { limit: 5 })).toHaveLength(5)
    let said: unknown
    for (let i = 0; i < 20 && typeof said !== "string"; i += 1) said = await write(world, "insert", "books", rows)
    expect(said).toContain("200000 of 200000")
    const before = await read(world, "count", "books")
    expect(await write(world, "insert", "books", rows)).toContain("200000")
    expect(await read(world, "count", "books")).toBe(before)
    const many = Array.from({ length: 1001 }, () => ({ pages: 1 }))
    expect(await write(world, "insert", "books", many)).toContain("1000 rows")
  })
})
