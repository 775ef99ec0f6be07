import { TOTP } from "otpauth"
import { expect, onTestFinished, test, vi } from "vitest"
import type { Accounts, SignedIn } from "../../src/accounts/accounts.ts"
import type { ProviderPolicy } from "../../src/accounts/external-identities.ts"
import { loggedIn, type TestAccounts, withAccounts } from "../accounts/with-accounts.ts"
import { createLocalProvider, type LocalProvider, throughProvider } from "./local-provider.ts"

/* Against a real provider (oidc-provider) on a free port. It says on the console that it is one for trying out. */
vi.spyOn(console, "info").mockImplementation(() => {})
vi.spyOn(console, "warn").mockImplementation(() => {})

const STUDIO = "https://nexus.example.org"
const CALLBACK = `${STUDIO}/sign-in/callback`
const ada = { email: "ada@example.org", name: "Ada", password: "correct horse battery" }
const ADA_THERE = { sub: "248", name: "Ada L.", email: "Ada@Example.org", email_verified: true }
const refused = { failure: { code: "unauthenticated" } }

interface World extends TestAccounts {
  readonly provider: LocalProvider
}

async function withProvider(policy: Partial<ProviderPolicy> = {}): Promise<World> {
  const provider = await createLocalProvider(() => [STUDIO])
  onTestFinished(() => provider.close())
  const { issuer, clientId, clientSecret } = provider
  const settings = { issuer, clientId, clientSecret, label: "Sign in with Example" }
  const world = await withAccounts({
    provider: { ...settings, domains: [], createAccounts: true, linkByAddress: false, ...policy },
  })
  world.clock.now = Date.now()
  return { ...world, provider }
}

/** The whole journey: to the provider and back. */
async function comeBack({ accounts }: { readonly accounts: Accounts }, userId?: string) {
  const { url, memo } = await accounts.beginProvider(CALLBACK, userId)
  return { memo, answer: (await throughProvider(url)).search }
}

async function signInThere(world: World): Promise<SignedIn> {
  const result = await world.accounts.signInByProvider(await comeBack(world))
  if ("challenge" in result) throw new Error("a second step is needed")
  return result
}

test("whoever comes for the first time gets an account, and the same one the next time", async () => {
  const world = await withProvider()
  world.provider.person = ADA_THERE
  const first = await signInThere(world)
  expect(first.user).toMatchObject({ name: "Ada L.", email: "ada@example.org" })
  expect((await world.accounts.authenticate(first.accessToken)).session).toBe(first.session)
  world.provider.person = { ...ADA_THERE, email: "countess@example.org" }
  expect((await signInThere(world)).user).toEqual(first.user)
  const [session] = await world.accounts.sessionsOf(first.user.id, undefined)
  expect(session?.method).toBe("provider")
})

test("the request has state, nonce, PKCE and our one address, and no token of theirs is kept", async () => {
  const world = await withProvider()
  world.provider.person = ADA_THERE
  const { url, memo } = await world.accounts.beginProvider(CALLBACK)
  const asked = Object.fromEntries(new URL(url).searchParams)
  expect(asked).toMatchObject({ response_type: "code", code_challenge_method: "S256", redirect_uri: CALLBACK })
  expect([asked.state, asked.nonce, asked.code_challenge].every((value) => (value ?? "").length >= 43)).toBe(true)
  for (const secret of [asked.state, asked.nonce, "verifier"]) expect(memo).not.toContain(secret)
  await world.accounts.signInByProvider({ memo, answer: (await throughProvider(url)).search })
  expect(world.provider.issued).toContain("access token")
  const rows = await world.database.externalIdentity.findMany()
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(["createdAt", "email", "issuer", "lastUsedAt", "subject", "userId"])
})

test("an account that has the address already is not given away: it is connected by who is signed in to it", async () => {
  const world = await withProvider()
  const { accounts } = world
  world.provider.person = ADA_THERE
  const { user } = await accounts.register(ada)
  await expect(signInThere(world)).rejects.toMatchObject({ failure: { code: "conflict" } })
  const identity = await accounts.connectProvider(user.id, await comeBack(world, user.id))
  expect(identity).toMatchObject({ issuer: world.provider.issuer, email: "ada@example.org" })
  expect((await signInThere(world)).user.id).toBe(user.id)
  expect((await loggedIn(accounts, ada)).user.id).toBe(user.id)
})

