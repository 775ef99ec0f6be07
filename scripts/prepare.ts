/**
 * What must be generated before the source runs; npm calls this after every install. It downloads nothing: Prisma's
 * command line wants a schema engine to exist, but generating a client never runs it, so any executable will do.
 */
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"

const kernel = new URL("../packages/kernel/", import.meta.url)
const schema = fileURLToPath(new URL("prisma/schema.prisma", kernel))
const output = new URL("generated/prisma/", kernel)
const stamp = new URL(".made-from", output)

// An image may install before it copies the source; it then generates with `npm run prepare` afterwards.
if (existsSync(schema)) generate()

function generate(): void {
  const manifest = readFileSync(new URL("package.json", kernel), "utf8")
  const wanted = createHash("sha256").update(readFileSync(schema)).update(manifest).digest("hex")
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return
  const prisma = createRequire(kernel).resolve("prisma/build/index.js")
  execFileSync(process.execPath, [prisma, "generate", "--schema", schema, "--no-hints"], {
    cwd: fileURLToPath(kernel),
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  })
  writeFileSync(stamp, wanted)
}
