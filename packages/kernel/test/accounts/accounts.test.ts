import { stat } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { loggedIn, withAccounts } from "./with-accounts.ts"

const ada = { email: "ada@example.org", name: "Ada", password: "correct horse battery" }
const unauthenticated = { failure: { code: "unauthenticated" } }
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

test("a person registers, signs in and is known by the access token", async () => {
  const world = await withAccounts()
  const { accounts } = world
  const registered = await accounts.register(ada)
  const signedIn = await loggedIn(accounts, ada)
  expect(signedIn.user).toEqual({ id: registered.user.id, name: "Ada", email: "ada@example.org" })
  expect(signedIn.expiresAt - world.clock.now).toBe(15 * MINUTE)
  expect(await accounts.authenticate(signedIn.accessToken)).toEqual({ user: signedIn.user, session: signedIn.session })
})

test("an address has one account", async () => {
  const world = await withAccounts()
  await world.accounts.register(ada)
  await expect(world.accounts.register({ ...ada, name: "Eve" })).rejects.toMatchObject({
    failure: { code: "conflict" },
  })
})

test("a wrong password and an unknown address give the same answer", async () => {
  const world = await withAccounts()
  await world.accounts.register(ada)
  const wrong = await world.accounts.login({ ...ada, password: "wrong horse battery" }).catch((error) => error)
  const unknown = await world.accounts.login({ ...ada, email: "eve@example.org" }).catch((error) => error)
  expect(wrong.failure).toEqual(unknown.failure)
  expect(wrong).toMatchObject(unauthenticated)
})

test("passwords are stored as argon2id, secrets only as hashes", async () => {
  const world = await withAccounts()
  const { accounts, database } = world
  const { user, refreshToken } = await accounts.register(ada)
  const code = await accounts.createSignInCode(user.id, DAY)
  const row = await database.user.findUniqueOrThrow({ where: { id: user.id } })
  expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const stored = JSON.stringify(
    [await database.refreshToken.findMany(), await database.signInCode.findMany()],
    (_, value) => (typeof value === "bigint" ? Number(value) : value),
  )
  expect(stored).not.toContain(refreshToken)
  expect(stored).not.toContain(code)
})

test("an access token ends after 15 minutes", async () => {
  const world = await withAccounts()
  const { accessToken } = await world.accounts.register(ada)
  world.clock.now += 15 * MINUTE + 1000
  await expect(world.accounts.authenticate(accessToken)).rejects.toMatchObject(unauthenticated)
})

test("the signing key is readable by its owner alone", async () => {
  const world = await withAccounts()
  expect((await stat(join(world.dir, "keys", "access.json"))).mode & 0o777).toBe(0o600)
})

test("a refresh token is good once", async () => {
  const world = await withAccounts()
  const first = await world.accounts.register(ada)
  const second = await world.accounts.refresh(first.refreshToken)
  expect(second.user).toEqual(first.user)
  expect(second.refreshToken).not.toBe(first.refreshToken)
  const third = await world.accounts.refresh(second.refreshToken)
  expect(await world.accounts.authenticate(third.accessToken)).toEqual({ user: first.user, session: first.session })
})

test("a refresh token used twice revokes its family and no other", async () => {
  const world = await withAccounts()
  const { accounts } = world
  const stolen = await accounts.register(ada)
  const other = await loggedIn(accounts, ada)
  const next = await accounts.refresh(stolen.refreshToken)
  await expect(accounts.refresh(stolen.refreshToken)).rejects.toMatchObject(unauthenticated)
  await expect(accounts.refresh(next.refreshToken)).rejects.toMatchObject(unauthenticated)
  expect((await accounts.refresh(other.refreshToken)).user).toEqual(other.user)
})

test("of ten trades of one refresh token at once at most one wins, and then the family is gone", async () => {
  const world = await withAccounts()
  const { accounts } = world
  const { refreshToken } = await accounts.register(ada)
  const trades = await Promise.allSettled(Array.from({ length: 10 }, () => accounts.refresh(refreshToken)))
  const won = trades.filter((trade) => trade.status === "fulfilled")
  expect(won.length).toBeLessThanOrEqual(1)
  for (const trade of won) {
    await expect(accounts.refresh(trade.value.refreshToken)).rejects.toMatchObject(unauthenticated)
  }
})

test("refresh tokens end after 30 days and at sign-out", async () => {
  const world = await withAccounts()
  const { accounts, clock } = world
  const old = await accounts.register(ada)
  clock.now += 30 * DAY + 1000
  await expect(accounts.refresh(old.refreshToken)).rejects.toMatchObject(unauthenticated)
  const left = await loggedIn(accounts, ada)
  await accounts.logout(left.refreshToken)
  await expect(accounts.refresh(left.refreshToken)).rejects.toMatchObject(unauthenticated)
  await accounts.logout("unknown")
})

test("a sign-in code is good once and for its time", async () => {
  const world = await withAccounts()
  const { accounts, clock } = world
  const owner = await accounts.localOwner()
  const code = await accounts.createSignInCode(owner.id, 10 * MINUTE)
  const late = await accounts.createSignInCode(owner.id, 10 * MINUTE)
  expect((await accounts.signInByLink(code)).user).toEqual(owner)
  await expect(accounts.signInByLink(code)).rejects.toMatchObject(unauthenticated)
  clock.now += 11 * MINUTE
  await expect(accounts.signInByLink(late)).rejects.toMatchObject(unauthenticated)
  await expect(accounts.signInByLink("never-made-this-code")).rejects.toMatchObject(unauthenticated)
})

