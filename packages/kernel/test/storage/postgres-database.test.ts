import { afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { sharedPostgres } from "../../acceptance/private-postgres.ts"
import type { Database } from "../../src/storage/prisma/database.ts"
import { openPostgresDatabase, SerializablePg } from "../../src/storage/prisma/postgres-database.ts"
import { missingMigration, readMigrations } from "../../src/storage/prisma/schema-engine.ts"

beforeAll(() => sharedPostgres())

const opened: Database[] = []
let url = ""
beforeEach(async () => {
  url = await (await sharedPostgres()).createDatabase()
})
afterEach(async () => {
  for (const database of opened.splice(0)) await database.$disconnect()
})

async function open(): Promise<Database> {
  const database = await openPostgresDatabase(url, () => undefined)
  opened.push(database)
  return database
}

test("the committed migrations give the schema on PostgreSQL too", async () => {
  await open()
  expect(await missingMigration(new SerializablePg(url))).toBe("")
})

test("kernels that start at once apply each migration once, and what one wrote the other reads", async () => {
  const [first, second] = await Promise.all([open(), open()])
  const rows = await second.$queryRawUnsafe<{ migration_name: string }[]>(
    "SELECT migration_name FROM _prisma_migrations ORDER BY migration_name",
  )
  expect(rows.map((row) => row.migration_name)).toEqual((await readMigrations("postgresql")).map(({ name }) => name))
  await first.user.create({ data: { id: "user_1", name: "Ada", createdAt: 1n } })
  expect(await second.user.findUnique({ where: { id: "user_1" } })).toMatchObject({ name: "Ada" })
})

test("statements that would not see each other take turns: two of twenty who write at once do not both find nobody", async () => {
  const database = await open()
  const write = (id: number) => database.$executeRaw`
    INSERT INTO "Workspace" (id, "createdAt") SELECT ${`w${id}`}, 1 WHERE (SELECT count(*) FROM "Workspace") < 3`
  const counts = await Promise.all(Array.from({ length: 20 }, (_, id) => write(id)))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
  expect(await database.workspace.count()).toBe(3)
})
