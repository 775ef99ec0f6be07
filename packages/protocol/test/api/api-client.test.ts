import { expect, test } from "vitest"
import { type ApiOptions, createApiClient, etagOf } from "../../src/api/api-client.ts"
import { askAssistant } from "../../src/api/assistant.ts"
import * as endpoints from "../../src/api/endpoints.ts"
import { toProblem } from "../../src/api/problem.ts"
import type { Failure } from "../../src/failure.ts"

interface Sent {
  readonly address: string
  readonly init: RequestInit
  readonly headers: Headers
}

/** A kernel that gives one answer after the other, the last one for good; it remembers what it was asked. */
function kernelAnswering(answers: readonly (() => Response)[], options: Partial<ApiOptions> = {}) {
  const sent: Sent[] = []
  const waits: number[] = []
  let keys = 0
  const client = createApiClient({
    url: "",
    token: async () => "token-1",
    newKey: () => {
      keys += 1
      return `key-${keys}`
    },
    wait: async (ms) => void waits.push(ms),
    fetch: async (address, init) => {
      sent.push({ address, init, headers: new Headers(init.headers) })
      const answer = answers[Math.min(sent.length, answers.length) - 1]
      if (!answer) throw new TypeError("fetch failed")
      return answer()
    },
    ...options,
  })
  return { ...client, sent, waits }
}

const problem = (failure: Failure, headers: HeadersInit = {}) => {
  const told = toProblem(failure)
  return () => Response.json(told, { status: told.status, headers })
}
const busy: Failure = { code: "unavailable", what: "The kernel", detail: "it is starting." }
const home = { id: "w", name: "Home", role: "owner", seq: 3, panels: 1 }
const commits = () => Response.json({ commits: [] })

test("a call fills the path, the query and the body, and carries the token", async () => {
  const { call, sent } = kernelAnswering([commits])
  await call(endpoints.listHistory, { query: { workspace: "ws_1", ref: "a&b" } })
  expect(sent[0]).toMatchObject({
    address: "/api/v1/workspace/history?workspace=ws_1&ref=a%26b",
    init: { method: "GET" },
  })
  expect(sent[0]?.headers.get("authorization")).toBe("Bearer token-1")
})

test("what is open to everybody goes without a token, which is not even asked for", async () => {
  const user = { id: "u", name: "Ada", email: "a@x.org" }
  const { call, sent } = kernelAnswering([() => Response.json({ accessToken: "t", expiresAt: 1, user })], {
    token: () => Promise.reject(new Error("it was asked for")),
  })
  await call(endpoints.login, { body: { email: "a@x.org", password: "secret12" } })
  expect(sent[0]?.headers.has("authorization")).toBe(false)
  expect(sent[0]?.init.body).toBe('{"email":"a@x.org","password":"secret12"}')
})

test("a path segment cannot break out of its place", async () => {
  const { call, sent } = kernelAnswering([() => Response.json({ members: [] })])
  await call(endpoints.listMembers, { params: { workspace: "a/../b?c" } })
  expect(sent[0]?.address).toBe("/api/v1/workspaces/a%2F..%2Fb%3Fc/members")
})

test("a problem is thrown as the failure it tells of, an unknown one with its sentence", async () => {
  const failure: Failure = { code: "forbidden", detail: "You may not.", role: "viewer", needed: "editor" }
  const { call } = kernelAnswering([problem(failure)])
  await expect(call(endpoints.listWorkspaces)).rejects.toMatchObject({ failure })
  const newer = { type: "urn:x", title: "New", status: 418, detail: "The pot is empty. Fill it.", code: "pot-empty" }
  const later = kernelAnswering([() => Response.json(newer, { status: 418 })])
  await expect(later.call(endpoints.listWorkspaces)).rejects.toThrow("The pot is empty. Fill it.")
})

test("a kernel that is away, or answers nonsense, is said in a sentence", async () => {
  const away = kernelAnswering([], { url: "http://x.test" })
  await expect(away.call(endpoints.listWorkspaces)).rejects.toThrow("it does not answer at http://x.test")
  const shapeless = kernelAnswering([() => Response.json({ workspaces: "many" })])
  await expect(shapeless.call(endpoints.listWorkspaces)).rejects.toThrow("its answer to listWorkspaces has a shape")
  const page = kernelAnswering([() => new Response("<h1>Bad gateway</h1>", { status: 502 })])
  await expect(page.call(endpoints.listWorkspaces)).rejects.toThrow("it answered 502")
})

