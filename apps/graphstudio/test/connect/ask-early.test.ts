// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest"

/*
 * The script that asks before the studio is here. Each test is a page that opens: both modules are loaded anew, and what
 * the kernel was asked is written down.
 */
const asked: string[] = []
let held: readonly string[] = []

beforeEach(() => {
  vi.resetModules()
  asked.length = 0
  localStorage.clear()
  vi.stubGlobal("fetch", async (address: string, { method = "GET", body, headers }: RequestInit) => {
    const bearer = new Headers(headers).get("authorization") ?? ""
    asked.push([method, address, body ?? "", bearer].filter(Boolean).join(" "))
    return Response.json({ accessToken: "t1" })
  })
  held = []
  vi.stubGlobal("navigator", {
    locks: {
      request: async (name: string, work: () => Promise<void>) => {
        held = [...held, name]
        await work()
      },
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

async function opensAt(href: string) {
  window.location.href = `http://localhost${href}`
  await import("../../src/connect/ask-early.ts")
  const { withEarly } = await import("../../src/connect/asked-early.ts")
  return withEarly(async (address) => {
    asked.push(`anew ${address}`)
    return Response.json({})
  })
}

const LINK = 'POST /api/v1/auth/link {"code":"c/1"}'
const REFRESH = "POST /api/v1/auth/refresh {}"
const LIST = "GET /api/v1/workspaces Bearer t1"

test("a sign-in link is traded and the workspaces are asked for, once in all", async () => {
  const fetch = await opensAt("/#/sign-in/c%2F1")
  await expect.poll(() => asked).toEqual([LINK, LIST])
  const headers = { "content-type": "application/json" }
  const answer = await fetch("/api/v1/auth/link", { method: "POST", headers, body: '{"code":"c/1"}' })
  expect(await answer.json()).toEqual({ accessToken: "t1" })
  await fetch("/api/v1/workspaces", { method: "GET" })
  expect(asked).toEqual([LINK, LIST])
  await fetch("/api/v1/workspaces", { method: "GET" })
  expect(asked).toEqual([LINK, LIST, "anew /api/v1/workspaces"])
})

test("a link that was traded is not lost when the studio is long on its way, and the list is read anew", async () => {
  vi.useFakeTimers()
  const fetch = await opensAt("/#/sign-in/c%2F1")
  await vi.advanceTimersByTimeAsync(60_000)
  const answer = await fetch("/api/v1/auth/link", { method: "POST", body: '{"code":"c/1"}' })
  await fetch("/api/v1/workspaces", { method: "GET" })
  vi.useRealTimers()
  expect(await answer.json()).toEqual({ accessToken: "t1" })
  expect(asked).toEqual([LINK, LIST, "anew /api/v1/workspaces"])
})

test("who was here gets a new token under the lock, and at home the workspaces", async () => {
  localStorage.setItem("nexus.signed-in", "{}")
  await opensAt("/")
  await expect.poll(() => asked).toEqual([REFRESH, LIST])
  expect(held).toEqual(["nexus-refresh"])
  await expect.poll(() => localStorage.getItem("nexus.renewing")).toBeNull()
})

test("on the way to one workspace the list is not asked for", async () => {
  localStorage.setItem("nexus.signed-in", "{}")
  await opensAt("/#/w/ws_1")
  await expect.poll(() => localStorage.getItem("nexus.renewing")).toBeNull()
  expect(asked).toEqual([REFRESH])
})

test("a cookie whose renewal may still be on its way is left to the session, which waits", async () => {
  localStorage.setItem("nexus.signed-in", "{}")
  localStorage.setItem("nexus.renewing", String(Date.now() - 500))
  await opensAt("/")
  await expect.poll(() => held).toEqual(["nexus-refresh"])
  expect(asked).toEqual([])
  expect(localStorage.getItem("nexus.renewing")).not.toBeNull()
})

test("whoever was never here is not asked about", async () => {
  await opensAt("/")
  expect([asked, held]).toEqual([[], []])
})
