import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PrismaLibSql } from "@prisma/adapter-libsql"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openDatabase } from "../../src/storage/prisma/database.ts"
import { missingMigration, readMigrations } from "../../src/storage/prisma/schema-engine.ts"

let dir = ""
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "nexus-database-"))
})
afterAll(() => rm(dir, { recursive: true }))

test("the committed migrations give the schema", async () => {
  const file = join(dir, "migrated.sqlite")
  await (await openDatabase(file)).$disconnect()
  expect(await missingMigration(new PrismaLibSql({ url: `file:${file}` }))).toBe("")
})

test("migrations are applied once and recorded the way Prisma does", async () => {
  const file = join(dir, "twice.sqlite")
  for (const _ of [1, 2]) {
    const database = await openDatabase(file)
    const rows = await database.$queryRawUnsafe<{ migration_name: string }[]>(
      "SELECT migration_name FROM _prisma_migrations ORDER BY migration_name",
    )
    expect(rows.map((row) => row.migration_name)).toEqual((await readMigrations("sqlite")).map(({ name }) => name))
    await database.$disconnect()
  }
})

test("what was written is there after a restart", async () => {
  const file = join(dir, "kept.sqlite")
  const first = await openDatabase(file)
  await first.user.create({ data: { id: "user_1", name: "Ada", createdAt: 1n } })
  await first.$disconnect()
  const second = await openDatabase(file)
  expect(await second.user.findUnique({ where: { id: "user_1" } })).toMatchObject({ name: "Ada" })
  await second.$disconnect()
})

test("the file is in WAL mode and a commit is on the disk", async () => {
  const database = await openDatabase(join(dir, "pragmas.sqlite"))
  expect(await database.$queryRawUnsafe("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }])
  expect(await database.$queryRawUnsafe("PRAGMA synchronous")).toEqual([{ synchronous: 2 }])
  await database.$disconnect()
})
