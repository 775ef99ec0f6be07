import { type Api, createApi, createId, endpoints, Limits, pagesOf } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createMemoryRunRecords } from "../../src/records/memory-run-records.ts"
import type { RecordEntry } from "../../src/records/run-records.ts"
import { panel } from "../worlds.ts"
import { withHttp } from "./with-http.ts"

/** A workspace of Ada's, and what a list of it needs to grow. */
async function place() {
  const records = createMemoryRunRecords()
  const http = await withHttp({ records: { list: records.list, read: records.read } })
  const ada = await http.person("Ada")
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  const workspace: string = body.id
  const api = createApi({ url: http.url, token: async () => ada.token })
  const source = panel("Keeper", "", '<Capability type="kv" scope="*" reason="Keeps"/>')
  const keeper = await api.createPanel({ body: { workspace, source } })
  return { records, api, workspace, keeper: keeper.id, now: () => http.world.clock.now }
}
type Grown = Awaited<ReturnType<typeof place>>

interface List {
  /** Each item starts programs: a few must do. */
  readonly isSlow?: true
  /** Makes one more item. */
  add(place: Grown, n: number): Promise<unknown>
  /** The items of each page, told apart. */
  pages(api: Api, workspace: string, limit: string): AsyncIterable<readonly string[]>
}

async function* told<Answer>(pages: AsyncIterable<Answer>, names: (answer: Answer) => readonly string[]) {
  for await (const page of pages) yield names(page)
}
const ofWorkspace = (workspace: string, limit: string) => ({ params: { workspace }, query: { limit } })

const lists: Readonly<Record<string, List>> = {
  "recorded runs": {
    // Three begin in one millisecond.
    add: ({ records, workspace, now }, n) => records.put([turn(workspace, n, now() + Math.floor(n / 3))]),
    pages: (api, workspace, limit) =>
      told(pagesOf(api.listRunRecords, ofWorkspace(workspace, limit)), ({ runs }) => runs.map(({ run }) => run)),
  },
  "the audit of a workspace": {
    add: ({ api, workspace }) => api.createShare({ params: { workspace }, body: { role: "viewer" } }),
    pages: (api, workspace, limit) =>
      told(pagesOf(api.listWorkspaceAudit, ofWorkspace(workspace, limit)), ({ entries }) =>
        entries.map(({ n }) => String(n)),
      ),
  },
  "one's own audit": {
    add: ({ api }, n) => api.renameMe({ body: { name: `Ada ${n}` } }),
    pages: (api, _, limit) =>
      told(pagesOf(api.listMyAudit, { query: { limit } }), ({ entries }) => entries.map(({ n }) => String(n))),
  },
  "rights that were given and taken": {
    add: ({ api, workspace, keeper }, n) =>
      api.setGrant({
        params: { panel: keeper },
        query: { workspace },
        body: { grant: `kv:list${Math.floor(n / 2)}`, granted: n % 2 === 0 },
      }),
    pages: (api, workspace, limit) =>
      told(pagesOf(api.listGrants, ofWorkspace(workspace, limit)), ({ history }) =>
        history.map(({ seq, capability, granted }) => `${seq} ${capability} ${granted}`),
      ),
  },
  commits: {
    isSlow: true,
    add: async ({ api, workspace }, n) => {
      await api.renameWorkspace({ params: { workspace }, body: { name: `Home ${n}` } })
      await api.commitWorkspace({ body: { workspace, message: `Commit ${n}` } })
    },
    pages: (api, workspace, limit) =>
      told(pagesOf(api.listHistory, { query: { workspace, limit } }), ({ commits }) => commits.map(({ id }) => id)),
  },
  keys: {
    add: ({ api }, n) => api.createKey({ body: { name: `Key ${n}`, scope: "read" } }),
    pages: (api, _, limit) => told(pagesOf(api.listKeys, { query: { limit } }), ({ keys }) => keys.map(({ id }) => id)),
  },
  invitations: {
    add: ({ api, workspace }, n) =>
      api.createInvitation({ params: { workspace }, body: { email: `guest${n}@example.org`, role: "viewer" } }),
    pages: (api, workspace, limit) =>
      told(pagesOf(api.listInvitations, ofWorkspace(workspace, limit)), ({ invitations }) =>
        invitations.map(({ id }) => id),
      ),
  },
  "narrowed panels": {
    add: async ({ api, workspace }) => {
      const { id } = await api.createPanel({ body: { workspace, source: panel("Narrow", "") } })
      const body = { subject: { role: "viewer" }, level: "look" } as const
      await api.setNarrowing({ params: { workspace, panel: id }, body })
    },
    pages: (api, workspace, limit) =>
      told(pagesOf(api.listNarrowing, ofWorkspace(workspace, limit)), ({ rules }) => rules.map((rule) => rule.panel)),
  },
}

function turn(workspace: string, n: number, at: number): RecordEntry {
  const about = { title: "P", trigger: "event", line: 1, limits: Limits.parse({}), seed: 1, args: {} }
  const head = { panel: "p", handler: "h", source: "1", hash: "0", body: JSON.stringify(about), whole: true }
  const run = createId("run")
  return { kind: "turn", workspace, run, turn: 0, at, status: "finished", seq: n, body: "{}", head }
}

async function gathered(pages: AsyncIterable<readonly string[]>, between: (page: number) => Promise<void>) {
  const all: string[] = []
  let page = 0
  for await (const items of pages) {
    all.push(...items)
    page += 1
    await between(page)
  }
  return all
}

describe.each(Object.entries(lists))("the list of %s", (_, list) => {
  it("comes in pages that together are the whole, while more is added", async () => {
    const grown = await place()
    const { api, workspace } = grown
    const few = list.isSlow ? 3 : 7
    for (let n = 0; n < few; n += 1) await list.add(grown, n)
    const whole = await gathered(list.pages(api, workspace, "500"), async () => undefined)
    expect(whole.length).toBeGreaterThanOrEqual(few)
    let n = few
    for (const limit of list.isSlow ? ["2"] : ["1", "2", "3"]) {
      const before = await gathered(list.pages(api, workspace, "500"), async () => undefined)
      const paged = await gathered(list.pages(api, workspace, limit), async (page) => {
        if (page > (list.isSlow ? 1 : 2)) return
        await list.add(grown, n)
        n += 1
      })
      expect(new Set(paged).size).toBe(paged.length)
      expect(paged.filter((item) => before.includes(item))).toEqual(before)
    }
  })
})

it("a long list refuses a cursor that it never gave", async () => {
  const { api, workspace } = await place()
  const cursor = "nonsense"
  const refused = { failure: { code: "invalid-input", path: "query.cursor" } }
  await expect(api.listRunRecords({ params: { workspace }, query: { cursor } })).rejects.toMatchObject(refused)
  await expect(api.listWorkspaceAudit({ params: { workspace }, query: { cursor } })).rejects.toMatchObject(refused)
  await expect(api.listGrants({ params: { workspace }, query: { cursor } })).rejects.toMatchObject(refused)
  await expect(api.listHistory({ query: { workspace, cursor } })).rejects.toMatchObject(refused)
})

it("every list that may be long is asked for by limit and cursor", () => {
  /** Short by nature: a few of them, or bounded by what they are asked for. */
  const short = new Set([...["listBranches", "listRemotes", "listIdentities", "listSignInWays", "listStarts"]])
  const listing = Object.values(endpoints).filter(({ name }) => name.startsWith("list") && !short.has(name))
  for (const { name, query } of listing) {
    expect("shape" in query ? Object.keys(query.shape) : [], name).toEqual(expect.arrayContaining(["limit", "cursor"]))
  }
})