test("reading is tried again, each time later, and no more than it was told", async () => {
  const { call, sent, waits } = kernelAnswering([problem(busy), problem(busy), commits])
  await expect(call(endpoints.listHistory, { query: { workspace: "w" } })).resolves.toEqual({ commits: [] })
  expect([sent.length, waits]).toEqual([3, [200, 400]])
  const twice = kernelAnswering([problem(busy)], { tries: 2 })
  await expect(twice.call(endpoints.listWorkspaces)).rejects.toMatchObject({ failure: busy })
  expect(twice.sent.length).toBe(2)
})

test("a POST is tried again under one key; a question has no key, a sign-in and a talk are asked once", async () => {
  const made = kernelAnswering([problem(busy), problem(busy)])
  await expect(made.call(endpoints.commitWorkspace, { body: { workspace: "w" } })).rejects.toThrow()
  expect(made.sent.map(({ headers }) => headers.get("idempotency-key"))).toEqual(["key-1", "key-1", "key-1", "key-1"])
  const asked = kernelAnswering([problem(busy)], { tries: 2 })
  await expect(
    asked.call(endpoints.queryGraph, { body: { workspace: "w", query: { find: "id", ids: ["p"] } } }),
  ).rejects.toThrow()
  expect(asked.sent.map(({ headers }) => headers.get("idempotency-key"))).toEqual([null, null])
  const once = kernelAnswering([problem(busy)])
  await expect(once.call(endpoints.login, { body: { email: "a@x.org", password: "secret12" } })).rejects.toThrow()
  await expect(once.open(askAssistant, { body: { workspace: "w", message: "Well?" } })).rejects.toThrow()
  expect(once.sent.length).toBe(2)
})

test("who is to come back much later is told so at once, who is to come back soon waits as long", async () => {
  const limited: Failure = { code: "rate-limited", retryAfterMs: 60_000 }
  const long = kernelAnswering([problem(limited, { "retry-after": "60" })])
  await expect(long.call(endpoints.listWorkspaces)).rejects.toMatchObject({ failure: limited })
  expect(long.waits).toEqual([])
  const short = kernelAnswering([problem(limited, { "retry-after": "2" }), commits])
  await short.call(endpoints.listHistory, { query: { workspace: "w" } })
  expect(short.waits).toEqual([2000])
})

test("who stops hears the reason, during a request and between two", async () => {
  const reason = new Error("enough")
  const stopping = new AbortController()
  const away = kernelAnswering([], { wait: async () => stopping.abort(reason) })
  await expect(away.call(endpoints.listWorkspaces, { signal: stopping.signal })).rejects.toBe(reason)
  expect(away.sent.length).toBe(1)
  const gone = kernelAnswering([], { tries: 1 })
  await expect(gone.call(endpoints.listWorkspaces, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test("an answer keeps the ETag it came with, and writing takes it along", async () => {
  const { call, sent } = kernelAnswering([() => Response.json(home, { headers: { etag: '"v1"' } })])
  const read = await call(endpoints.getWorkspace, { params: { workspace: "w" } })
  expect([etagOf(read), etagOf({ ...read })]).toEqual(['"v1"', undefined])
  await call(endpoints.renameWorkspace, { params: { workspace: "w" }, body: { name: "Home" }, ifMatch: etagOf(read) })
  expect(sent[1]?.headers.get("if-match")).toBe('"v1"')
})

test("bytes go as they are, by the way the request names, and an answer can be read as it comes", async () => {
  const bytes = new Blob(["zip"])
  const { call, open } = kernelAnswering([() => new Response("a long file", { headers: { "x-audit-head": "1:ab" } })])
  const sent: RequestInit[] = []
  await call(endpoints.importWorkspace, {
    bytes,
    fetch: async (_, init) => {
      sent.push(init)
      return Response.json(home)
    },
  })
  expect(sent[0]?.body).toBe(bytes)
  expect(new Headers(sent[0]?.headers).get("content-type")).toBe("application/octet-stream")
  const answer = await open(endpoints.exportWorkspaceAudit, { params: { workspace: "w" }, query: { format: "csv" } })
  expect([answer.headers.get("x-audit-head"), await answer.text()]).toEqual(["1:ab", "a long file"])
})
