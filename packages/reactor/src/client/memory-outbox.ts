import type { Change } from "@nexus/protocol"
import type { Confirmed, Conflict, Left, Others, Outbox, OutboxWrite, Queued } from "./outbox.ts"

interface Page {
  readonly tell: (others: Others) => void
}

/** What the pages of one person share of one workspace, in memory: for tests and for programs that keep nothing. */
export class MemoryOutboxes {
  #confirmed: Confirmed | undefined
  #steps: Left["steps"] = { undo: [], redo: [] }
  readonly #queue = new Map<string, { queued: Queued; page: Page }>()
  readonly #conflicts = new Map<string, Conflict>()
  readonly #pages = new Set<Page>()

  /** An outbox of a page that opens now. Closing it is how a page ends. */
  page(): Outbox {
    const listeners = new Set<(others: Others) => void>()
    const page: Page = {
      tell: (others) => {
        for (const listener of listeners) listener(others)
      },
    }
    return {
      open: async () => {
        this.#pages.add(page)
        return structuredClone({
          confirmed: this.#confirmed,
          queue: this.#takeOver(page),
          conflicts: [...this.#conflicts.values()],
          steps: this.#steps,
        })
      },
      write: async (writes) => {
        for (const write of structuredClone(writes)) this.#write(write, page)
        this.#tellOthers(page, writes)
      },
      onOthers(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      close: () => {
        this.#pages.delete(page)
        const [heir] = this.#pages
        if (!heir) return
        const queue = this.#takeOver(heir)
        if (queue.length > 0) heir.tell(structuredClone({ queue }))
      },
    }
  }

  /** What waits in pages that ended becomes `heir`'s. */
  #takeOver(heir: Page): Queued[] {
    const orphans = [...this.#queue.values()].filter(({ page }) => !this.#pages.has(page))
    for (const entry of orphans) entry.page = heir
    return orphans.map(({ queued }) => queued)
  }

  #write(write: OutboxWrite, page: Page): void {
    switch (write.kind) {
      case "snapshot":
        this.#confirmed = { role: write.role, snapshot: write.snapshot, changes: [] }
        return
      case "change":
        if (this.#confirmed) this.#confirmed = { ...this.#confirmed, changes: followed(this.#confirmed, write.change) }
        return
      case "queued":
        this.#queue.set(write.queued.message.ref, { queued: write.queued, page })
        return
      case "answered":
        this.#queue.delete(write.ref)
        return
      case "conflict":
        this.#conflicts.set(write.conflict.ref, write.conflict)
        return
      case "decided":
        this.#conflicts.delete(write.ref)
        return
      case "steps":
        this.#steps = write.steps
        return
      case "closed_to_us":
        this.#confirmed = undefined
        return
      default:
        write satisfies never
    }
  }

  #tellOthers(page: Page, writes: readonly OutboxWrite[]): void {
    const kinds = new Set(writes.map(({ kind }) => kind))
    const others = structuredClone({
      ...(kinds.has("steps") ? { steps: this.#steps } : {}),
      ...(kinds.has("conflict") || kinds.has("decided") ? { conflicts: [...this.#conflicts.values()] } : {}),
    })
    if (Object.keys(others).length === 0) return
    for (const other of this.#pages) if (other !== page) other.tell(others)
  }
}

function followed({ snapshot, changes }: Confirmed, change: Change): readonly Change[] {
  const last = changes.at(-1)?.seq ?? snapshot.seq
  return change.seq === last + 1 ? [...changes, change] : changes
}
