import { readdirSync } from "node:fs"
import { basename } from "node:path"
import { afterAll, beforeAll, describe } from "vitest"
import { sharedPostgres } from "../../acceptance/private-postgres.ts"
import { runAccountsOn } from "./with-accounts.ts"

/** Every suite of this folder once more, word for word, with PostgreSQL below it. */
const suites = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith(".test.ts") && file !== basename(import.meta.filename),
)

beforeAll(async () => {
  await sharedPostgres()
  runAccountsOn("postgresql")
})
afterAll(() => runAccountsOn("sqlite"))

describe.each(suites)("on PostgreSQL, %s", async (file) => {
  // The query makes it a module of its own: the file itself may have been read already.
  await import(/* @vite-ignore */ `./${file}?postgresql`)
})
