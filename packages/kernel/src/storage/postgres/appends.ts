import { type Change, NexusError } from "@nexus/protocol"
import type pg from "pg"
import { isTaken, unavailable } from "./failures.ts"

/**
 * Group commit without a timer: one statement is under way at a time, what comes meanwhile waits, and the next statement
 * takes all of it: one round trip and one wait for the disk. It compares and sets on (workspace, epoch, seq) and inserts.
 * The row of the workspace is locked in share mode: whoever takes the workspace raises its epoch by updating that row,
 * so no append of an earlier epoch can come to stand behind it.
 *
 * A statement takes of each workspace a chain, changes that follow each other, and a chain is written whole or not at
 * all. The changes of one that was refused are asked for one by one, so that each gets its own answer.
 */
interface Waiting {
  readonly change: Change
  readonly epoch: number
  readonly body: string
  resolve(): void
  reject(error: Error): void
}

const MOST_CHANGES = 500
const MOST_LENGTH = 4 * 1024 * 1024

const APPEND = `
  WITH asked AS (
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
      AS a (workspace, epoch, seq, submission, body)
  ), held AS (
    SELECT w.id FROM journal.workspaces w
    JOIN (SELECT workspace, epoch, min(seq) AS first FROM asked GROUP BY workspace, epoch) chain
      ON chain.workspace = w.id AND chain.epoch = w.epoch
    WHERE chain.first = 1 + coalesce((SELECT max(seq) FROM journal.changes c WHERE c.workspace = w.id), 0)
      AND NOT EXISTS (
        SELECT FROM asked a JOIN journal.changes c ON c.workspace = a.workspace AND c.submission = a.submission
        WHERE a.workspace = w.id)
    FOR SHARE OF w
  )
  INSERT INTO journal.changes (workspace, seq, submission, body)
  SELECT a.workspace, a.seq, a.submission, a.body FROM asked a JOIN held ON held.id = a.workspace
  RETURNING workspace`

export class Appends {
  readonly #pool: pg.Pool
  #waiting: Waiting[] = []
  #running: Promise<void> | undefined

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  append(change: Change, epoch: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiting.push({ change, epoch, body: JSON.stringify(change), resolve, reject })
    this.#running ??= this.#run()
    return promise
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // What is asked for in the same breath goes into the same statement.
    await Promise.resolve()
    while (this.#waiting.length > 0) await this.#writeTogether(this.#take())
    this.#running = undefined
  }

  /** The chains that go together; whatever does not continue one stays, and so does everything of its workspace behind. */
  #take(): Map<string, Waiting[]> {
    const chains = new Map<string, Waiting[]>()
    const broken = new Set<string>()
    const rest: Waiting[] = []
    let [count, length] = [0, 0]
    for (const asked of this.#waiting) {
      const { workspace } = asked.change
      const chain = chains.get(workspace) ?? []
      const full = count >= MOST_CHANGES || (count > 0 && length + asked.body.length > MOST_LENGTH)
      if (full || broken.has(workspace) || !continues(chain, asked)) {
        broken.add(workspace)
        rest.push(asked)
        continue
      }
      chain.push(asked)
      chains.set(workspace, chain)
      count += 1
      length += asked.body.length
    }
    this.#waiting = rest
    return chains
  }

  async #writeTogether(chains: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    const all = [...chains.values()].flat()
    try {
      const written = await this.#insert(all)
      for (const [workspace, chain] of chains) {
        if (written.has(workspace)) for (const { resolve } of chain) resolve()
        else await this.#writeAlone(chain)
      }
    } catch (error) {
      if (isTaken(error)) for (const chain of chains.values()) await this.#writeAlone(chain)
      else for (const { reject } of all) reject(unavailable(error))
    }
  }

  async #writeAlone(chain: readonly Waiting[]): Promise<void> {
    let lost: NexusError | undefined
    for (const asked of chain) {
      // An epoch that is void stays void: the rest of the chain need not be tried.
      const no = lost ?? (await this.#writeOne(asked))
      if (no?.failure.code === "lease-lost") lost = no
      if (no) asked.reject(no)
      else asked.resolve()
    }
  }

  async #writeOne(asked: Waiting): Promise<NexusError | undefined> {
    const { change, epoch } = asked
    try {
      const written = await this.#insert([asked])
      return written.has(change.workspace) ? undefined : await this.whyNot(change.workspace, epoch)
    } catch (error) {
      return isTaken(error) ? movedOn(change.workspace) : unavailable(error)
    }
  }

  /** The workspaces whose chains were written. */
  async #insert(all: readonly Waiting[]): Promise<ReadonlySet<string>> {
    const columns = [
      all.map(({ change }) => change.workspace),
      all.map(({ epoch }) => epoch),
      all.map(({ change }) => change.seq),
      all.map(({ change }) => change.submission),
      all.map(({ body }) => body),
    ]
    const query = { name: "append", text: APPEND, values: columns }
    const { rows } = await this.#pool.query<{ workspace: string }>(query)
    return new Set(rows.map(({ workspace }) => workspace))
  }

  /** Why a write under this epoch found no row to stand on. */
  async whyNot(workspace: string, epoch: number): Promise<NexusError> {
    const { rows } = await this.#pool.query<{ epoch: string }>("SELECT epoch FROM journal.workspaces WHERE id = $1", [
      workspace,
    ])
    const [row] = rows
    if (!row) return new NexusError({ code: "not-found", what: "workspace", id: workspace })
    return Number(row.epoch) === epoch ? movedOn(workspace) : new NexusError({ code: "lease-lost", workspace })
  }
}

function continues(chain: readonly Waiting[], { change, epoch }: Waiting): boolean {
  const last = chain[chain.length - 1]
  if (!last) return true
  const known = chain.some((earlier) => earlier.change.submission === change.submission)
  return change.seq === last.change.seq + 1 && epoch === last.epoch && !known
}

function movedOn(workspace: string): NexusError {
  return new NexusError({
    code: "conflict",
    detail: `The journal of ${workspace} has moved on: another change is there.`,
  })
}