test("by address, where the operator says so, it joins, and whoever made the account before is out", async () => {
  const world = await withProvider({ linkByAddress: true })
  const { accounts } = world
  const squatter = await accounts.register(ada)
  const { key } = await accounts.createKey(squatter.user.id, { name: "a way back", scope: "admin" })
  world.provider.person = { ...ADA_THERE, email_verified: false }
  expect((await signInThere(world)).user).toMatchObject({ email: "" })
  world.provider.person = { ...ADA_THERE, sub: "249" }
  expect((await signInThere(world)).user.id).toBe(squatter.user.id)
  await expect(accounts.login(ada)).rejects.toMatchObject(refused)
  for (const token of [squatter.accessToken, key])
    await expect(accounts.authenticate(token)).rejects.toMatchObject(refused)
})

test("an address that is not verified is not believed, and makes no account with it", async () => {
  const world = await withProvider()
  world.provider.person = { sub: "666", email: "victim@example.org", email_verified: false }
  const { user } = await signInThere(world)
  expect(user).toMatchObject({ name: "Somebody", email: "" })
  expect((await world.accounts.register({ ...ada, email: "victim@example.org" })).user.email).toBe("victim@example.org")
})

test("only people of the allowed domains come in, by an address that is verified", async () => {
  const world = await withProvider({ domains: ["example.org"] })
  const forbidden = { failure: { code: "forbidden" } }
  for (const email of ["eve@example.org.evil.example", "eve@evil-example.org", "eve@evil.example"]) {
    world.provider.person = { sub: email, email, email_verified: true }
    await expect(signInThere(world)).rejects.toMatchObject(forbidden)
  }
  world.provider.person = { ...ADA_THERE, email_verified: false }
  await expect(signInThere(world)).rejects.toMatchObject(forbidden)
  world.provider.person = ADA_THERE
  expect((await signInThere(world)).user.email).toBe("ada@example.org")
})

test("where no accounts are made, a stranger is told whom to ask", async () => {
  const world = await withProvider({ createAccounts: false })
  world.provider.person = ADA_THERE
  await expect(signInThere(world)).rejects.toMatchObject({ failure: { code: "forbidden" } })
})

test("a second factor here is asked for after a sign-in there too", async () => {
  const world = await withProvider()
  const { accounts, clock } = world
  world.provider.person = ADA_THERE
  const { user, session } = await signInThere(world)
  const { secret } = await accounts.enrolSecondFactor(user.id, undefined)
  const code = () => new TOTP({ secret }).generate({ timestamp: clock.now })
  await accounts.confirmSecondFactor(user.id, code(), session)
  clock.now += 60_000
  const step = await accounts.signInByProvider(await comeBack(world))
  if (!("challenge" in step)) throw new Error("no second step")
  expect((await accounts.takeSecondStep({ challenge: step.challenge, code: code() })).user.id).toBe(user.id)
})

test("the last way in stays, and is not another person's to take", async () => {
  const world = await withProvider()
  const { accounts } = world
  world.provider.person = ADA_THERE
  const { user } = await signInThere(world)
  const [identity] = await accounts.identitiesOf(user.id)
  const id = identity?.id ?? ""
  await expect(accounts.removeIdentity(user.id, id)).rejects.toMatchObject({ failure: { code: "conflict" } })
  const eve = await accounts.register({ ...ada, email: "eve@example.org", name: "Eve" })
  await expect(accounts.removeIdentity(eve.user.id, id)).rejects.toMatchObject({ failure: { code: "not-found" } })
  const stolen = accounts.connectProvider(eve.user.id, await comeBack(world, eve.user.id))
  await expect(stolen).rejects.toMatchObject({ failure: { code: "conflict" } })
  await accounts.changePassword(user.id, {
    current: undefined,
    password: "a password of one's own",
    session: undefined,
  })
  await accounts.removeIdentity(user.id, id)
  expect(await accounts.identitiesOf(user.id)).toEqual([])
})

