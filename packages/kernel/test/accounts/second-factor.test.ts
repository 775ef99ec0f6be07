import { TOTP } from "otpauth"
import { expect, test } from "vitest"
import type { SignedIn } from "../../src/accounts/accounts.ts"
import { loggedIn, type TestAccounts, withAccounts } from "./with-accounts.ts"

const ada = { email: "ada@example.org", name: "Ada", password: "correct horse battery" }
const MINUTE = 60_000

async function enrolled(world: TestAccounts) {
  const { accounts, clock } = world
  const here = await accounts.register(ada)
  const { secret, uri } = await accounts.enrolSecondFactor(here.user.id, ada.password)
  const code = () => new TOTP({ secret }).generate({ timestamp: clock.now })
  const id = here.user.id
  return { here, id, secret, uri, code }
}

async function twoSteps(world: TestAccounts, code: string): Promise<SignedIn> {
  const step = await world.accounts.login(ada)
  if (!("challenge" in step)) throw new Error("no second step")
  return world.accounts.takeSecondStep({ challenge: step.challenge, code })
}

test("an authenticator counts when it has shown a right code, and from then on signing in takes two steps", async () => {
  const world = await withAccounts()
  const { accounts, clock } = world
  const { here, id, uri, code } = await enrolled(world)
  expect(uri).toMatch(
    /^otpauth:\/\/totp\/Nexus:ada%40example\.org\?issuer=Nexus&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
  )
  expect(await accounts.secondFactorOf(id)).toEqual({ left: 0 })
  const elsewhere = await loggedIn(accounts, ada)
  const wrong = accounts.confirmSecondFactor(id, "000000", here.session)
  await expect(wrong).rejects.toMatchObject({ failure: { code: "invalid-input" } })
  const { recoveryCodes } = await accounts.confirmSecondFactor(id, code(), here.session)
  expect(new Set(recoveryCodes).size).toBe(10)
  expect(await accounts.secondFactorOf(id)).toEqual({ since: clock.now, left: 10 })
  await expect(accounts.authenticate(elsewhere.accessToken)).rejects.toMatchObject({
    failure: { code: "unauthenticated" },
  })
  expect((await accounts.authenticate(here.accessToken)).user.id).toBe(id)
  clock.now += MINUTE
  expect((await twoSteps(world, code())).user.id).toBe(id)
})

test("a wrong password gives no hint that there is a second step", async () => {
  const world = await withAccounts()
  const { here, id, code } = await enrolled(world)
  await world.accounts.confirmSecondFactor(id, code(), here.session)
  const wrong = await world.accounts.login({ ...ada, password: "wrong horse battery" }).catch((error) => error)
  const unknown = await world.accounts.login({ ...ada, email: "eve@example.org" }).catch((error) => error)
  expect(wrong.failure).toEqual(unknown.failure)
})

test("a recovery code is good once, written as it is or with spaces and capitals", async () => {
  const world = await withAccounts()
  const { here, id, code } = await enrolled(world)
  const { recoveryCodes } = await world.accounts.confirmSecondFactor(id, code(), here.session)
  const [first = "", second = ""] = recoveryCodes
  await twoSteps(world, first)
  await expect(twoSteps(world, first)).rejects.toMatchObject({ failure: { code: "invalid-input" } })
  await twoSteps(world, second.toUpperCase().replaceAll("-", " "))
  expect((await world.accounts.secondFactorOf(id)).left).toBe(8)
})

test("new recovery codes end the old ones", async () => {
  const world = await withAccounts()
  const { here, id, code } = await enrolled(world)
  const { recoveryCodes } = await world.accounts.confirmSecondFactor(id, code(), here.session)
  world.clock.now += MINUTE
  const renewed = await world.accounts.renewRecoveryCodes(id, code())
  await expect(twoSteps(world, recoveryCodes[0] ?? "")).rejects.toMatchObject({ failure: { code: "invalid-input" } })
  expect((await twoSteps(world, renewed.recoveryCodes[0] ?? "")).user.id).toBe(id)
})

test("it is turned on with the password and off with password and code, and not replaced while it is on", async () => {
  const world = await withAccounts()
  const { accounts, clock } = world
  const { here, id, code } = await enrolled(world)
  const notMine = { failure: { code: "invalid-input", path: "password" } }
  await expect(accounts.enrolSecondFactor(id, undefined)).rejects.toMatchObject(notMine)
  await accounts.confirmSecondFactor(id, code(), here.session)
  await expect(accounts.enrolSecondFactor(id, ada.password)).rejects.toMatchObject({ failure: { code: "conflict" } })
  clock.now += MINUTE
  await expect(accounts.disableSecondFactor(id, { password: "wrong", code: code() })).rejects.toMatchObject(notMine)
  const noCode = accounts.disableSecondFactor(id, { password: ada.password, code: "000000" })
  await expect(noCode).rejects.toMatchObject({ failure: { code: "invalid-input", path: "code" } })
  await accounts.disableSecondFactor(id, { password: ada.password, code: code() })
  expect((await loggedIn(accounts, ada)).user.id).toBe(id)
})

test("the secret is sealed in the database, and opens for its own person alone", async () => {
  const world = await withAccounts()
  const { here, id, secret, code } = await enrolled(world)
  const { recoveryCodes } = await world.accounts.confirmSecondFactor(id, code(), here.session)
  const stored = JSON.stringify(
    [await world.database.secondFactor.findMany(), await world.database.recoveryCode.findMany()],
    (_, value) => (typeof value === "bigint" ? Number(value) : value),
  )
  expect(stored).not.toContain(secret)
  for (const recovery of recoveryCodes) expect(stored).not.toContain(recovery)

  const eve = await world.accounts.register({
    email: "eve@example.org",
    name: "Eve",
    password: "another horse battery",
  })
  await world.accounts.enrolSecondFactor(eve.user.id, "another horse battery")
  const mine = await world.database.secondFactor.findUniqueOrThrow({ where: { userId: id } })
  await world.database.secondFactor.update({ where: { userId: eve.user.id }, data: { secret: mine.secret } })
  await expect(world.accounts.confirmSecondFactor(eve.user.id, code(), undefined)).rejects.toThrow("another key")
})
