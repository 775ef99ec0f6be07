import type { DatabaseSync } from "node:sqlite"

/** What the journal says to its file, prepared once for each connection. */
export function prepareStatements(database: DatabaseSync) {
  return {
    create: database.prepare("INSERT INTO workspaces (id) VALUES (?) ON CONFLICT DO NOTHING"),
    workspaces: database.prepare("SELECT id FROM workspaces ORDER BY id"),
    acquire: database.prepare("UPDATE workspaces SET epoch = epoch + 1 WHERE id = ? RETURNING epoch"),
    epoch: database.prepare("SELECT epoch FROM workspaces WHERE id = ?"),
    append: database.prepare(`
      INSERT INTO changes (workspace, seq, submission, body)
      SELECT id, :seq, :submission, :body FROM workspaces
      WHERE id = :workspace AND epoch = :epoch
        AND :seq = 1 + coalesce((SELECT max(seq) FROM changes WHERE workspace = :workspace), 0)
      ON CONFLICT DO NOTHING`),
    changes: database.prepare("SELECT body FROM changes WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?"),
    find: database.prepare("SELECT body FROM changes WHERE workspace = ? AND submission = ?"),
    saveSnapshotPiece: database.prepare(`
      INSERT INTO snapshot_pieces (workspace, piece, seq, body)
      SELECT id, :piece, :seq, :body FROM workspaces WHERE id = :workspace AND epoch = :epoch
      ON CONFLICT DO UPDATE SET body = excluded.body`),
    endSnapshot: database.prepare(`
      INSERT INTO whole_snapshots (workspace, seq, pieces, checksum)
      SELECT id, :seq, :pieces, :checksum FROM workspaces WHERE id = :workspace AND epoch = :epoch
      ON CONFLICT DO UPDATE SET pieces = excluded.pieces, checksum = excluded.checksum`),
    // A new piece takes the place of the old ones with its number, so that no single transaction removes a whole snapshot.
    prunePieces: database.prepare(`
      DELETE FROM snapshot_pieces WHERE workspace = :workspace AND piece = :piece AND seq <> :seq AND seq NOT IN
        (SELECT seq FROM whole_snapshots WHERE workspace = :workspace ORDER BY seq DESC LIMIT 2)`),
    pruneSnapshots: database.prepare(`
      DELETE FROM whole_snapshots WHERE workspace = :workspace AND seq NOT IN
        (SELECT seq FROM whole_snapshots WHERE workspace = :workspace ORDER BY seq DESC LIMIT 2)`),
    pruneRest: database.prepare(`
      DELETE FROM snapshot_pieces WHERE workspace = :workspace AND piece >= :pieces AND seq NOT IN
        (SELECT seq FROM whole_snapshots WHERE workspace = :workspace AND seq <> :seq)`),
    wholeSnapshots: database.prepare(
      "SELECT seq, pieces, checksum FROM whole_snapshots WHERE workspace = ? ORDER BY seq DESC LIMIT 2",
    ),
    pieces: database.prepare(
      "SELECT body FROM snapshot_pieces WHERE workspace = ? AND seq = ? AND piece < ? ORDER BY piece",
    ),
    get: database.prepare(`SELECT value FROM "values" WHERE workspace = ? AND space = ? AND key = ?`),
    set: database.prepare(`
      INSERT INTO "values" (workspace, space, key, value) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value`),
    unset: database.prepare(`DELETE FROM "values" WHERE workspace = ? AND space = ? AND key = ?`),
    spaces: database.prepare(`
      SELECT DISTINCT space FROM "values" WHERE workspace = ? AND substr(space, 1, length(?2)) = ?2 ORDER BY space`),
    list: database.prepare(`
      SELECT key, value FROM "values" WHERE workspace = ? AND space = ? AND substr(key, 1, length(?3)) = ?3
      ORDER BY key LIMIT ?4`),
  }
}
