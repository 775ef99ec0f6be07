import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from "node:sqlite"
import { zstdCompressSync, zstdDecompressSync } from "node:zlib"
import type { RecordRow, RecordTexts } from "../bodies.ts"
import { cutReason } from "../cut.ts"
import type {
  RecordEntry,
  RecordedEnd,
  RecordedHead,
  RecordedOpening,
  RecordedTurn,
  RecordLimits,
  WantedRecords,
} from "../run-records.ts"

/**
 * The file of records. A run is a row and a row for each of its turns, compressed; the code of handlers stands once for
 * all the runs of a workspace that ran it. WAL without waiting for the disk: a power cut may cost the last records, never
 * the file. What is removed is overwritten. No schema is loaded here: a thread that parses what it reads would take a second
 * to begin, and who asks parses it anyway.
 */
export class RecordsFile {
  readonly #database: DatabaseSync
  readonly #limits: RecordLimits
  readonly #totals = new Map<string, { runs: number; bytes: number }>()

  constructor(path: string, limits: RecordLimits) {
    this.#limits = limits
    this.#database = new DatabaseSync(path, { timeout: 2000, defensive: true })
    this.#database.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; ${SCHEMA}`)
  }

  put(entries: readonly RecordEntry[]): void {
    this.#database.exec("BEGIN IMMEDIATE")
    try {
      for (const entry of entries) {
        if (entry.kind === "turn") this.#putTurn(entry)
        else if (entry.kind === "end") this.#putEnd(entry)
        else this.#putOpening(entry)
      }
      for (const workspace of new Set(entries.map((entry) => entry.workspace))) this.#bound(workspace)
      this.#database.exec("COMMIT")
    } catch (error) {
      this.#totals.clear()
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK")
      throw error
    }
  }

  forget(workspace: string): void {
    this.#totals.delete(workspace)
    for (const table of ["steps", "runs", "sources"]) {
      this.#database.prepare(`DELETE FROM ${table} WHERE workspace = ?`).run(workspace)
    }
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  list(workspace: string, wanted: WantedRecords): { rows: RecordRow[]; more: boolean } {
    return listIn(this.#database, workspace, wanted)
  }

  read(workspace: string, run: string): RecordTexts | undefined {
    return readIn(this.#database, workspace, run)
  }

  workspaces(): string[] {
    return workspacesIn(this.#database)
  }

  close(): void {
    this.#database.close()
  }

  #putTurn({ workspace, run, turn, at, status, seq, body, head }: RecordedTurn): void {
    if (head) this.#begin(workspace, run, at, status, head)
    const known = this.#find(workspace, run)
    if (!known) return
    const before = this.#database
      .prepare("SELECT length, stored FROM steps WHERE workspace = ? AND run = ? AND turn = ?")
      .get(workspace, run, turn)
    const others = known.length - Number(before?.length ?? 0)
    const fits = body !== undefined && others + body.length <= this.#limits.recordBytes
    const cut = !fits ? cutReason("large") : turn > known.turns ? cutReason("gap") : null
    let added = 0
    if (fits) {
      const packed = zstdCompressSync(body)
      added = packed.length - Number(before?.stored ?? 0)
      this.#database
        .prepare(
          "INSERT OR REPLACE INTO steps (workspace, run, turn, seq, length, stored, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .run(workspace, run, turn, seq, body.length, packed.length, packed)
    }
    this.#database
      .prepare(`UPDATE runs SET status = ?, turns = max(turns, ?), seq = max(seq, ?), cut = coalesce(cut, ?),
        length = ?, stored = stored + ? WHERE workspace = ? AND run = ?`)
      .run(status, turn + 1, seq, cut, fits ? others + body.length : known.length, added, workspace, run)
    this.#count(workspace, 0, added)
  }

  #begin(workspace: string, run: string, at: number, status: string, head: RecordedHead): void {
    const { panel, handler, source, hash, body, whole } = head
    // A request that was repeated after a crash is the same run, begun again.
    this.#drop(workspace, run)
    const packed = zstdCompressSync(body)
    this.#database
      .prepare("INSERT INTO sources (workspace, hash, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
      .run(workspace, hash, zstdCompressSync(source))
    this.#database
      .prepare(`INSERT INTO runs (workspace, run, panel, handler, at, status, turns, seq, cut, source, head, length, stored)
        VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)`)
      .run(
        workspace,
        run,
        panel,
        handler,
        at,
        status,
        whole ? null : cutReason("arguments"),
        hash,
        packed,
        body.length,
        packed.length,
      )
    this.#count(workspace, 1, packed.length)
  }

  #putEnd({ workspace, run, at, status, failure, turns, seq }: RecordedEnd): void {
    const said = failure ? zstdCompressSync(JSON.stringify(failure)) : null
    this.#database
      .prepare(`UPDATE runs SET ended_at = ?, status = ?, failure = ?, seq = max(seq, ?),
        cut = CASE WHEN cut IS NULL AND ? > turns THEN ? ELSE cut END, turns = max(turns, ?)
        WHERE workspace = ? AND run = ?`)
      .run(at, status, said, seq, turns, cutReason("gap"), turns, workspace, run)
  }

  #putOpening({ workspace, at, going, failure }: RecordedOpening): void {
    this.#database
      .prepare(`UPDATE runs SET ended_at = ?, status = 'failed', failure = ? WHERE workspace = ? AND status = 'waiting'
        AND run NOT IN (SELECT value FROM json_each(?))`)
      .run(at, zstdCompressSync(JSON.stringify(failure)), workspace, JSON.stringify(going))
  }

  #find(workspace: string, run: string): { turns: number; length: number } | undefined {
    const row = this.#database
      .prepare("SELECT turns, length FROM runs WHERE workspace = ? AND run = ?")
      .get(workspace, run)
    return row && { turns: Number(row.turns), length: Number(row.length) }
  }

  #count(workspace: string, runs: number, bytes: number): void {
    const total = this.#totals.get(workspace)
    if (!total) return
    total.runs += runs
    total.bytes += bytes
  }

