import { endpoints, toProblem } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { type ApiError, createApi, fillPath, queryText } from "../../src/connect/api.ts"

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

/** A kernel of one answer; it remembers what it was asked. */
function kernelAnswering(answer: () => Response) {
  const sent: Sent[] = []
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    sent.push({ url: String(url), init })
    return answer()
  }
  return { sent, api: createApi({ fetch, token: async () => "token-1" }) }
}

describe("calls to the kernel", () => {
  it("fill the path, the query and the body, and carry the token", async () => {
    const { api, sent } = kernelAnswering(() => Response.json({ commits: [] }))
    await api.call(endpoints.listHistory, { query: { workspace: "ws_1" } })
    expect(sent[0]?.url).toBe("/api/v1/workspace/history?workspace=ws_1")
    expect(new Headers(sent[0]?.init.headers).get("authorization")).toBe("Bearer token-1")
    expect(sent[0]?.init.method).toBe("GET")
  })

  it("public endpoints go without a token", async () => {
    const user = { id: "u", name: "Ada", email: "a@x.org" }
    const { api, sent } = kernelAnswering(() => Response.json({ accessToken: "t", expiresAt: 1, user }))
    await api.call(endpoints.login, { body: { email: "a@x.org", password: "secret12" } })
    expect(new Headers(sent[0]?.init.headers).get("authorization")).toBeNull()
    expect(sent[0]?.init.body).toBe('{"email":"a@x.org","password":"secret12"}')
  })

  it("a path segment cannot break out of its place", () => {
    expect(fillPath("/workspaces/{workspace}/members", { workspace: "a/../b?c" })).toBe(
      "/workspaces/a%2F..%2Fb%3Fc/members",
    )
    expect(queryText({ a: "1&2", none: undefined })).toBe("?a=1%262")
    expect(queryText({})).toBe("")
  })

  it("a problem becomes an error with its sentence and code", async () => {
    const failure = { code: "forbidden" as const, detail: "You may not.", role: "viewer", needed: "editor" }
    const { api } = kernelAnswering(() => Response.json(toProblem(failure), { status: 403 }))
    const error = await api.call(endpoints.listWorkspaces).catch((caught: ApiError) => caught)
    expect(error).toMatchObject({ status: 403, code: "forbidden" })
    expect((error as ApiError).message).toContain("ask an owner")
  })

  it("a kernel that is away, or answers nonsense, is said in a sentence", async () => {
    const away = createApi({ fetch: () => Promise.reject(new TypeError("fetch failed")), token: async () => undefined })
    await expect(away.call(endpoints.listWorkspaces)).rejects.toMatchObject({ code: "unreachable" })
    const { api } = kernelAnswering(() => Response.json({ workspaces: "many" }))
    await expect(api.call(endpoints.listWorkspaces)).rejects.toMatchObject({ code: "shape" })
    const html = kernelAnswering(() => new Response("<h1>Bad gateway</h1>", { status: 502, statusText: "Bad Gateway" }))
    await expect(html.api.call(endpoints.listWorkspaces)).rejects.toMatchObject({ code: "http", status: 502 })
  })
})
