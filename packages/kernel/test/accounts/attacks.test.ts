import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose"
import { TOTP } from "otpauth"
import { expect, test } from "vitest"
import { type TestAccounts, withAccounts } from "./with-accounts.ts"

/*
 * What somebody would try who wants in, each by name. The tokens are made with the kernel's own key wherever the attack
 * allows it, so that nothing but the one thing that is wrong can be what refuses them.
 */

const ada = { email: "ada@example.org", name: "Ada", password: "correct horse battery" }
const refused = { failure: { code: "unauthenticated" } }
const MINUTE = 60_000

interface Forgery {
  readonly typ?: string
  readonly audience?: string
  readonly issuer?: string
  readonly claims?: JWTPayload
  readonly fromS?: number
  readonly untilS?: number
}

/** A token as the kernel would sign it for Ada's session, but for what is told. */
async function forger(world: TestAccounts) {
  const { user, session, accessToken, refreshToken } = await world.accounts.register(ada)
  const jwk = JSON.parse(await readFile(join(world.dir, "keys", "access.json"), "utf8"))
  const key = await importJWK(jwk, "EdDSA")
  const now = Math.floor(world.clock.now / 1000)
  const payload = ({ audience = "nexus-kernel", issuer = "nexus", claims, fromS = 0, untilS = 600 }: Forgery) =>
    new SignJWT({ sid: session, ...claims })
      .setSubject(user.id)
      .setAudience(audience)
      .setIssuer(issuer)
      .setIssuedAt(now + fromS)
      .setExpirationTime(now + untilS)
  const forge = (what: Forgery) =>
    payload(what)
      .setProtectedHeader({ alg: "EdDSA", typ: what.typ ?? "at+jwt" })
      .sign(key)
  return { user, session, accessToken, refreshToken, jwk, forge, payload }
}

test("a token that differs in nothing is taken: what refuses the others is the one thing that is wrong", async () => {
  const world = await withAccounts()
  const { user, session, forge } = await forger(world)
  expect(await world.accounts.authenticate(await forge({}))).toEqual({ user, session })
})

test("alg none: a token without a signature speaks for nobody", async () => {
  const world = await withAccounts()
  const { user, session } = await forger(world)
  const claims = () =>
    new UnsecuredJWT({ sid: session }).setSubject(user.id).setAudience("nexus-kernel").setIssuer("nexus")
  const seconds = Math.floor(world.clock.now / 1000)
  const plain = claims()
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 600)
    .encode()
  const [, body] = plain.split(".")
  const header = (alg: string) => Buffer.from(JSON.stringify({ alg, typ: "at+jwt" })).toString("base64url")
  for (const token of [plain, ...["none", "None", "NONE", ""].map((alg) => `${header(alg)}.${body}.`)]) {
    await expect(world.accounts.authenticate(token)).rejects.toMatchObject(refused)
  }
})

test("key confusion: HS256 with the public key as its secret speaks for nobody", async () => {
  const world = await withAccounts()
  const { jwk, payload } = await forger(world)
  const secrets = [
    Buffer.from(jwk.x, "base64url"),
    Buffer.from(jwk.x.padEnd(32, "=")),
    Buffer.from(JSON.stringify(jwk)),
  ]
  for (const secret of secrets) {
    const token = await payload({}).setProtectedHeader({ alg: "HS256", typ: "at+jwt" }).sign(secret)
    await expect(world.accounts.authenticate(token)).rejects.toMatchObject(refused)
  }
})

test("a key that the token brings along in its header is not asked", async () => {
  const world = await withAccounts()
  const { payload } = await forger(world)
  const { generateKeyPair, exportJWK } = await import("jose")
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true })
  const header = { alg: "EdDSA", typ: "at+jwt", jwk: await exportJWK(publicKey), jku: "https://evil.example/jwks" }
  await expect(
    world.accounts.authenticate(await payload({}).setProtectedHeader(header).sign(privateKey)),
  ).rejects.toMatchObject(refused)
})

test.each<[string, Forgery]>([
  ["another audience", { audience: "another-service" }],
  ["another issuer", { issuer: "somebody" }],
  ["another type", { typ: "JWT" }],
  ["an expired time", { fromS: -1200, untilS: -1 }],
  ["a time to come", { claims: { nbf: 1_893_456_000 } }],
  ["no session", { claims: { sid: undefined } }],
  ["somebody else's session", { claims: { sid: "session_of_another" } }],
])("token confusion: a token of our own key with %s is refused", async (_, what) => {
  const world = await withAccounts()
  const { forge } = await forger(world)
  await expect(world.accounts.authenticate(await forge(what))).rejects.toMatchObject(refused)
})

