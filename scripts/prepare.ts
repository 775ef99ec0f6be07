/**
 * What must be generated before the source runs, and what a sandbox process runs without types, so that who serves need
 * not be let to write it; npm calls this after every install. It downloads nothing: Prisma's command line wants a schema
 * engine to exist, but generating a client never runs it, so any executable will do.
 *
 * One schema makes two clients. That for PostgreSQL differs in one file, the class with its query compiler, which comes
 * to stand beside SQLite's: both have the same types, and what one of them cannot do nobody can write.
 */
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"

const kernel = new URL("../packages/kernel/", import.meta.url)
const schema = new URL("prisma/schema.prisma", kernel)
const output = new URL("generated/prisma/", kernel)
const second = new URL("generated/postgresql/", kernel)
const secondClass = new URL("internal/class-postgresql.ts", output)
const stamp = new URL(".made-from", output)
const stripped = new URL("../packages/wasm-bridge/src/stripped-sources.ts", import.meta.url)

// An image may install before it copies the source; it then generates with `npm run prepare` afterwards.
if (existsSync(schema)) generateBoth()
if (existsSync(stripped)) (await import(stripped.href)).sandboxSources()

function generateBoth(): void {
  const text = readFileSync(schema, "utf8")
  const manifest = readFileSync(new URL("package.json", kernel), "utf8")
  const wanted = createHash("sha256").update(text).update(manifest).digest("hex")
  if (existsSync(secondClass) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return
  generate(schema)
  mkdirSync(second, { recursive: true })
  const secondSchema = new URL("schema.prisma", second)
  const moved = text.replace('"../generated/prisma"', '"./client"')
  writeFileSync(secondSchema, moved.replace('provider = "sqlite"', 'provider = "postgresql"'))
  generate(secondSchema)
  copyFileSync(new URL("client/internal/class.ts", second), secondClass)
  rmSync(second, { recursive: true })
  writeFileSync(stamp, wanted)
}

function generate(from: URL): void {
  const prisma = createRequire(kernel).resolve("prisma/build/index.js")
  execFileSync(process.execPath, [prisma, "generate", "--schema", fileURLToPath(from), "--no-hints"], {
    cwd: fileURLToPath(kernel),
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  })
}
