import { type ChildProcess, spawn } from "node:child_process"
import { stat } from "node:fs/promises"
import { request } from "node:http"
import { Readable } from "node:stream"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type ChdbProcess, startChdb } from "../../src/serve/chdb-process.ts"
import { temporaryFolder, until } from "../real-store.ts"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let chdb: ChdbProcess | undefined
let reason = ""
const events: string[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
  const told = { onCrash: () => events.push("crash"), onReady: () => events.push("ready") }
  chdb = await startChdb({ dataDir: folder.path, log: () => {}, ...told }).catch((error: Error) => {
    reason = error.message
    return undefined
  })
})
afterAll(async () => {
  await chdb?.close()
  await folder.remove()
})

/** A test of the running engine; on a platform without one it asserts that the start said why. */
function onChdb(title: string, test: (client: ClickHouseClient, chdb: ChdbProcess) => Promise<void>): void {
  it(title, async () => {
    if (!chdb) {
      expect(reason).not.toBe("")
      return
    }
    const { agent, ...address } = chdb.address
    const client = createClient({ ...address, http_agent: agent, log: { level: ClickHouseLogLevel.OFF } })
    try {
      await test(client, chdb)
    } finally {
      await client.close()
    }
  })
}

async function rowsOf(client: ClickHouseClient, query: string, settings = {}): Promise<unknown[]> {
  const answer = await client.query({ query, format: "JSONEachRow", clickhouse_settings: settings })
  return await answer.json()
}

describe("chDB in its own process", () => {
  onChdb("answers the stock client's ping and queries in any format", async (client) => {
    expect(await client.ping()).toMatchObject({ success: true })
    expect(await client.ping({ select: true })).toMatchObject({ success: true })
    expect(await rowsOf(client, "SELECT 1 AS one")).toEqual([{ one: 1 }])
    const csv = await client.query({ query: "SELECT 1, 'a'", format: "CSVWithNames" })
    expect(await csv.text()).toBe('"1","\'a\'"\n1,"a"\n')
    const json = await client.query({ query: "SELECT 2 AS two", format: "JSON" })
    expect(await json.json()).toMatchObject({ data: [{ two: 2 }], rows: 1 })
  })

  onChdb("binds parameters without putting them into the text", async (client) => {
    const values = { text: "a'b\n\t\\ {x:String}", list: ["q'", "\\"], number: 42, nothing: null }
    const query =
      "SELECT {text:String} AS text, {list:Array(String)} AS list, {number:UInt8} AS number, {nothing:Nullable(String)} AS nothing"
    for (const use_multipart_params of [false, true]) {
      const answer = await client.query({ query, query_params: values, format: "JSONEachRow", use_multipart_params })
      expect(await answer.json()).toEqual([values])
    }
  })

  onChdb("keeps one query's settings and parameters from the next", async (client) => {
    const setting = "SELECT getSetting('max_threads') AS threads"
    const [before] = await rowsOf(client, setting)
    expect(await rowsOf(client, setting, { max_threads: 7 })).toEqual([{ threads: 7 }])
    expect(await rowsOf(client, setting)).toEqual([before])
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const query = "SELECT {n:UInt8} AS n, getSetting('max_block_size') AS size"
        const settings = { max_block_size: String(1000 + index) }
        const answer = await client.query({
          query,
          query_params: { n: index },
          format: "JSONEachRow",
          clickhouse_settings: settings,
        })
        expect(await answer.json()).toEqual([
          { n: index, size: expect.toSatisfy((size) => Number(size) === 1000 + index) },
        ])
      }),
    )
    await expect(rowsOf(client, "SELECT {n:UInt8}")).rejects.toThrow("Substitution")
  })

  onChdb("takes rows as JSON and as binary, zero bytes and quotes included", async (client) => {
    await client.command({ query: "CREATE TABLE rows (n UInt64, s String) ENGINE = MergeTree ORDER BY n" })
    const awkward = "a'b\"\\ \n; DROP TABLE rows -- é\u0000z"
    const { summary } = await client.insert({
      table: "rows",
      values: [
        { n: 1, s: awkward },
        { n: 2, s: "" },
      ],
      format: "JSONEachRow",
    })
    expect(summary?.written_rows).toBe("2")
    const binary = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 3, 0x61, 0x00, 0x0a])
    const sent = await client.exec({
      query: "INSERT INTO rows FORMAT RowBinary",
      values: Readable.from([binary]),
    } as never)
    await text(sent.stream)
    const rows = await rowsOf(client, "SELECT n, s FROM rows ORDER BY n")
    expect(rows.slice(0, 2)).toMatchObject([{ s: awkward }, { s: "" }])
    expect(rows.slice(2)).toMatchObject([{ s: "a\u0000\n" }])
    await client.insert({ table: "rows", values: [], format: "JSONEachRow" })
    await expect(client.insert({ table: "rows", values: [{ n: "x" }], format: "JSONEachRow" })).rejects.toThrow()
  })

  onChdb("answers errors with ClickHouse's own code", async (client) => {
    const failed: unknown = await rowsOf(client, "SELECT nope").catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: "47", type: "UNKNOWN_IDENTIFIER" })
    await expect(rowsOf(client, "SELEC 1")).rejects.toMatchObject({ type: "SYNTAX_ERROR" })
    await expect(rowsOf(client, "SELECT sleepEachRow(1) FROM numbers(3)", { max_execution_time: 1 })).rejects.toThrow()
    expect(await rowsOf(client, "SELECT 1 AS alive")).toEqual([{ alive: 1 }])
  })

  onChdb(
    "listens on no port, in a folder of this user alone, and asks for a password",
    async (_client, { address }) => {
      const { socketPath } = address
      expect((await stat(fileURLToPath(new URL(".", `file://${socketPath}`)))).mode & 0o077).toBe(0)
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const asked = request({ socketPath, path: "/?query=SELECT%201", auth: "nexus:wrong" }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        asked.on("error", reject).end()
      })
      expect(status).toBe(401)
    },
  )

  onChdb("starts again after kill -9, with what was written", async (client, process_) => {
    await client.command({ query: "CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n" })
    await client.insert({ table: "kept", values: [{ n: 1 }], format: "JSONEachRow" })
    const { pid } = process_
    if (pid !== undefined) process.kill(pid, "SIGKILL")
    await until(() => events.length >= 3)
    expect(events).toEqual(["ready", "crash", "ready"])
    expect(process_.pid).not.toBe(pid)
    expect(await rowsOf(client, "SELECT n FROM kept")).toEqual([{ n: 1 }])
  })

  it("ends when its parent is killed", async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL("./parent.ts", import.meta.url)), folder.path], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    const line = await firstLine(parent)
    if (line === "none") return
    const pid = Number(line)
    expect(isAlive(pid)).toBe(true)
    parent.kill("SIGKILL")
    await until(() => !isAlive(pid))
  })

  it("refuses to start on a folder that cannot hold data, and says so", async () => {
    const starting = startChdb({ dataDir: "/dev/null/nowhere", log: () => {} })
    await expect(starting).rejects.toThrow()
  })
})

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk).trim()
  return "none"
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