test("cancelled at the provider is said so", async () => {
  const world = await withProvider()
  world.provider.refuses = true
  await expect(signInThere(world)).rejects.toThrow("cancelled at the provider")
})

test("a provider that does not answer is said so, and asked again the next time", async () => {
  const world = await withProvider()
  const { issuer } = world.provider
  await world.provider.close()
  await expect(world.accounts.beginProvider(CALLBACK)).rejects.toMatchObject({ failure: { code: "unavailable" } })
  expect(issuer).toContain("127.0.0.1")
})

test("attack: an answer that was made for another browser signs nobody in (login CSRF)", async () => {
  const world = await withProvider()
  world.provider.person = { sub: "eve", name: "Eve" }
  const { answer } = await comeBack(world)
  const victim = await world.accounts.beginProvider(CALLBACK)
  for (const memo of [victim.memo, undefined, "x".repeat(200), `${victim.memo.slice(0, -4)}AAAA`]) {
    await expect(world.accounts.signInByProvider({ memo, answer })).rejects.toMatchObject(refused)
  }
})

test("attack: an attempt to sign in connects nobody, and one to connect signs nobody in, nor another person", async () => {
  const world = await withProvider()
  const { accounts } = world
  world.provider.person = { sub: "eve", name: "Eve" }
  const [mine, eve] = [await accounts.register(ada), await accounts.register({ ...ada, email: "eve@example.org" })]
  await expect(accounts.connectProvider(mine.user.id, await comeBack(world))).rejects.toMatchObject(refused)
  await expect(accounts.signInByProvider(await comeBack(world, mine.user.id))).rejects.toMatchObject(refused)
  const forEve = comeBack(world, eve.user.id)
  await expect(accounts.connectProvider(mine.user.id, await forEve)).rejects.toMatchObject(refused)
})

test("attack: an answer is good once, with its own state and code, and not after ten minutes", async () => {
  const world = await withProvider()
  world.provider.person = ADA_THERE
  const used = await comeBack(world)
  await world.accounts.signInByProvider(used)
  await expect(world.accounts.signInByProvider(used)).rejects.toMatchObject(refused)
  const changed = async (change: (answer: URLSearchParams) => void) => {
    const { memo, answer } = await comeBack(world)
    const parts = new URLSearchParams(answer)
    change(parts)
    return { memo, answer: `?${parts}` }
  }
  const attempts = [
    await changed((parts) => parts.set("state", "another-state-another-state-another-state-1")),
    await changed((parts) => parts.delete("state")),
    await changed((parts) => parts.set("code", "guessed")),
    await changed((parts) => parts.append("code", "twice")),
  ]
  for (const back of attempts) await expect(world.accounts.signInByProvider(back)).rejects.toMatchObject(refused)
  const late = await comeBack(world)
  world.clock.now += 10 * 60_000
  await expect(world.accounts.signInByProvider(late)).rejects.toMatchObject(refused)
})

test("attack: an answer of another issuer is refused (mix-up), and so is one without an issuer", async () => {
  const world = await withProvider()
  world.provider.person = ADA_THERE
  for (const issuer of ["https://evil.example", undefined]) {
    const { memo, answer } = await comeBack(world)
    const parts = new URLSearchParams(answer)
    if (issuer) parts.set("iss", issuer)
    else parts.delete("iss")
    await expect(world.accounts.signInByProvider({ memo, answer: `?${parts}` })).rejects.toMatchObject(refused)
  }
})

test("attack: a code that was got in another attempt does not fit this one's PKCE and nonce (code injection)", async () => {
  const world = await withProvider()
  world.provider.person = { sub: "victim", name: "Victim" }
  const stolen = new URLSearchParams((await comeBack(world)).answer).get("code") ?? ""
  const own = await world.accounts.beginProvider(CALLBACK)
  const parts = new URLSearchParams((await throughProvider(own.url)).search)
  parts.set("code", stolen)
  await expect(world.accounts.signInByProvider({ memo: own.memo, answer: `?${parts}` })).rejects.toMatchObject(refused)
})
