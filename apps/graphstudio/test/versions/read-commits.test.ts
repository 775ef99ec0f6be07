import { type CommitSummary, createApiClient } from "@nexus/protocol"
import { expect, test } from "vitest"
import { readCommits } from "../../src/versions/read-commits.ts"

const history = Array.from(
  { length: 2500 },
  (_, n): CommitSummary => ({ id: `c${n}`, message: `No. ${n}`, at: n, author: "Ada", parents: [] }),
)

/** A kernel with a long history; its cursor is the number of the next commit. */
function kernel() {
  const asked: string[] = []
  const api = createApiClient({
    url: "",
    token: async () => "t",
    fetch: async (address) => {
      const { searchParams } = new URL(address, "http://x.test")
      asked.push(searchParams.toString())
      const from = Number(searchParams.get("cursor") ?? 0)
      const end = from + Number(searchParams.get("limit"))
      return Response.json({
        commits: history.slice(from, end),
        ...(end < history.length ? { next: String(end) } : {}),
      })
    },
  })
  return { api, asked }
}

test("older commits are read page by page, as many as are wanted and no more", async () => {
  const { api, asked } = kernel()
  const { commits, more } = await readCommits(api, { workspace: "w", limit: 1350, panel: "p" })
  expect([commits.length, new Set(commits.map(({ id }) => id)).size, more]).toEqual([2000, 2000, true])
  expect(asked).toEqual(["workspace=w&panel=p&limit=1000", "workspace=w&panel=p&limit=1000&cursor=1000"])
})

test("the first commit of all ends the list, and nothing older is offered", async () => {
  const { api } = kernel()
  const { commits, more } = await readCommits(api, { workspace: "w", limit: 4050 })
  expect([commits, more]).toEqual([history, false])
  expect(await readCommits(api, { workspace: "w", limit: 50 })).toMatchObject({ commits: { length: 50 }, more: true })
})
