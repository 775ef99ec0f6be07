import { describe, expect, test } from "vitest"
import { readTable } from "../../src/tables/read-table.ts"
import { MOST_ROWS } from "../../src/tables/table-data.ts"

const file = (text: string, name = "things.csv") => new File([text], name)

describe("CSV", () => {
  test.each([
    ["commas", "name,price\nLamp,34\nChair,79\n", ","],
    ["semicolons", "name;price\nLamp;34,50\nChair;79,00\n", ";"],
    ["tabs", "name\tprice\nLamp\t34\nChair\t79\n", "\t"],
  ])("%s are found, and the names above", async (_what, text, delimiter) => {
    const table = await readTable(file(text))
    expect(table).toMatchObject({ kind: "csv", delimiter, header: true, names: ["name", "price"], total: 2 })
  })

  test("a line break within quotes is one cell, and the lines behind it keep their numbers", async () => {
    const table = await readTable(file('name,note\nLamp,"red\nor blue"\nChair\nRug,flat,long\n'))
    expect(table.rows[0]).toEqual(["Lamp", "red\nor blue"])
    expect(table.problems).toEqual([
      { line: 4, kind: "few" },
      { line: 5, kind: "many" },
    ])
  })

  test("a quotation mark that is never closed is told with its line", async () => {
    const table = await readTable(file('a,b\n1,2\n3,"4\n'))
    expect(table.problems).toContainEqual({ line: 3, kind: "quote" })
  })

  test("lines of numbers have no names above them, and a person may say otherwise", async () => {
    const numbers = file("1,2\n3,4\n")
    expect(await readTable(numbers)).toMatchObject({ header: false, names: ["Column 1", "Column 2"], total: 2 })
    expect(await readTable(numbers, { header: true })).toMatchObject({ names: ["1", "2"], total: 1 })
  })

  test("names that come twice or not at all are told apart", async () => {
    const table = await readTable(file("name,,name\na,b,c\n"), { header: true })
    expect(table.names).toEqual(["name", "Column 2", "name 2"])
  })

  test("a long file is read to its end, piece by piece, and only what a panel takes is kept", async () => {
    const shares: number[] = []
    const lines = Array.from({ length: MOST_ROWS + 40_000 }, (_, at) => `${at},some text in row ${at}`)
    const table = await readTable(file(`id,text\n${lines.join("\n")}`), { onProgress: (share) => shares.push(share) })
    expect(table.rows).toHaveLength(MOST_ROWS)
    expect(table.total).toBe(MOST_ROWS + 40_000)
    expect(shares.length).toBeGreaterThan(3)
    expect(shares.at(-1)).toBe(1)
  })

  test("letters of several bytes survive the cut between pieces, and a file of an old spreadsheet is read", async () => {
    const table = await readTable(file(`name,n\n${"Grüße,1\n".repeat(60_000)}`))
    expect(new Set(table.rows.map(([name]) => name))).toEqual(new Set(["Grüße"]))
    const old = new File([new Uint8Array([0x61, 0x2c, 0x62, 0x0a, 0xfc, 0x2c, 0x31, 0x0a])], "old.csv")
    expect((await readTable(old)).rows).toEqual([["ü", "1"]])
  })

  test("it stops when it is told to", async () => {
    const stop = new AbortController()
    const text = "a,b\n".repeat(300_000)
    const reading = readTable(file(text), { signal: stop.signal, onProgress: () => stop.abort() })
    await expect(reading).rejects.toMatchObject({ name: "AbortError" })
  })

  test("a file without lines is no table", async () => {
    await expect(readTable(file(" \n \n"))).rejects.toMatchObject({ message: "no list of rows" })
  })
})

describe("JSON", () => {
  test("a list of objects is a table, whatever fields each of them has", async () => {
    const table = await readTable(file('[{"a":1},{"b":{"c":true}}]', "x.json"))
    expect(table).toMatchObject({
      kind: "json",
      names: ["a", "b"],
      rows: [
        ["1", ""],
        ["", '{"c":true}'],
      ],
    })
  })

  test("an object that holds one list is that list", async () => {
    const table = await readTable(file('{"count":2,"items":[{"a":1},{"a":2}]}'))
    expect(table).toMatchObject({ kind: "json", total: 2 })
  })

  test("lines of JSON are read as a list", async () => {
    expect(await readTable(file('{"a":1}\n{"a":2}\n', "x.jsonl"))).toMatchObject({ names: ["a"], total: 2 })
  })

  test("where it stops being JSON is told by its line", async () => {
    await expect(readTable(file('[\n{"a":1},\n{"a":}\n]', "x.json"))).rejects.toMatchObject({ line: 3 })
  })

  test("a field called __proto__ is a column like another", async () => {
    const table = await readTable(file('[{"__proto__":"x","a":1}]', "x.json"))
    expect(table.names).toEqual(["__proto__", "a"])
    expect(table.rows).toEqual([["x", "1"]])
  })
})
