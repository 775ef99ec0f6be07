import { createApiClient } from "@nexus/protocol"
import { expect, test } from "vitest"
import { readRuns } from "../../src/operator/read-runs.ts"

/** Kernels of so many workspaces, each with so many runs; a cursor is the number of the next one. */
function kernel(runsOf: Readonly<Record<string, number>>) {
  const asked: string[] = []
  const api = createApiClient({
    url: "",
    token: async () => "t",
    fetch: async (address) => {
      const { pathname, searchParams } = new URL(address, "http://x.test")
      const workspace = /workspaces\/(\w+)\//.exec(pathname)?.[1] ?? ""
      asked.push(workspace)
      const count = runsOf[workspace]
      if (count === undefined) return Response.json({ code: "forbidden", detail: "No." }, { status: 403 })
      const from = Number(searchParams.get("cursor") ?? 0)
      const end = Math.min(count, from + Number(searchParams.get("limit")))
      const runs = Array.from({ length: end - from }, (_, index) => run(workspace, from + index))
      const more = end < count
      return Response.json({ runs, more, ...(more ? { next: String(end) } : {}) })
    },
  })
  return { api, asked }
}

const run = (workspace: string, index: number) => ({
  ...{ run: `run_${workspace}_${index}`, panel: "panel_p", title: "Groceries", handler: "add", trigger: "event" },
  ...{ at: 1_000_000 - index, status: "finished", turns: 1, seq: 0, cut: false },
})
const listed = (...ids: string[]) => ids.map((id) => ({ id }))

test("the newest runs of each workspace come first, and who has older ones is told", async () => {
  const { api } = kernel({ a: 120, b: 50 })
  const read = await readRuns(api, listed("a", "b"), { since: undefined, reach: 1 })
  expect([read.runs.length, read.further, read.unasked]).toEqual([100, ["a"], 0])
})

test("asked for more, each goes further back, until nothing older is left", async () => {
  const { api } = kernel({ a: 620 })
  const reach = async (of: number) => {
    const { runs, further } = await readRuns(api, listed("a"), { since: undefined, reach: of })
    return [new Set(runs.map((one) => one.run)).size, further.length]
  }
  expect(await reach(2)).toEqual([100, 1])
  expect(await reach(11)).toEqual([620, 0])
})

test("of very many workspaces those behind the first are counted, and asked at the next reach", async () => {
  const names = Array.from({ length: 45 }, (_, index) => `w${index}`)
  const { api, asked } = kernel(Object.fromEntries(names.map((name) => [name, 1])))
  expect(await readRuns(api, listed(...names), { since: undefined, reach: 1 })).toMatchObject({ unasked: 15 })
  expect(asked).toHaveLength(30)
  const read = await readRuns(api, listed(...names), { since: undefined, reach: 2 })
  expect([read.runs.length, read.unasked]).toEqual([45, 0])
})

test("a workspace that refuses is left out, and the others are there", async () => {
  const { api } = kernel({ a: 3 })
  const { runs } = await readRuns(api, listed("closed", "a"), { since: undefined, reach: 1 })
  expect(runs).toHaveLength(3)
})
