import { once } from "node:events"
import { createServer } from "node:http"
import { Limits, type RunRecord, type RunRecordSummary } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openRecordedRuns } from "../src/recorded-runs.ts"

const RUNS = 1203

/* A server with many runs that began in the same millisecond; its cursor is the number of the next one. */
const asked: string[] = []
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://x.test")
  const [, one] = /\/runs\/run_(\d+)\/record$/.exec(pathname) ?? []
  const answer = one === undefined ? pageOf(searchParams) : recordOf(Number(one))
  response.setHeader("content-type", "application/json").end(JSON.stringify(answer))
})

function pageOf(query: URLSearchParams) {
  asked.push(query.toString())
  const from = Number(query.get("cursor") ?? 0)
  const end = Math.min(RUNS, from + Number(query.get("limit")))
  const runs = Array.from({ length: end - from }, (_, n) => summaryOf(from + n))
  return { runs, more: end < RUNS, ...(end < RUNS ? { next: String(end) } : {}) }
}

function summaryOf(n: number): RunRecordSummary {
  const what = { panel: "p", title: "P", handler: "go", trigger: "event", status: "finished" } as const
  return { ...what, run: `run_${n}`, at: 1000, turns: 1, seq: n, cut: false }
}

function recordOf(n: number): RunRecord {
  const code = { source: "return 1", line: 1, limits: Limits.parse({}), seed: 1, args: null }
  return { ...summaryOf(n), ...code, redacted: false, steps: [] }
}

beforeAll(async () => {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test("the runs of a server are read to the last page, also those of one millisecond", async () => {
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the server has no port")
  const place = { data: "", server: `http://127.0.0.1:${address.port}`, workspace: "w", token: "t" }
  const records = openRecordedRuns(io(), "replay", place)
  const found = await records.list({ limit: 2, since: 500, isWanted: ({ seq }) => seq >= RUNS - 2 })
  expect(found.map(({ run }) => run)).toEqual(["run_1201", "run_1202"])
  expect(asked).toEqual(["limit=500&since=500", "limit=500&since=500&cursor=500", "limit=500&since=500&cursor=1000"])
  await records.close()
})

function io() {
  const nothing = () => Promise.reject(new Error("nothing is read here"))
  return {
    ...{ out: () => undefined, err: () => undefined, read: nothing, readBytes: nothing, write: nothing, env: {} },
    stopped: new Promise<void>(() => undefined),
    streams: { input: process.stdin, output: process.stdout },
  }
}
