import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { sharedPostgres } from "../../acceptance/private-postgres.ts"
import type { Accounts, SignedIn } from "../../src/accounts/accounts.ts"
import { type AccountsParts, createAccounts } from "../../src/accounts/create-accounts.ts"
import { openSigningKey } from "../../src/accounts/signing-key.ts"
import type { Audit } from "../../src/audit/audit.ts"
import { createAudit } from "../../src/audit/create-audit.ts"
import { openKey } from "../../src/storage/key-file.ts"
import { type Database, openDatabase } from "../../src/storage/prisma/database.ts"
import { openPostgresDatabase } from "../../src/storage/prisma/postgres-database.ts"

/** Real accounts in a folder of their own, with a clock that tests move; gone when the test is over. */
export interface TestAccounts {
  readonly accounts: Accounts
  readonly audit: Audit
  readonly database: Database
  readonly dir: string
  readonly clock: { now: number }
}

export async function withAccounts(more: Partial<AccountsParts> = {}): Promise<TestAccounts> {
  const dir = await mkdtemp(join(tmpdir(), "nexus-accounts-"))
  const clock = { now: Date.parse("2026-01-01T00:00:00Z") }
  const read = () => clock.now
  const database = await STORES[store](dir)
  const audit = createAudit(database, read)
  const accounts = createAccounts({
    database,
    audit,
    signingKey: await openSigningKey(join(dir, "keys", "access.json"), read),
    sealingKey: await openKey(join(dir, "keys", "second-factor.key")),
    clock: read,
    ...more,
  })
  onTestFinished(async () => {
    await accounts.close()
    await rm(dir, { recursive: true })
  })
  return { accounts, audit, database, dir, clock }
}

/** Signs somebody in who has no second factor. */
export async function loggedIn(
  accounts: Accounts,
  person: { readonly email: string; readonly password: string },
): Promise<SignedIn> {
  const result = await accounts.login(person)
  if ("challenge" in result) throw new Error("a second step is needed")
  return result
}

/** Which store the tests run on from now on: the suites of accounts run on each. */
export function runAccountsOn(next: keyof typeof STORES): void {
  store = next
}

let store: keyof typeof STORES = "sqlite"

/** Opens a database that is empty but has every migration; it was migrated once, and each test begins with a copy. */
const STORES = {
  sqlite: async (dir: string): Promise<Database> => {
    migrated ??= migratedFile()
    await writeFile(join(dir, "accounts.sqlite"), await migrated)
    return openDatabase(join(dir, "accounts.sqlite"))
  },
  postgresql: async (): Promise<Database> => {
    template ??= migratedTemplate()
    return openPostgresDatabase(await (await sharedPostgres()).createDatabase(await template), () => undefined)
  },
}

let migrated: Promise<Uint8Array> | undefined
let template: Promise<string> | undefined

async function migratedTemplate(): Promise<string> {
  const url = await (await sharedPostgres()).createDatabase()
  await (await openPostgresDatabase(url, () => undefined)).$disconnect()
  return url
}

async function migratedFile(): Promise<Uint8Array> {
  const dir = await mkdtemp(join(tmpdir(), "nexus-template-"))
  const database = await openDatabase(join(dir, "template.sqlite"))
  await database.$queryRawUnsafe("PRAGMA wal_checkpoint(TRUNCATE)")
  await database.$disconnect()
  const bytes = await readFile(join(dir, "template.sqlite"))
  await rm(dir, { recursive: true })
  return bytes
}
