import { expect, test } from "vitest"
import type { Ended } from "../../src/accounts/endings.ts"
import { loggedIn, withAccounts } from "./with-accounts.ts"

const ada = { email: "ada@example.org", name: "Ada", password: "correct horse battery" }
const phone = { device: "Safari on iPhone", address: "203.0.113.0/24" }
const refused = { failure: { code: "unauthenticated" } }
const DAY = 24 * 60 * 60 * 1000

test("one's sessions are listed with where and when, the last used first", async () => {
  const { accounts, clock } = await withAccounts()
  const desk = await accounts.register(ada, { device: "Firefox on Linux", address: "this machine" })
  clock.now += 1000
  await accounts.login(ada, phone)
  clock.now += 1000
  await accounts.refresh(desk.refreshToken, { device: "Firefox on Linux", address: "198.51.100.0/24" })
  const sessions = await accounts.sessionsOf(desk.user.id, desk.session)
  expect(sessions.map(({ device, address, current }) => [device, address, current])).toEqual([
    ["Firefox on Linux", "198.51.100.0/24", true],
    ["Safari on iPhone", "203.0.113.0/24", false],
  ])
  expect(sessions[0]).toMatchObject({ method: "password", createdAt: clock.now - 2000, lastUsedAt: clock.now })
  clock.now += 31 * DAY
  expect(await accounts.sessionsOf(desk.user.id, undefined)).toEqual([])
})

test("a session that is ended is out at once: its access token, its refresh token, whoever listens", async () => {
  const { accounts } = await withAccounts()
  const ended: Ended[] = []
  accounts.onEnded((what) => ended.push(what))
  const desk = await accounts.register(ada)
  const lost = await loggedIn(accounts, ada)
  await accounts.endSession(desk.user.id, lost.session)
  await expect(accounts.authenticate(lost.accessToken)).rejects.toMatchObject(refused)
  await expect(accounts.refresh(lost.refreshToken)).rejects.toMatchObject(refused)
  expect((await accounts.authenticate(desk.accessToken)).session).toBe(desk.session)
  expect(ended).toEqual([{ user: desk.user.id, ids: [lost.session] }])
})

test("nobody ends another person's session", async () => {
  const { accounts } = await withAccounts()
  const desk = await accounts.register(ada)
  const eve = await accounts.register({ ...ada, email: "eve@example.org", name: "Eve" })
  const attempt = accounts.endSession(eve.user.id, desk.session)
  await expect(attempt).rejects.toMatchObject({ failure: { code: "not-found" } })
  expect((await accounts.authenticate(desk.accessToken)).session).toBe(desk.session)
})

test("signing out everywhere ends every session, also one that is being renewed meanwhile", async () => {
  const { accounts } = await withAccounts()
  const desk = await accounts.register(ada)
  const other = await loggedIn(accounts, ada)
  const [renewed] = await Promise.allSettled([
    accounts.refresh(other.refreshToken),
    accounts.logoutEverywhere(desk.user.id),
  ])
  const tokens = [desk, other, ...(renewed.status === "fulfilled" ? [renewed.value] : [])]
  for (const { accessToken } of tokens) await expect(accounts.authenticate(accessToken)).rejects.toMatchObject(refused)
  for (const { refreshToken } of tokens) await expect(accounts.refresh(refreshToken)).rejects.toMatchObject(refused)
})

test("a new password takes the old one, ends all other sessions and counts at once", async () => {
  const { accounts } = await withAccounts()
  const desk = await accounts.register(ada)
  const other = await loggedIn(accounts, ada)
  const wrong = accounts.changePassword(desk.user.id, {
    current: "wrong",
    password: "another horse",
    session: desk.session,
  })
  await expect(wrong).rejects.toMatchObject({ failure: { code: "invalid-input", path: "current" } })
  const change = { current: ada.password, password: "another horse battery", session: desk.session }
  expect(await accounts.changePassword(desk.user.id, change)).toBe(1)
  await expect(accounts.authenticate(other.accessToken)).rejects.toMatchObject(refused)
  expect((await accounts.authenticate(desk.accessToken)).user.name).toBe("Ada")
  await expect(accounts.login(ada)).rejects.toMatchObject(refused)
  expect((await loggedIn(accounts, { ...ada, password: change.password })).user.id).toBe(desk.user.id)
})
