import { existsSync } from "node:fs"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { createDatabases, type DatabaseLimits, DEFAULT_DATABASE_LIMITS } from "../../src/databases/databases.ts"
import type { DatabaseRequest } from "../../src/databases/request.ts"
import { temporaryDirectory } from "../worlds.ts"

const insert = (submission: string): DatabaseRequest => ({
  kind: "insert",
  table: "books",
  rows: [{ title: "a" }],
  submission,
})
const count = { kind: "count", table: "books", where: {} } as const
const books = {
  kind: "createTable",
  table: "books",
  columns: { title: { type: "text", required: false, unique: false } },
} as const

function open(dir: string | undefined, limits: Partial<DatabaseLimits> = {}) {
  const databases = createDatabases(dir, { ...DEFAULT_DATABASE_LIMITS, ...limits })
  onTestFinished(() => databases.close())
  return databases
}

test("a database is kept in its workspace's own folder, readable by its user alone, and gone with the workspace", async () => {
  const dir = await temporaryDirectory()
  const first = open(dir)
  await first.ask("ws_1", books)
  await first.ask("ws_1", insert("s1"))
  await first.close()
  const again = open(dir)
  expect(await again.ask("ws_1", count)).toBe(1)
  expect((await stat(join(dir, "ws_1"))).mode & 0o077).toBe(0)
  await expect(again.ask("ws_2", count)).rejects.toThrow("no such table")
  await again.forget("ws_1")
  expect(existsSync(join(dir, "ws_1"))).toBe(false)
  await expect(again.ask("ws_1", count)).rejects.toThrow("no such table")
})

test("a writing that is asked again under its submission is not done again, over a restart too", async () => {
  const dir = await temporaryDirectory()
  const first = open(dir)
  await first.ask("w", books)
  expect(await first.ask("w", insert("s1"))).toEqual([1])
  expect(await first.ask("w", insert("s1"))).toEqual([1])
  await first.close()
  const again = open(dir)
  expect(await again.ask("w", insert("s1"))).toEqual([1])
  expect(await again.ask("w", insert("s2"))).toEqual([2])
  expect(await again.ask("w", count)).toBe(2)
})

test("questions at once are answered one after the other; too many are sent away", async () => {
  const databases = open(undefined)
  await databases.ask("w", books)
  const asked = Array.from({ length: 250 }, (_, index) => databases.ask("w", insert(`s${index}`)))
  const answers = await Promise.allSettled(asked)
  const refused = answers.filter((answer) => answer.status === "rejected")
  expect(refused.length).toBe(50)
  expect(String(refused[0]?.reason)).toContain("Too many requests")
  expect(await databases.ask("w", count)).toBe(200)
})

test("a question that takes too long ends its database's thread; the next one opens it anew", async () => {
  const dir = await temporaryDirectory()
  const slow = open(dir)
  await slow.ask("w", books)
  await slow.close()
  const databases = open(dir, { timeoutMs: 0.001 })
  await expect(databases.ask("w", count)).rejects.toThrow("took longer than")
  const patient = open(dir)
  expect(await patient.ask("w", count)).toBe(0)
})

test("the worst question of a full database is one walk over it: it is answered within the limit", async () => {
  const databases = open(undefined)
  await databases.ask("w", books)
  const rows = Array.from({ length: 50 }, () => ({ title: "a".repeat(16_000) }))
  for (let i = 0; i < 20; i += 1)
    await databases.ask("w", { kind: "insert", table: "books", rows, submission: `s${i}` })
  const contains = `${"a".repeat(99)}b`
  const where = Object.fromEntries(["title"].map((name) => [name, { contains, starts: "a", ne: "b" }]))
  expect(await databases.ask("w", { kind: "count", table: "books", where })).toBe(0)
})

test("a database that nobody asks is closed, and opened when somebody does", async () => {
  const databases = open(await temporaryDirectory(), { idleMs: 20 })
  await databases.ask("w", books)
  await new Promise((resolve) => setTimeout(resolve, 120))
  expect(await databases.ask("w", count)).toBe(0)
})

test("no folder is made for a name that is no workspace's", async () => {
  const databases = open(await temporaryDirectory())
  await expect(databases.ask("../out", books)).rejects.toThrow("no folder")
})
