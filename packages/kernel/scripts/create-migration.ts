/**
 * Writes the migration that leads from the committed ones to `prisma/schema.prisma`, for SQLite and for PostgreSQL:
 * `node packages/kernel/scripts/create-migration.ts NAME`, then commit the folder it names. Where a committed migration
 * has no file for PostgreSQL yet, it is written into the newest such folder.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { PrismaLibSql } from "@prisma/adapter-libsql"
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils"
import { startPrivatePostgres } from "../acceptance/private-postgres.ts"
import { SerializablePg } from "../src/storage/prisma/postgres-database.ts"
import {
  applyMigrations,
  missingMigration,
  PROVIDERS,
  type Provider,
  readMigrations,
} from "../src/storage/prisma/schema-engine.ts"

const name = process.argv[2]
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Give the migration a name of a-z, 0-9 and _, such as add_api_keys.")
  process.exit(2)
}
const scratch = await mkdtemp(join(tmpdir(), "nexus-migration-"))
const postgres = await startPrivatePostgres()
const missing = {
  sqlite: await missingFor("sqlite", new PrismaLibSql({ url: `file:${join(scratch, "scratch.sqlite")}` })),
  postgresql: await missingFor("postgresql", new SerializablePg(await postgres.createDatabase())),
}
await rm(scratch, { recursive: true })
await postgres.close()

const written = new Set((await readMigrations("postgresql")).map((migration) => migration.name))
const behind = (await readMigrations("sqlite")).findLast((migration) => !written.has(migration.name))?.name
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14)
const folder = missing.sqlite === "" && behind !== undefined ? behind : `${stamp}_${name}`
const dir = new URL(`../prisma/migrations/${folder}/`, import.meta.url)
for (const [provider, { file }] of Object.entries(PROVIDERS)) {
  const sql = provider === "sqlite" ? missing.sqlite : missing.postgresql
  if (sql === "") continue
  await mkdir(dir, { recursive: true })
  await writeFile(new URL(file, dir), `${sql}\n`, { flag: "wx" })
  console.log(fileURLToPath(new URL(file, dir)))
}
if (missing.sqlite === "" && missing.postgresql === "") console.log("The migrations already give the schema.")

async function missingFor(provider: Provider, adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  await applyMigrations(adapter, await readMigrations(provider))
  return missingMigration(adapter)
}
