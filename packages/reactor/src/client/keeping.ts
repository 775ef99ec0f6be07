import type { Change, Role, Snapshot } from "@nexus/protocol"
import type { Conflict, Left, Others, Outbox, OutboxWrite, Queued } from "./outbox.ts"

export interface KeepingOptions {
  readonly outbox: Outbox
  readonly after: (ms: number, run: () => void) => () => void
  /** The confirmed graph now. */
  readonly snapshot: () => Snapshot
  readonly role: () => Role | undefined
}

/** Most answers come sooner: what has one by then is never written. */
const SOON_MS = 300
/** After so many changes the graph is written whole again, so that opening it stays quick. */
const MOST_CHANGES = 500

/**
 * Writes behind what happens, in order and in few transactions: what the person did without a line at once, everything
 * else within a moment. `idle` says that nothing would be lost if the page ended now.
 */
export class Keeping {
  readonly #options: KeepingOptions
  #due: OutboxWrite[] = []
  #changes = 0
  /** Refs whose `queued` was handed to the outbox. */
  readonly #written = new Set<string>()
  #writing: Promise<void> | undefined
  #failed = false
  #closed = false
  #cancel: (() => void) | undefined

  constructor(options: KeepingOptions) {
    this.#options = options
  }

  get idle(): boolean {
    return !this.#failed && this.#due.length === 0 && this.#writing === undefined
  }

  async open(onOthers: (others: Others) => void): Promise<Left> {
    const { outbox } = this.#options
    outbox.onOthers(onOthers)
    const left = await outbox.open()
    for (const { message } of left.queue) this.#written.add(message.ref)
    this.#changes = left.confirmed?.changes.length ?? 0
    return left
  }

  snapshot(role: Role, snapshot: Snapshot): void {
    this.#due = this.#due.filter(({ kind }) => kind !== "change" && kind !== "snapshot")
    this.#changes = 0
    this.#note({ kind: "snapshot", role, snapshot })
  }

  change(change: Change): void {
    this.#changes += 1
    this.#note({ kind: "change", change })
  }

  queued(queued: Queued, atOnce: boolean): void {
    const { ref } = queued.message
    this.#due = this.#due.filter((write) => write.kind !== "queued" || write.queued.message.ref !== ref)
    this.#note({ kind: "queued", queued })
    if (atOnce) void this.flush()
  }

  answered(ref: string): void {
    this.#due = this.#due.filter((write) => write.kind !== "queued" || write.queued.message.ref !== ref)
    if (this.#written.delete(ref)) this.#note({ kind: "answered", ref })
  }

  /** Together with the answer that made it one. */
  conflict(conflict: Conflict): void {
    this.#note({ kind: "conflict", conflict })
    void this.flush()
  }

  decided(ref: string): void {
    this.#note({ kind: "decided", ref })
    void this.flush()
  }

  steps(steps: Left["steps"]): void {
    this.#due = this.#due.filter(({ kind }) => kind !== "steps")
    this.#note({ kind: "steps", steps })
  }

  closedToUs(): void {
    this.#note({ kind: "closed_to_us" })
    void this.flush()
  }

  /** Hands everything over; resolves when it is written. What comes while one list is written goes in the next. */
  flush(): Promise<void> {
    this.#cancel?.()
    this.#cancel = undefined
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
    })
    return this.#writing
  }

  async close(): Promise<void> {
    await this.flush()
    this.#closed = true
    this.#options.outbox.close()
  }

  #note(write: OutboxWrite): void {
    this.#due.push(write)
    this.#cancel ??= this.#options.after(SOON_MS, () => void this.flush())
  }

  async #writeAll(): Promise<void> {
    while (this.#due.length > 0 && !this.#closed) {
      try {
        await this.#options.outbox.write(this.#takeDue())
      } catch {
        this.#failed = true
      }
    }
  }

  #takeDue(): readonly OutboxWrite[] {
    const due = this.#due
    this.#due = []
    for (const write of due) if (write.kind === "queued") this.#written.add(write.queued.message.ref)
    const role = this.#options.role()
    if (this.#changes <= MOST_CHANGES || !role) return due
    this.#changes = 0
    return [
      { kind: "snapshot", role, snapshot: this.#options.snapshot() },
      ...due.filter(({ kind }) => kind !== "change" && kind !== "snapshot"),
    ]
  }
}
