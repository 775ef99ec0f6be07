import { join } from "node:path"
import { sharedPostgres } from "../../acceptance/private-postgres.ts"
import type { Journal } from "../../src/storage/journal.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { createPostgresJournal } from "../../src/storage/postgres-journal.ts"
import { createSqliteJournal } from "../../src/storage/sqlite-journal.ts"
import { temporaryDirectory } from "../worlds.ts"

/** A place where a journal is kept, empty at first; it can be opened many times, as by many kernels. */
export interface Place {
  open(): Promise<Journal>
  /** How a process of its own opens it; a journal in memory ends with its process. */
  readonly elsewhere?: readonly [kind: string, where: string]
}

/** Every kind of place that a journal has: what must always hold is tried on each. */
export const STORES: { readonly [name: string]: () => Promise<Place> } = {
  memory: async () => {
    const journal = createMemoryJournal()
    return { open: async () => journal }
  },
  SQLite: async () => {
    const path = join(await temporaryDirectory(), "journal.sqlite")
    return { open: () => createSqliteJournal(path), elsewhere: ["sqlite", path] }
  },
  PostgreSQL: async () => {
    const url = await (await sharedPostgres()).createDatabase()
    return { open: () => createPostgresJournal(url), elsewhere: ["postgres", url] }
  },
}
