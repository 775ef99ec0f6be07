import { readdir, readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { PrismaLibSql } from "@prisma/adapter-libsql"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg"

/**
 * Prisma's schema engine as WebAssembly from npm: the Prisma command line would download a native one from a host that
 * may be out of reach. The engine reads the same migration folders and writes the same `_prisma_migrations` table.
 */
const prismaDir = fileURLToPath(new URL("../../../prisma/", import.meta.url))
const schemaFile = join(prismaDir, "schema.prisma")
const NO_FILTERS = { externalTables: [], externalEnums: [] }

let loaded: Promise<void> | undefined

async function load(): Promise<void> {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg")
  const bytes = await readFile(join(dirname(file), "schema_engine_bg.wasm"))
  const imports = { "./schema_engine_bg.js": { ...bindings } }
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  setWasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === "function") start()
}

/** wasm-bindgen exports this beside its typed face. */
function setWasm(exports: WebAssembly.Exports): void {
  const set: unknown = Reflect.get(bindings, "__wbg_set_wasm")
  if (typeof set !== "function") throw new Error("@prisma/schema-engine-wasm has another shape than the pinned version")
  set(exports)
}

async function engineFor(adapter: PrismaLibSql): Promise<bindings.SchemaEngine> {
  loaded ??= load()
  await loaded
  const factory = bindMigrationAwareSqlAdapterFactory(adapter)
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
}

export interface StoredMigration {
  readonly name: string
  readonly sql: string
}

/** The committed migrations, oldest first. */
export async function readMigrations(dir = join(prismaDir, "migrations")): Promise<readonly StoredMigration[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(join(dir, name, "migration.sql"), "utf8") })),
  )
}

function migrationList(migrations: readonly StoredMigration[]) {
  return {
    baseDir: join(prismaDir, "migrations"),
    lockfile: { path: "migration_lock.toml", content: 'provider = "sqlite"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  }
}

/** Applies what is missing; gives the names of what it applied. */
export async function applyMigrations(
  adapter: PrismaLibSql,
  migrations: readonly StoredMigration[],
): Promise<readonly string[]> {
  const engine = await engineFor(adapter)
  try {
    const output = await engine.applyMigrations({ migrationsList: migrationList(migrations), filters: NO_FILTERS })
    return output.appliedMigrationNames
  } finally {
    engine.free()
  }
}

/** The SQL that leads from the adapter's database, as it is, to `schema.prisma`; empty when they agree. */
export async function missingMigration(adapter: PrismaLibSql): Promise<string> {
  const files = [{ path: schemaFile, content: await readFile(schemaFile, "utf8") }]
  const engine = await engineFor(adapter)
  try {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaDir },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: ["_prisma_migrations"], externalEnums: [] },
    })
    return (stdout ?? "").replace("-- This is an empty migration.", "").trim()
  } finally {
    engine.free()
  }
}
