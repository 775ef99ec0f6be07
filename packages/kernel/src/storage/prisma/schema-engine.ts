import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils"
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg"

/**
 * Prisma's schema engine as WebAssembly from npm: the Prisma command line would download a native one from a host that
 * may be out of reach. The engine reads the same migration folders and writes the same `_prisma_migrations` table.
 */
const prismaDir = fileURLToPath(new URL("../../../prisma/", import.meta.url))
const schemaFile = join(prismaDir, "schema.prisma")
const NO_FILTERS = { externalTables: [], externalEnums: [] }

/** The databases that the schema is kept on; the file of a migration's folder, and the engine's own table, in each. */
export const PROVIDERS = {
  sqlite: { adapter: "sqlite", file: "migration.sql", own: "_prisma_migrations" },
  postgresql: { adapter: "postgres", file: "postgresql.sql", own: "public._prisma_migrations" },
} as const
export type Provider = keyof typeof PROVIDERS

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

type Adapter = SqlMigrationAwareDriverAdapterFactory

async function engineFor(adapter: Adapter): Promise<bindings.SchemaEngine> {
  loaded ??= load()
  await loaded
  const factory = bindMigrationAwareSqlAdapterFactory(adapter)
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
}

export interface StoredMigration {
  readonly name: string
  readonly sql: string
}

/** The committed migrations of a provider, oldest first; a folder without its file has nothing to say to it. */
export async function readMigrations(provider: Provider): Promise<readonly StoredMigration[]> {
  const dir = join(prismaDir, "migrations")
  const entries = await readdir(dir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const { file } = PROVIDERS[provider]
  const found = names.sort().flatMap((name) => {
    const path = join(dir, name, file)
    return existsSync(path) ? { name, path } : []
  })
  return Promise.all(found.map(async ({ name, path }) => ({ name, sql: await readFile(path, "utf8") })))
}

function migrationList(adapter: Adapter, migrations: readonly StoredMigration[]) {
  return {
    baseDir: join(prismaDir, "migrations"),
    lockfile: { path: "migration_lock.toml", content: `provider = "${providerOf(adapter)}"\n` },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  }
}

function providerOf(adapter: Adapter): Provider {
  return adapter.provider === PROVIDERS.postgresql.adapter ? "postgresql" : "sqlite"
}

/** Applies what is missing; gives the names of what it applied. */
export async function applyMigrations(
  adapter: Adapter,
  migrations: readonly StoredMigration[],
): Promise<readonly string[]> {
  const engine = await engineFor(adapter)
  try {
    const migrationsList = migrationList(adapter, migrations)
    const output = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS })
    return output.appliedMigrationNames
  } finally {
    engine.free()
  }
}

/** The SQL that leads from the adapter's database, as it is, to `schema.prisma`; empty when they agree. */
export async function missingMigration(adapter: Adapter): Promise<string> {
  const schema = await readFile(schemaFile, "utf8")
  const provider = providerOf(adapter)
  const content = schema.replace('provider = "sqlite"', `provider = "${provider}"`)
  const files = [{ path: schemaFile, content }]
  const engine = await engineFor(adapter)
  try {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaDir },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [PROVIDERS[provider].own], externalEnums: [] },
    })
    return (stdout ?? "").replace("-- This is an empty migration.", "").trim()
  } finally {
    engine.free()
  }
}
