import type pg from "pg"

/**
 * The journal's tables, in a schema of their own beside Prisma's. Ids sort by their bytes, as in SQLite, whatever the
 * database's language. Kernels that start at once take turns, since `IF NOT EXISTS` alone does not make two of them one.
 */
export async function prepareJournal(pool: pg.Pool): Promise<void> {
  await pool.query(`BEGIN; SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}); ${SCHEMA} COMMIT;`)
}

const SCHEMA_LOCK = 7_202_612

const SCHEMA = `
  CREATE SCHEMA IF NOT EXISTS journal;
  CREATE TABLE IF NOT EXISTS journal.workspaces (
    id text COLLATE "C" PRIMARY KEY,
    epoch bigint NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS journal.changes (
    workspace text COLLATE "C" NOT NULL REFERENCES journal.workspaces (id),
    seq bigint NOT NULL,
    submission text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (workspace, seq),
    UNIQUE (workspace, submission)
  );
  CREATE TABLE IF NOT EXISTS journal.whole_snapshots (
    workspace text COLLATE "C" NOT NULL REFERENCES journal.workspaces (id),
    seq bigint NOT NULL,
    pieces integer NOT NULL,
    checksum text NOT NULL,
    PRIMARY KEY (workspace, seq)
  );
  CREATE TABLE IF NOT EXISTS journal.snapshot_pieces (
    workspace text COLLATE "C" NOT NULL REFERENCES journal.workspaces (id),
    seq bigint NOT NULL,
    piece integer NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (workspace, seq, piece)
  );
  CREATE TABLE IF NOT EXISTS journal.values (
    workspace text COLLATE "C" NOT NULL,
    space text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (workspace, space, key)
  );
  CREATE TABLE IF NOT EXISTS journal.keys (
    name text PRIMARY KEY,
    key text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS journal.pods (
    id text COLLATE "C" PRIMARY KEY,
    url text NOT NULL,
    alive integer NOT NULL
  );
  CREATE TABLE IF NOT EXISTS journal.leases (
    workspace text COLLATE "C" PRIMARY KEY REFERENCES journal.workspaces (id),
    pod text COLLATE "C" NOT NULL,
    until timestamptz NOT NULL
  );
`