test("the local owner is made once and may take a name", async () => {
  const world = await withAccounts()
  const owner = await world.accounts.localOwner()
  await world.accounts.rename(owner.id, "Grace")
  expect(await world.accounts.localOwner()).toEqual({ id: owner.id, name: "Grace", email: "" })
})

test("roles belong to one workspace", async () => {
  const world = await withAccounts()
  const { accounts, clock } = world
  const owner = await accounts.localOwner()
  const { user } = await accounts.register(ada)
  await accounts.addWorkspace("ws-one", owner.id)
  await accounts.addWorkspace("ws-two", owner.id)
  clock.now += MINUTE
  await accounts.setMember("ws-one", user.id, "viewer")
  expect(await accounts.roleOf(user.id, "ws-one")).toBe("viewer")
  expect(await accounts.roleOf(user.id, "ws-two")).toBeUndefined()
  expect(await accounts.workspacesOf(user.id)).toEqual([{ workspace: "ws-one", role: "viewer" }])
  expect((await accounts.membersOf("ws-one")).map(({ role }) => role)).toEqual(["owner", "viewer"])
  await accounts.removeMember("ws-one", user.id)
  expect(await accounts.roleOf(user.id, "ws-one")).toBeUndefined()
  await accounts.removeWorkspace("ws-two")
  expect(await accounts.workspaces()).toEqual(["ws-one"])
  expect(await accounts.roleOf(owner.id, "ws-two")).toBeUndefined()
})

test("a workspace keeps its last owner", async () => {
  const world = await withAccounts()
  const { accounts } = world
  const owner = await accounts.localOwner()
  const { user } = await accounts.register(ada)
  await accounts.addWorkspace("ws", owner.id)
  await expect(accounts.setMember("ws", owner.id, "viewer")).rejects.toMatchObject({ failure: { code: "conflict" } })
  await expect(accounts.removeMember("ws", owner.id)).rejects.toMatchObject({ failure: { code: "conflict" } })
  await accounts.setMember("ws", user.id, "owner")
  const left = await Promise.allSettled([
    accounts.setMember("ws", owner.id, "viewer"),
    accounts.setMember("ws", user.id, "viewer"),
  ])
  expect(left.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
})

test("a share makes members until it expires or is revoked, and never lowers a role", async () => {
  const world = await withAccounts()
  const { accounts, clock } = world
  const owner = await accounts.localOwner()
  const { user } = await accounts.register(ada)
  await accounts.addWorkspace("ws", owner.id)
  const offer = { workspace: "ws", role: "editor", by: owner.id, expiresAt: clock.now + DAY } as const
  const { code = "", id } = await accounts.createShare(offer)
  expect(await accounts.joinShare(code, user.id)).toEqual({ workspace: "ws", role: "editor" })
  expect(await accounts.joinShare(code, owner.id)).toEqual({ workspace: "ws", role: "owner" })
  expect(JSON.stringify(await accounts.sharesOf("ws"))).not.toContain(code)
  await accounts.revokeShare("ws", id)
  await expect(accounts.joinShare(code, user.id)).rejects.toMatchObject({ failure: { code: "not-found" } })
  const late = await accounts.createShare(offer)
  clock.now += 2 * DAY
  await expect(accounts.joinShare(late.code ?? "", user.id)).rejects.toMatchObject({ failure: { code: "not-found" } })
  expect(await accounts.sharesOf("ws")).toEqual([])
})

test("a link for other sites is looked in by until it ends, and nobody joins by it", async () => {
  const { accounts, clock } = await withAccounts()
  const owner = await accounts.localOwner()
  await accounts.addWorkspace("ws", owner.id)
  const offer = { workspace: "ws", role: "viewer", by: owner.id, expiresAt: clock.now + DAY } as const
  const embed = { embedHosts: ["https://example.org"], embedPanel: "p" }
  const { code = "", id } = await accounts.createShare({ ...offer, ...embed })
  const invite = await accounts.createShare(offer)
  expect(await accounts.lookIn(code)).toMatchObject({ embed: { id, workspace: "ws", panel: "p" } })
  expect(await accounts.sharesOf("ws")).toMatchObject([{ id, ...embed }, { id: invite.id }])
  expect(await accounts.embedHostsOf(id)).toEqual(embed.embedHosts)
  expect(await accounts.embedHostsOf(invite.id)).toBe(undefined)
  await expect(accounts.joinShare(code, owner.id)).rejects.toMatchObject({ failure: { code: "not-found" } })
  await expect(accounts.lookIn(invite.code ?? "")).rejects.toMatchObject({ failure: { code: "unauthenticated" } })
  expect([...(await accounts.endedAmong([id, invite.id]))]).toEqual([invite.id])
  clock.now += 2 * DAY
  expect([...(await accounts.endedAmong([id]))]).toEqual([id])
  await expect(accounts.lookIn(code)).rejects.toMatchObject({ failure: { code: "unauthenticated" } })
  expect(await accounts.embedHostsOf(id)).toEqual(embed.embedHosts)
})

test("many people at once do not get in each other's way", async () => {
  const world = await withAccounts()
  const { accounts } = world
  const owner = await accounts.localOwner()
  await accounts.addWorkspace("ws", owner.id)
  const tasks = Array.from({ length: 30 }, async () => {
    const { refreshToken, user } = await accounts.issue(owner.id)
    await accounts.refresh(refreshToken)
    const share = await accounts.createShare({
      workspace: "ws",
      role: "viewer",
      by: user.id,
      expiresAt: world.clock.now + DAY,
    })
    await accounts.joinShare(share.code ?? "", user.id)
    return accounts.roleOf(user.id, "ws")
  })
  expect(new Set(await Promise.all(tasks))).toEqual(new Set(["owner"]))
})
