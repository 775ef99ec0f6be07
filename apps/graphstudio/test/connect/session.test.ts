import { toProblem } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createSession } from "../../src/connect/session.ts"

const user = { id: "u1", name: "Ada", email: "ada@x.org" }

/** A kernel that signs in and renews; `now` is the clock of both sides. */
function world(options: { remembered?: boolean | string; refuse?: boolean; unreachable?: boolean } = {}) {
  const asked: string[] = []
  const forgotten: string[] = []
  const memory = new Map<string, string>(
    options.remembered ? [["nexus.signed-in", options.remembered === true ? "1" : options.remembered]] : [],
  )
  const state = { now: 0, issued: 0 }
  const waited: number[] = []
  const staying: string[] = []
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    const path = String(url).replace("/api/v1/auth/", "")
    asked.push(path)
    if (init?.keepalive) staying.push(path)
    if (path === "logout") return new Response(null, { status: 204 })
    if (options.unreachable) throw new TypeError("Failed to fetch")
    if (options.refuse) {
      return Response.json(toProblem({ code: "unauthenticated", detail: "No." }), { status: 401 })
    }
    state.issued += 1
    return Response.json({ accessToken: `token-${state.issued}`, expiresAt: state.now + 900_000, user })
  }
  const session = createSession({
    fetch,
    clock: () => state.now,
    memory: {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    },
    alone: (work) => work(),
    wait: async (ms) => {
      waited.push(ms)
      state.now += ms
    },
    forget: (id) => forgotten.push(id),
  })
  return { session, asked, memory, state, forgotten, waited, staying }
}

describe("who sits here", () => {
  it("a first visit asks nothing of the kernel", async () => {
    const { session, asked } = world()
    await session.resume()
    expect(asked).toEqual([])
    expect(session.store.getState().status).toBe("signed-out")
  })

  it("a visit that cannot reach the kernel shows whom it remembers, and asks again for a token", async () => {
    const { session, asked } = world({ remembered: JSON.stringify(user), unreachable: true })
    await session.resume()
    expect(session.store.getState()).toEqual({ status: "signed-in", user })
    await expect(session.token()).rejects.toMatchObject({ failure: { code: "unavailable" } })
    expect(asked).toEqual(["refresh", "refresh"])
  })

  it("a person whose session ended is signed out, whatever is remembered", async () => {
    const { session } = world({ remembered: JSON.stringify(user), refuse: true })
    await session.resume()
    expect(session.store.getState()).toEqual({ status: "signed-out", user: undefined })
  })

  it("the same person is the same object with every token, and signing out forgets what is kept of them", async () => {
    const { session, forgotten, memory } = world({ remembered: JSON.stringify(user) })
    await session.resume()
    const before = session.store.getState().user
    await session.signIn("ada@x.org", "pw")
    expect(session.store.getState().user).toBe(before)
    await session.signOut()
    expect(forgotten).toEqual(["u1"])
    expect(memory.size).toBe(0)
  })

  it("a later visit comes back by the cookie", async () => {
    const { session, asked } = world({ remembered: true })
    await session.resume()
    expect(asked).toEqual(["refresh"])
    expect(session.store.getState()).toMatchObject({ status: "signed-in", user })
    await session.signOut()
  })

  it("a cookie that no longer counts leads to the sign-in page and is not tried again", async () => {
    const { session, memory } = world({ remembered: true, refuse: true })
    await session.resume()
    expect(session.store.getState().status).toBe("signed-out")
    expect(memory.size).toBe(0)
  })

  it("a token about to end is renewed before it is given, once for all who ask", async () => {
    const { session, asked, state } = world()
    await session.signIn("ada@x.org", "secret12")
    expect(await session.token()).toBe("token-1")
    state.now = 899_000
    expect(await Promise.all([session.token(), session.token()])).toEqual(["token-2", "token-2"])
    expect(asked).toEqual(["login", "refresh"])
    await session.signOut()
  })

  it("a page that is left while it renews still gets its answer, and the page after it waits for that", async () => {
    const { session, asked, staying, waited, memory, state } = world({ remembered: true })
    state.now = 10_000
    memory.set("nexus.renewing", "9500")
    await session.resume()
    expect(waited).toEqual([1500])
    expect(asked).toEqual(["refresh"])
    expect(staying).toEqual(["refresh"])
    expect(memory.has("nexus.renewing")).toBe(false)
    await session.signOut()
  })

  it.each(["0", "2000", "900000", "soon"])("what a renewal left behind long ago holds nobody up: %s", async (begun) => {
    const { session, waited, memory, state } = world({ remembered: true })
    state.now = 10_000
    memory.set("nexus.renewing", begun)
    await session.resume()
    expect(waited).toEqual([])
    await session.signOut()
  })

  it("the same sign-in link is spent once", async () => {
    const { session, asked } = world()
    await Promise.all([session.signInByLink("code-code-code-1"), session.signInByLink("code-code-code-1")])
    expect(asked).toEqual(["link"])
    await session.signOut()
  })

  it("what the provider answered is sent once, however often the page asks", async () => {
    const { session, asked } = world()
    await Promise.all([session.signInByProvider("?code=1&state=2"), session.signInByProvider("?code=1&state=2")])
    expect(asked).toEqual(["provider/finish"])
    expect(session.store.getState().status).toBe("signed-in")
    await session.signOut()
  })

  it("signing out forgets everything", async () => {
    const { session, memory } = world()
    await session.signIn("ada@x.org", "secret12")
    await session.signOut()
    expect(session.store.getState()).toEqual({ status: "signed-out", user: undefined })
    expect(memory.size).toBe(0)
  })
})
