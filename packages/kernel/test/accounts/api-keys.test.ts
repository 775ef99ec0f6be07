import { expect, test } from "vitest"
import type { Ended } from "../../src/accounts/endings.ts"
import { roleUnder } from "../../src/accounts/scopes.ts"
import { withAccounts } from "./with-accounts.ts"

const ada = { email: "ada@example.org", name: "Ada", password: "correct horse battery" }
const refused = { failure: { code: "unauthenticated" } }
const DAY = 24 * 60 * 60 * 1000

test("a key is shown once, stored hashed, and recognised by its first characters", async () => {
  const { accounts, database, clock } = await withAccounts()
  const { user } = await accounts.register(ada)
  const { key, ...made } = await accounts.createKey(user.id, { name: "CI", scope: "read" })
  expect(key).toMatch(/^nxk_[\w-]{43}$/)
  expect(made).toEqual({ id: made.id, name: "CI", scope: "read", prefix: key.slice(0, 12), createdAt: clock.now })
  expect(await accounts.keysOf(user.id)).toEqual([made])
  const stored = JSON.stringify(await database.apiKey.findMany(), (_, value) => (typeof value === "bigint" ? 0 : value))
  expect(stored).not.toContain(key.slice(12))
})

test("a key speaks for its person, and tells when it was last used", async () => {
  const { accounts, clock } = await withAccounts()
  const { user } = await accounts.register(ada)
  const { key, id } = await accounts.createKey(user.id, { name: "CI", scope: "write", workspaces: ["ws-one"] })
  expect(await accounts.authenticate(key)).toEqual({ user, key: { id, scope: "write", workspaces: ["ws-one"] } })
  clock.now += 10 * 60_000
  await accounts.authenticate(key)
  expect((await accounts.keysOf(user.id))[0]?.lastUsedAt).toBe(clock.now)
})

test("a key ends when it is revoked, when its time is over, and is not ended by others", async () => {
  const { accounts, clock } = await withAccounts()
  const ended: Ended[] = []
  accounts.onEnded((what) => ended.push(what))
  const { user } = await accounts.register(ada)
  const eve = await accounts.register({ ...ada, email: "eve@example.org" })
  const gone = await accounts.createKey(user.id, { name: "gone", scope: "read" })
  const short = await accounts.createKey(user.id, { name: "short", scope: "read", expiresAt: clock.now + DAY })
  await expect(accounts.revokeKey(eve.user.id, gone.id)).rejects.toMatchObject({ failure: { code: "not-found" } })
  await accounts.revokeKey(user.id, gone.id)
  await expect(accounts.authenticate(gone.key)).rejects.toMatchObject(refused)
  expect(ended).toEqual([{ user: user.id, ids: [gone.id] }])
  expect((await accounts.authenticate(short.key)).user.id).toBe(user.id)
  const { session } = await accounts.issue(user.id)
  expect([...(await accounts.endedAmong([gone.id, short.id, session, "of_nobody"]))]).toEqual([gone.id, "of_nobody"])
  clock.now += DAY
  expect([...(await accounts.endedAmong([gone.id, short.id, session]))]).toEqual([gone.id, short.id])
  await expect(accounts.authenticate(short.key)).rejects.toMatchObject(refused)
  await expect(accounts.authenticate(`${short.key.slice(0, -1)}-`)).rejects.toMatchObject(refused)
})

test("a key narrows a role and never widens it", () => {
  const user = { id: "ada", name: "Ada", email: "" }
  const under = (
    scope: "read" | "write" | "admin",
    role: "owner" | "editor" | "viewer" | undefined,
    workspace = "ws",
  ) => roleUnder({ user, key: { id: "k", scope, workspaces: ["ws"] } }, workspace, role)
  expect((["owner", "editor", "viewer", undefined] as const).map((role) => under("read", role))).toEqual([
    "viewer",
    "viewer",
    "viewer",
    undefined,
  ])
  expect((["owner", "editor", "viewer", undefined] as const).map((role) => under("write", role))).toEqual([
    "editor",
    "editor",
    "viewer",
    undefined,
  ])
  expect((["owner", "editor", "viewer", undefined] as const).map((role) => under("admin", role))).toEqual([
    "owner",
    "editor",
    "viewer",
    undefined,
  ])
  expect(under("admin", "owner", "another")).toBeUndefined()
  expect(roleUnder({ user }, "ws", "owner")).toBe("owner")
})
