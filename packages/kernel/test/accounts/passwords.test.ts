import { createHash } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { hash } from "@node-rs/argon2"
import { expect, onTestFinished, test } from "vitest"
import { createBreachedPasswords } from "../../src/accounts/breached-passwords.ts"
import { createPasswordRules } from "../../src/accounts/password-rules.ts"
import { loggedIn, withAccounts } from "./with-accounts.ts"

const ada = { email: "ada@example.org", name: "Ada Lovelace", password: "correct horse battery" }
const sha1 = (password: string) => createHash("sha1").update(password).digest("hex").toUpperCase()

test.each(["password", "PASSWORD", "12345678", "qwertyuiop", "iloveyou", "trustno1", "password1"])(
  "%s is refused: it is one of the most common",
  async (password) => {
    const { accounts } = await withAccounts()
    const attempt = accounts.register({ ...ada, password })
    await expect(attempt).rejects.toMatchObject({ failure: { code: "invalid-input", path: "password" } })
  },
)

test.each(["ada@example.org", "AdaLovelace", "nexusnexus", "adalovelace1"])(
  "%s is refused: it is the person's own name or address, or ours",
  async (password) => {
    await expect(createPasswordRules().check(password, ada)).rejects.toThrow("name or address")
  },
)

test("any sign and any mix is taken: spaces, other scripts, only small letters", async () => {
  const rules = createPasswordRules()
  for (const password of ["correct horse battery", "лошадь и скрепка", "zebra quilt", "🐎🔋📎🧷🧵🪡🧶🪢"]) {
    await rules.check(password, ada)
  }
})

test("a hash with weaker parameters is made anew at the next sign-in", async () => {
  const { accounts, database } = await withAccounts()
  const { user } = await accounts.register(ada)
  const weak = await hash(ada.password, { memoryCost: 8192, timeCost: 1, parallelism: 1 })
  await database.user.update({ where: { id: user.id }, data: { passwordHash: weak } })
  await loggedIn(accounts, ada)
  const row = await database.user.findUniqueOrThrow({ where: { id: user.id } })
  expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await loggedIn(accounts, ada)
})

test("leaked passwords are found in a file, wherever they stand in it", async () => {
  const dir = await mkdtemp(join(tmpdir(), "nexus-breached-"))
  onTestFinished(() => rm(dir, { recursive: true }))
  const leaked = Array.from({ length: 500 }, (_, index) => `leaked password ${index}`)
  const lines = leaked.map((password, index) => `${sha1(password)}:${index + 1}`).sort()
  for (const end of ["\n", "\r\n"]) {
    await writeFile(join(dir, "list"), lines.join(end) + (end === "\n" ? end : ""))
    const breached = createBreachedPasswords(join(dir, "list"), () => {})
    const found = await Promise.all(leaked.map((password) => breached.has(password)))
    expect(found.every(Boolean)).toBe(true)
    for (let index = 0; index < 100; index += 1) expect(await breached.has(`my own ${index}`)).toBe(false)
  }
})

test("leaked passwords are asked for by five characters of a hash, and nothing else leaves", async () => {
  const asked: string[] = []
  const known = sha1("leaked password")
  const server = createServer((request, response) => {
    asked.push(request.url ?? "")
    const padding = sha1("not leaked").slice(5)
    response.end(`${"0".repeat(35)}:3\r\n${known.slice(5)}:42\r\n${padding}:0\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const url = typeof address === "object" ? `http://127.0.0.1:${address?.port}/range/` : ""
  const { accounts } = await withAccounts({ breached: createBreachedPasswords(url, () => {}) })
  const leaked = accounts.register({ ...ada, password: "leaked password" })
  await expect(leaked).rejects.toThrow("seen in a leak")
  expect((await accounts.register({ ...ada, password: "not leaked" })).user.name).toBe("Ada Lovelace")
  expect(asked).toEqual([`/range/${known.slice(0, 5)}`, `/range/${sha1("not leaked").slice(0, 5)}`])
})

test("a list that is out of reach refuses nobody, and is noted without the password", async () => {
  const noted: string[] = []
  for (const place of ["http://127.0.0.1:1/range", "/nowhere/list"]) {
    const breached = createBreachedPasswords(place, (message, detail) => noted.push(message + JSON.stringify(detail)))
    expect(await breached.has("correct horse battery")).toBe(false)
  }
  expect(noted).toHaveLength(2)
  expect(noted.join()).not.toContain("horse")
  expect(noted.join()).not.toContain(sha1("correct horse battery").slice(5))
})
