import { createHash } from "node:crypto"
import type { Snapshot } from "@nexus/protocol"
import type pg from "pg"
import { snapshotPieces } from "../snapshot-pieces.ts"

const SAVE_PIECE = `
  INSERT INTO journal.snapshot_pieces (workspace, seq, piece, body)
  SELECT id, $3, $4, $5 FROM journal.workspaces WHERE id = $1 AND epoch = $2 FOR SHARE
  ON CONFLICT (workspace, seq, piece) DO UPDATE SET body = excluded.body`
const END = `
  INSERT INTO journal.whole_snapshots (workspace, seq, pieces, checksum)
  SELECT id, $3, $4, $5 FROM journal.workspaces WHERE id = $1 AND epoch = $2 FOR SHARE
  ON CONFLICT (workspace, seq) DO UPDATE SET pieces = excluded.pieces, checksum = excluded.checksum`
const PRUNE_SNAPSHOTS = `
  DELETE FROM journal.whole_snapshots WHERE workspace = $1 AND seq NOT IN
    (SELECT seq FROM journal.whole_snapshots WHERE workspace = $1 ORDER BY seq DESC LIMIT 2)`
const PRUNE_PIECES = `
  DELETE FROM journal.snapshot_pieces p WHERE workspace = $1 AND seq <= $2 AND NOT EXISTS
    (SELECT FROM journal.whole_snapshots w WHERE w.workspace = p.workspace AND w.seq = p.seq AND p.piece < w.pieces)`

/** Writes a snapshot piece by piece; it counts when its checksum stands there. Gives false when the epoch is void. */
export async function saveSnapshot(pool: pg.Pool, snapshot: Snapshot, epoch: number): Promise<boolean> {
  const { workspace, seq } = snapshot
  const hash = createHash("sha256")
  let pieces = 0
  for (const body of snapshotPieces(snapshot)) {
    hash.update(body)
    const { rowCount } = await pool.query(SAVE_PIECE, [workspace, epoch, seq, pieces, body])
    if (rowCount !== 1) return false
    pieces += 1
  }
  const { rowCount } = await pool.query(END, [workspace, epoch, seq, pieces, hash.digest("hex")])
  if (rowCount !== 1) return false
  await pool.query(PRUNE_SNAPSHOTS, [workspace])
  await pool.query(PRUNE_PIECES, [workspace, seq])
  return true
}

/** The text of the newest snapshot that is whole. */
export async function loadSnapshot(pool: pg.Pool, workspace: string): Promise<string | undefined> {
  const { rows: whole } = await pool.query<{ seq: string; pieces: number; checksum: string }>(
    "SELECT seq, pieces, checksum FROM journal.whole_snapshots WHERE workspace = $1 ORDER BY seq DESC LIMIT 2",
    [workspace],
  )
  for (const { seq, pieces, checksum } of whole) {
    const { rows } = await pool.query<{ body: string }>(
      "SELECT body FROM journal.snapshot_pieces WHERE workspace = $1 AND seq = $2 AND piece < $3 ORDER BY piece",
      [workspace, seq, pieces],
    )
    const body = rows.map((row) => row.body).join("")
    if (createHash("sha256").update(body).digest("hex") === checksum) return body
  }
  return undefined
}
