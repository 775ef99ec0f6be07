import { join } from "node:path"
import { waitingRunsAreKept } from "../../../acceptance/waiting-store.ts"
import { createMemoryJournal } from "../../../src/storage/memory-journal.ts"
import { createSqliteJournal } from "../../../src/storage/sqlite-journal.ts"
import { temporaryDirectory } from "../../worlds.ts"

waitingRunsAreKept("memory", async () => {
  const journal = createMemoryJournal()
  return { journal, reopen: async () => journal }
})

waitingRunsAreKept("SQLite", async () => {
  const path = join(await temporaryDirectory(), "journal.sqlite")
  const journal = await createSqliteJournal(path)
  const reopen = async () => {
    await journal.close()
    return createSqliteJournal(path)
  }
  return { journal, reopen }
})
