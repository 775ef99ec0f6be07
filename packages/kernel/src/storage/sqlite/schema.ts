import { DatabaseSync } from "node:sqlite"
import { rewriteLog } from "./rewrite-log.ts"

/**
 * Opens the journal's own SQLite file. FULL is not negotiable: with NORMAL a power cut takes back what was acknowledged,
 * and a kill alone never shows it; so the setting is read back before anything is written.
 */
export function openDatabase(path: string, maxBytes: number | undefined): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 500 })
  database.exec("PRAGMA journal_mode=WAL")
  database.exec("PRAGMA synchronous=FULL")
  database.exec("PRAGMA foreign_keys=ON")
  const mode = database.prepare("PRAGMA journal_mode").get()
  const synchronous = database.prepare("PRAGMA synchronous").get()
  if (mode?.journal_mode !== "wal" || synchronous?.synchronous !== 2) {
    database.close()
    throw new Error(`the journal needs WAL and synchronous=FULL, SQLite gave ${JSON.stringify({ mode, synchronous })}`)
  }
  database.exec(SCHEMA)
  // Nobody else writes to the log meanwhile.
  database.exec("BEGIN IMMEDIATE")
  rewriteLog(path)
  database.exec("COMMIT")
  const page = database.prepare("PRAGMA page_size").get()?.page_size
  if (maxBytes !== undefined && typeof page === "number") {
    database.exec(`PRAGMA max_page_count=${Math.max(1, Math.floor(maxBytes / page))}`)
  }
  return database
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS workspaces (
    id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS changes (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    seq INTEGER NOT NULL,
    submission TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (workspace, seq),
    UNIQUE (workspace, submission)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS whole_snapshots (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    seq INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (workspace, seq)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS snapshot_pieces (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    piece INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (workspace, piece, seq)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS "values" (
    workspace TEXT NOT NULL,
    space TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (workspace, space, key)
  ) WITHOUT ROWID;
`