  /** The oldest go; one always stays. */
  #bound(workspace: string): void {
    const total = this.#totals.get(workspace) ?? this.#total(workspace)
    this.#totals.set(workspace, total)
    while (total.runs > 1 && (total.runs > this.#limits.workspaceRuns || total.bytes > this.#limits.workspaceBytes)) {
      const oldest = this.#database
        .prepare("SELECT run FROM runs WHERE workspace = ? ORDER BY at, run LIMIT 1")
        .get(workspace)
      if (!oldest) return
      this.#drop(workspace, String(oldest.run))
    }
  }

  #total(workspace: string): { runs: number; bytes: number } {
    const sum = this.#database
      .prepare("SELECT count(*) AS runs, coalesce(sum(stored), 0) AS bytes FROM runs WHERE workspace = ?")
      .get(workspace)
    return { runs: Number(sum?.runs), bytes: Number(sum?.bytes) }
  }

  #drop(workspace: string, run: string): void {
    const gone = this.#database
      .prepare("DELETE FROM runs WHERE workspace = ? AND run = ? RETURNING source, stored")
      .get(workspace, run)
    if (!gone) return
    this.#database.prepare("DELETE FROM steps WHERE workspace = ? AND run = ?").run(workspace, run)
    this.#database
      .prepare(`DELETE FROM sources WHERE workspace = ?1 AND hash = ?2
        AND NOT EXISTS (SELECT 1 FROM runs WHERE workspace = ?1 AND source = ?2)`)
      .run(workspace, String(gone.source))
    this.#count(workspace, -1, -Number(gone.stored))
  }
}

