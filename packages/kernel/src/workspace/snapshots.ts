import type { Graph } from "@nexus/protocol"
import type { Journal } from "../storage/journal.ts"

const EVERY_CHANGES = 500
const EVERY_MS = 30_000
/** After one there is a rest of so many times as long as it took: at most a fifth of the time goes into snapshots. */
const REST = 4

export interface SnapshotSource {
  readonly workspace: string
  readonly graph: Graph
  seq(): number
  epoch(): number
  now(): number
}

/**
 * Decides when the graph is written whole, so that opening reads one snapshot and a short tail: after 500 changes, or
 * after 30 s. It is written in pieces beside the changes (`storage/snapshot-pieces`) and one at a time; where 500
 * changes pass faster than a large graph is written, the rest keeps the journal free for them (docs/decisions/0042).
 */
export class Snapshots {
  readonly #journal: Journal
  readonly #world: SnapshotSource
  readonly #log: (message: string, detail: object) => void
  #savedSeq: number
  #restsUntil = Number.NEGATIVE_INFINITY
  #saving: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(
    journal: Journal,
    world: SnapshotSource,
    savedSeq: number,
    log: (message: string, detail: object) => void,
  ) {
    this.#journal = journal
    this.#world = world
    this.#savedSeq = savedSeq
    this.#log = log
  }

  onChange(): void {
    const isDue = this.#world.seq() - this.#savedSeq >= EVERY_CHANGES
    if (isDue && !this.#saving && this.#world.now() >= this.#restsUntil) this.save()
    this.#timer ??= setTimeout(() => this.save(), EVERY_MS).unref()
  }

  /** Writes one now, unless one is being written or nothing has changed. */
  save(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const seq = this.#world.seq()
    if (seq === this.#savedSeq) return Promise.resolve()
    this.#saving ??= this.#write(seq).finally(() => {
      this.#saving = undefined
    })
    return this.#saving
  }

  async close(): Promise<void> {
    await this.save()
    clearTimeout(this.#timer)
  }

  async #write(seq: number): Promise<void> {
    const startedAt = this.#world.now()
    const { workspace, graph } = this.#world
    try {
      // As they lie: sorting them would hold everybody up, and whoever reads them puts them into indexes anyway.
      const now = { workspace, seq, entities: [...graph.entities()], relationships: [...graph.relationships()] }
      await this.#journal.saveSnapshot(now, this.#world.epoch())
      this.#savedSeq = seq
    } catch (error) {
      this.#log("no snapshot was written", { workspace, seq, error: String(error) })
    }
    const endedAt = this.#world.now()
    this.#restsUntil = endedAt + (endedAt - startedAt) * REST
  }
}
