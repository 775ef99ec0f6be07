import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs"
import { dirname } from "node:path"

const PIECE_BYTES = 1024 * 1024

/**
 * Makes SQLite's write-ahead log beside `path` durable, before anybody is answered from it; whoever calls holds SQLite's
 * write lock. A process that was killed, or whose fsync failed, leaves transactions in the system's memory that the disk may
 * never get: recovery finds them there, a repeated submission would be answered by them, and a power cut would take them
 * back. To sync is not enough, because a failed fsync leaves pages that count as written; so every byte is written again
 * first.
 */
export function rewriteLog(path: string): void {
  const log = `${path}-wal`
  if (!existsSync(log)) return
  const file = openSync(log, "r+")
  try {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, fstatSync(file).size))
    for (let at = 0; ; ) {
      const length = readSync(file, piece, 0, piece.length, at)
      if (length === 0) break
      writeSync(file, piece, 0, length, at)
      at += length
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  syncFolder(dirname(path))
}

/** A name is durable when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r")
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