export function listIn(
  database: DatabaseSync,
  workspace: string,
  { panel, handler, before, since, after, limit }: WantedRecords,
): { rows: RecordRow[]; more: boolean } {
  const conditions: [condition: string, ...values: (SQLInputValue | undefined)[]][] = [
    ["workspace = ?", workspace],
    ["panel = ?", panel],
    ["handler = ?", handler],
    ["at < ?", before],
    ["at >= ?", since],
    ["at <= ?", after?.at],
    // Of those that began in the same millisecond, the ones behind it.
    ["(at <> ? OR run < ?)", after?.at, after?.run],
  ]
  const asked = conditions.flatMap(([condition, ...values]) => {
    const given = values.filter((value) => value !== undefined)
    return given.length < values.length ? [] : [{ condition, given }]
  })
  const where = asked.map(({ condition }) => condition).join(" AND ")
  const rows = database
    .prepare(`SELECT ${COLUMNS} FROM runs WHERE ${where} ORDER BY at DESC, run DESC LIMIT ?`)
    .all(...asked.flatMap(({ given }) => given), limit + 1)
  return { rows: rows.slice(0, limit).map(rowOf), more: rows.length > limit }
}

export function readIn(database: DatabaseSync, workspace: string, run: string): RecordTexts | undefined {
  const row = database
    .prepare(`SELECT ${COLUMNS}, source FROM runs WHERE workspace = ? AND run = ?`)
    .get(workspace, run)
  if (!row) return undefined
  const source = database
    .prepare("SELECT body FROM sources WHERE workspace = ? AND hash = ?")
    .get(workspace, row.source ?? null)
  const steps = database
    .prepare("SELECT turn, seq, body FROM steps WHERE workspace = ? AND run = ? ORDER BY turn")
    .all(workspace, run)
  return {
    row: rowOf(row),
    source: textOf(source?.body),
    steps: steps.map(({ turn, seq, body }) => ({ turn: Number(turn), seq: Number(seq), body: textOf(body) })),
  }
}

export function workspacesIn(database: DatabaseSync): string[] {
  return database
    .prepare("SELECT DISTINCT workspace FROM runs ORDER BY workspace")
    .all()
    .map(({ workspace }) => String(workspace))
}

function rowOf(row: { readonly [column: string]: SQLOutputValue }): RecordRow {
  return {
    run: String(row.run),
    panel: String(row.panel),
    handler: String(row.handler),
    at: Number(row.at),
    endedAt: row.endedAt === null ? undefined : Number(row.endedAt),
    status: statusOf(row.status),
    failure: row.failure === null ? undefined : textOf(row.failure),
    turns: Number(row.turns),
    seq: Number(row.seq),
    cut: row.cut === null ? undefined : String(row.cut),
    head: textOf(row.head),
  }
}

function statusOf(text: SQLOutputValue | undefined): RecordRow["status"] {
  return text === "finished" || text === "failed" ? text : "waiting"
}

function textOf(packed: SQLOutputValue | undefined): string {
  if (!(packed instanceof Uint8Array)) throw new Error("a part of the record is missing")
  return zstdDecompressSync(packed).toString()
}

const COLUMNS = "run, panel, handler, at, ended_at AS endedAt, status, failure, turns, seq, cut, head"

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS runs (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    panel TEXT NOT NULL,
    handler TEXT NOT NULL,
    at REAL NOT NULL,
    ended_at REAL,
    status TEXT NOT NULL,
    failure BLOB,
    turns INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    cut TEXT,
    source TEXT NOT NULL,
    head BLOB NOT NULL,
    length INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    PRIMARY KEY (workspace, run)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS runs_by_time ON runs (workspace, at, run);
  CREATE INDEX IF NOT EXISTS runs_by_source ON runs (workspace, source);
  CREATE TABLE IF NOT EXISTS steps (
    workspace TEXT NOT NULL,
    run TEXT NOT NULL,
    turn INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    length INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (workspace, run, turn)
  );
  CREATE TABLE IF NOT EXISTS sources (
    workspace TEXT NOT NULL,
    hash TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (workspace, hash)
  );
`
