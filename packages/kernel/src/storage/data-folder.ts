import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { NexusError } from "@nexus/protocol"

/**
 * One kernel works in a data folder at a time. The journal's epochs would fence a second one off each workspace it
 * shares with the first, but accounts, Git and TriLog know no epochs, and two kernels that take workspaces from each
 * other serve nobody; so the second is refused before it opens anything. What holds the folder is a write lock of
 * SQLite's: the system drops it with the process, whatever way that dies. A file with a process id was refused: after a
 * crash it is a lie that a person has to delete.
 */
export interface DataFolder {
  readonly path: string
  /** Lets the next kernel in. */
  close(): void
}

const LOCK_FILE = "kernel.lock"
/** A kernel that was told to stop is given this long to leave. */
const WAIT_MS = 2000
const SQLITE_BUSY = 5

/** Makes the folder where it is missing, and takes it. Throws `unavailable` with the reason in words. */
export function openDataFolder(path: string, waitMs = WAIT_MS): DataFolder {
  let lock: DatabaseSync | undefined
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    lock = new DatabaseSync(join(path, LOCK_FILE), { timeout: waitMs })
    lock.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL)")
    lock.exec("BEGIN IMMEDIATE; DELETE FROM holder")
    lock.prepare("INSERT INTO holder (pid) VALUES (?)").run(process.pid)
    lock.exec("COMMIT; BEGIN IMMEDIATE")
  } catch (cause) {
    const reason = reasonOf(cause, lock)
    lock?.close()
    throw new NexusError({ code: "unavailable", what: `The data folder ${path}`, detail: reason }, { cause })
  }
  const held = lock
  return { path, close: () => held.close() }
}

function reasonOf(error: unknown, lock: DatabaseSync | undefined): string {
  if (!(error instanceof Error)) return String(error)
  if ("errcode" in error && error.errcode === SQLITE_BUSY) {
    return `another Nexus${holderOf(lock)} works in it. Stop that one, or give this one another folder.`
  }
  const why = "code" in error && error.code !== "ERR_SQLITE_ERROR" ? String(error.code) : error.message
  return `it cannot be written (${why}). Make it writable for this user, or give another folder.`
}

/** Who holds the folder, where it can be read. */
function holderOf(lock: DatabaseSync | undefined): string {
  try {
    const row = lock?.prepare("SELECT pid FROM holder").get()
    return row ? ` (process ${row.pid})` : ""
  } catch {
    return ""
  }
}