test("a changed signature, a changed body and nonsense are refused", async () => {
  const world = await withAccounts()
  const { accessToken } = await forger(world)
  const [header, payload = "", signature = ""] = accessToken.split(".")
  const other = Buffer.from(
    Buffer.from(payload, "base64url")
      .toString()
      .replace(/"sub":"[^"]+"/, '"sub":"user_other"'),
  )
  const tokens = [
    `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
    `${header}.${other.toString("base64url")}.${signature}`,
    `${header}.${payload}`,
    "nonsense",
    "nxk_nonsense",
    "",
  ]
  for (const token of tokens) await expect(world.accounts.authenticate(token)).rejects.toMatchObject(refused)
})

test("an access token is no refresh token, and a refresh token no access token", async () => {
  const world = await withAccounts()
  const { accessToken, refreshToken } = await forger(world)
  await expect(world.accounts.refresh(accessToken)).rejects.toMatchObject(refused)
  await expect(world.accounts.authenticate(refreshToken)).rejects.toMatchObject(refused)
  expect((await world.accounts.refresh(refreshToken)).user.name).toBe("Ada")
})

test("a refresh token that was traded before ends the session: the thief's access token too", async () => {
  const world = await withAccounts()
  const { refreshToken, accessToken } = await forger(world)
  const thief = await world.accounts.refresh(refreshToken)
  await expect(world.accounts.refresh(refreshToken)).rejects.toMatchObject(refused)
  for (const token of [thief.accessToken, accessToken]) {
    await expect(world.accounts.authenticate(token)).rejects.toMatchObject(refused)
  }
  await expect(world.accounts.refresh(thief.refreshToken)).rejects.toMatchObject(refused)
})

/** Ada with a second factor, and where she stands after her password. */
async function withSecondStep(world: TestAccounts) {
  const { accounts } = world
  const { user, session } = await accounts.register(ada)
  const { uri } = await accounts.enrolSecondFactor(user.id, ada.password)
  const secret = new URL(uri).searchParams.get("secret") ?? ""
  const codeAt = (timestamp: number) => new TOTP({ secret }).generate({ timestamp })
  const { recoveryCodes } = await accounts.confirmSecondFactor(user.id, codeAt(world.clock.now), session)
  world.clock.now += MINUTE
  const login = async () => {
    const step = await accounts.login(ada)
    if (!("challenge" in step)) throw new Error("no second step")
    return step.challenge
  }
  return { user, codeAt, recoveryCodes, login }
}

test("what the first step gives opens nothing but the second", async () => {
  const world = await withAccounts()
  const { login, codeAt } = await withSecondStep(world)
  const challenge = await login()
  await expect(world.accounts.authenticate(challenge)).rejects.toMatchObject(refused)
  await expect(world.accounts.refresh(challenge)).rejects.toMatchObject(refused)
  const { accessToken } = await world.accounts.takeSecondStep({ challenge, code: codeAt(world.clock.now) })
  await expect(
    world.accounts.takeSecondStep({ challenge: accessToken, code: codeAt(world.clock.now + 30_000) }),
  ).rejects.toMatchObject(refused)
})

test("what the first step gives ends after five minutes, and when the password changes", async () => {
  const world = await withAccounts()
  const { user, login, codeAt } = await withSecondStep(world)
  const old = await login()
  world.clock.now += 5 * MINUTE + 1000
  await expect(world.accounts.takeSecondStep({ challenge: old, code: codeAt(world.clock.now) })).rejects.toMatchObject(
    refused,
  )
  const challenge = await login()
  await world.accounts.changePassword(user.id, {
    current: ada.password,
    password: "another horse battery",
    session: undefined,
  })
  await expect(world.accounts.takeSecondStep({ challenge, code: codeAt(world.clock.now) })).rejects.toMatchObject(
    refused,
  )
})

test("replay: a code is good once, and so is every code before it", async () => {
  const world = await withAccounts()
  const { login, codeAt } = await withSecondStep(world)
  const code = codeAt(world.clock.now)
  const before = codeAt(world.clock.now - 30_000)
  await world.accounts.takeSecondStep({ challenge: await login(), code })
  for (const again of [code, before]) {
    const step = world.accounts.takeSecondStep({ challenge: await login(), code: again })
    await expect(step).rejects.toMatchObject({ failure: { code: "invalid-input", path: "code" } })
  }
})

test("replay: of ten sign-ins with one code at once one wins", async () => {
  const world = await withAccounts()
  const { login, codeAt } = await withSecondStep(world)
  const challenge = await login()
  const code = codeAt(world.clock.now)
  const all = await Promise.allSettled(
    Array.from({ length: 10 }, () => world.accounts.takeSecondStep({ challenge, code })),
  )
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
})

test("brute force: after five wrong codes even the right one waits, for everybody who asks at once too", async () => {
  const world = await withAccounts()
  const { login, codeAt } = await withSecondStep(world)
  const challenge = await login()
  const right = codeAt(world.clock.now)
  const wrong = Array.from({ length: 20 }, (_, index) =>
    String((Number(right) + 1 + index) % 1_000_000).padStart(6, "0"),
  )
  const guesses = await Promise.allSettled(wrong.map((code) => world.accounts.takeSecondStep({ challenge, code })))
  const codes = guesses.map((guess) => guess.status === "rejected" && guess.reason.failure.code)
  expect(codes.filter((code) => code === "invalid-input")).toHaveLength(5)
  expect(codes.filter((code) => code === "rate-limited")).toHaveLength(15)
  const late = world.accounts.takeSecondStep({ challenge, code: right })
  await expect(late).rejects.toMatchObject({ failure: { code: "rate-limited" } })
  world.clock.now += 15 * MINUTE
  const signedIn = await world.accounts.takeSecondStep({ challenge: await login(), code: codeAt(world.clock.now) })
  expect(signedIn.user.name).toBe("Ada")
})
