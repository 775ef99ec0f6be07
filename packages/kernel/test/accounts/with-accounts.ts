import { mkdtemp, rm } from "node:fs/promises"
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
