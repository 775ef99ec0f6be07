/**
 * Writes the migration that leads from the committed ones to `prisma/schema.prisma`:
 * `node packages/kernel/scripts/create-migration.ts NAME`, then commit the folder it names.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { PrismaLibSql } from "@prisma/adapter-libsql"
import { applyMigrations, missingMigration, readMigrations } from "../src/storage/prisma/schema-engine.ts"

const name = process.argv[2]
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Give the migration a name of a-z, 0-9 and _, such as add_api_keys.")
  process.exit(2)
}
const scratch = await mkdtemp(join(tmpdir(), "nexus-migration-"))
const adapter = new PrismaLibSql({ url: `file:${join(scratch, "scratch.sqlite")}` })
await applyMigrations(adapter, await readMigrations())
const sql = await missingMigration(adapter)
await rm(scratch, { recursive: true })
if (sql === "") {
  console.log("The migrations already give the schema.")
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14)
  const dir = new URL(`../prisma/migrations/${stamp}_${name}/`, import.meta.url)
  await mkdir(dir, { recursive: true })
  await writeFile(new URL("migration.sql", dir), `${sql}\n`)
  console.log(fileURLToPath(dir))
}
