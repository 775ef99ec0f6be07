import { type DBSchema, type IDBPDatabase, openDB } from "idb"

/** One person's database in this browser; values are parsed when they are read. */
interface OutboxSchema extends DBSchema {
  /** By workspace. */
  graphs: { key: string; value: unknown }
  /** By workspace and seq. */
  changes: { key: [string, number]; value: unknown }
  /** By workspace and ref. */
  queue: { key: [string, string]; value: QueueRecord }
  conflicts: { key: [string, string]; value: unknown }
  /** By workspace. */
  steps: { key: string; value: unknown }
  /** Sources that were typed in without a line, by workspace, panel, document and the page that did. */
  texts: { key: [string, string, string, string]; value: unknown }
}

export interface QueueRecord {
  /** The page whose it is to send. */
  readonly page: string
  /** When it was first kept: the queue's order. */
  readonly order: number
  readonly queued: unknown
}

export type OutboxDatabase = IDBPDatabase<OutboxSchema>

export const STORES = ["graphs", "changes", "queue", "conflicts", "steps"] as const
const VERSION = 2

function databaseName(user: string): string {
  return `nexus-outbox-${user}`
}

export function openDatabase(user: string): Promise<OutboxDatabase> {
  return openDB<OutboxSchema>(databaseName(user), VERSION, {
    upgrade(database) {
      const missing = [...STORES, "texts" as const].filter((store) => !database.objectStoreNames.contains(store))
      for (const store of missing) database.createObjectStore(store)
    },
    // Signing out, in this page or another, removes all of it; a page that holds it open would stand in the way.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
}

/** Everything in one workspace, of a store whose keys begin with it. */
export function ofWorkspace(workspace: string): IDBKeyRange {
  return beginningWith(workspace)
}

/** Everything whose key begins with these. */
export function beginningWith(...key: readonly string[]): IDBKeyRange {
  return IDBKeyRange.bound([...key], [...key, []])
}
