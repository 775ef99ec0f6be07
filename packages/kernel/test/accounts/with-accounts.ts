import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { createAccessTokens } from "../../src/accounts/access-tokens.ts"
import type { Accounts } from "../../src/accounts/accounts.ts"
import { createAccounts } from "../../src/accounts/create-accounts.ts"
import { type Database, openDatabase } from "../../src/storage/prisma/database.ts"

/** Real accounts in a folder of their own, with a clock that tests move; gone when the test is over. */
export interface TestAccounts {
  readonly accounts: Accounts
  readonly database: Database
  readonly dir: string
  readonly clock: { now: number }
}

export async function withAccounts(): Promise<TestAccounts> {
  const dir = await mkdtemp(join(tmpdir(), "nexus-accounts-"))
  migrated ??= migratedFile()
  await writeFile(join(dir, "accounts.sqlite"), await migrated)
  const clock = { now: Date.parse("2026-01-01T00:00:00Z") }
  const read = () => clock.now
  const database = await openDatabase(join(dir, "accounts.sqlite"))
  const tokens = await createAccessTokens(join(dir, "keys", "access.json"), read)
  const accounts = createAccounts(database, tokens, read)
  onTestFinished(async () => {
    await accounts.close()
    await rm(dir, { recursive: true })
  })
  return { accounts, database, dir, clock }
}

/** An empty database with every migration, made once: each test begins with a copy. */
let migrated: Promise<Uint8Array> | undefined

async function migratedFile(): Promise<Uint8Array> {
  const dir = await mkdtemp(join(tmpdir(), "nexus-template-"))
  const database = await openDatabase(join(dir, "template.sqlite"))
  await database.$queryRawUnsafe("PRAGMA wal_checkpoint(TRUNCATE)")
  await database.$disconnect()
  const bytes = await readFile(join(dir, "template.sqlite"))
  await rm(dir, { recursive: true })
  return bytes
}
