import type { Graph } from "@nexus/protocol"
import type { Journal } from "../storage/journal.ts"

const EVERY_CHANGES = 500
const EVERY_MS = 30_000
/** Under heavy load 500 changes pass in half a second; writing the graph that often would cost more than replaying. */
const AT_MOST_EVERY_MS = 5_000

export interface SnapshotSource {
  readonly workspace: string
  readonly graph: Graph
  seq(): number
  epoch(): number
  now(): number
}

/** Decides when the graph is written whole, so that opening reads one snapshot and a short tail. */
export class Snapshots {
  readonly #journal: Journal
  readonly #world: SnapshotSource
  readonly #log: (message: string, detail: object) => void
  #savedSeq: number
  #savedAt: number
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
    this.#savedAt = world.now()
    this.#log = log
  }

  onChange(): void {
    const waited = this.#world.now() - this.#savedAt
    if (this.#world.seq() - this.#savedSeq >= EVERY_CHANGES && waited >= AT_MOST_EVERY_MS) this.save()
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
    this.#savedAt = this.#world.now()
    const { workspace, graph } = this.#world
    try {
      // As they lie: sorting them would hold everybody up, and whoever reads them puts them into indexes anyway.
      const now = { workspace, seq, entities: [...graph.entities()], relationships: [...graph.relationships()] }
      await this.#journal.saveSnapshot(now, this.#world.epoch())
      this.#savedSeq = seq
    } catch (error) {
      this.#log("no snapshot was written", { workspace, seq, error: String(error) })
    }
  }
}
