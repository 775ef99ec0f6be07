import type { Change } from "@nexus/protocol"
import { rowsOfChange, touchesOf } from "../anchor.ts"
import type { ChangeSource } from "../change-source.ts"
import { contiguous } from "./contiguous.ts"
import type { EventRow, EventStore, RecordReader } from "./event-store.ts"
import { answers, gives, newestFirst } from "./memory.ts"

const PAGE = 500

/**
 * The record read from the journal itself: slower, and always right. It serves where there is no ClickHouse, and for as
 * long as ClickHouse is away. Events that are no changes come from `kept`; of the journal only each change's instant is
 * remembered (8 bytes a change), so that "what was the last change then" is not a read of everything.
 */
export function createJournalReader(source: ChangeSource, kept: EventStore): RecordReader {
  const instants = new Map<string, number[]>()

  async function instantsOf(workspace: string): Promise<readonly number[]> {
    const known = instants.get(workspace) ?? []
    instants.set(workspace, known)
    for (;;) {
      const before = known.length
      const page = await source.changes(workspace, before, PAGE)
      for (const change of page) if (change.seq === known.length + 1) known.push(change.at)
      if (page.length < PAGE || known.length === before) return known
    }
  }

  async function between(workspace: string, after: number, upTo: number): Promise<readonly Change[]> {
    const found: Change[] = []
    for (let from = after; from < upTo; ) {
      const page = await source.changes(workspace, from, Math.min(PAGE, upTo - from))
      if (page.length === 0) break
      for (const change of page) if (change.seq <= upTo) found.push(change)
      from = page[page.length - 1]?.seq ?? upTo
    }
    return contiguous(found, after, upTo)
  }

  /** Newest first, page by page, until `visit` says it has enough. */
  async function backwards(workspace: string, below: number, visit: (change: Change) => boolean): Promise<void> {
    for (let upTo = below - 1; upTo > 0; upTo -= PAGE) {
      const page = await between(workspace, Math.max(0, upTo - PAGE), upTo)
      for (const change of page.toReversed()) if (visit(change)) return
    }
  }

  return {
    async seqAt(workspace, at) {
      return (await instantsOf(workspace)).findLastIndex((instant) => instant <= at) + 1
    },
    changes: between,
    snapshotBefore: (workspace, seq) => kept.snapshotBefore(workspace, seq),
    keepSnapshot: (snapshot) => kept.writeSnapshot(snapshot, 0),
    async touching(workspace, panel, state, before, limit) {
      const seqs: number[] = []
      const below = Math.min(before, (await instantsOf(workspace)).length + 1)
      await backwards(workspace, below, (change) => {
        if (touchesOf(change).some((touch) => touch.id === panel && gives(touch, state))) seqs.push(change.seq)
        return seqs.length >= limit
      })
      return seqs
    },
    async rows(query) {
      const { workspace, from, to, limit } = query
      const known = await instantsOf(workspace)
      const last = known.findLastIndex((instant) => instant <= to) + 1
      const first = known.findIndex((instant) => instant >= from) + 1
      const found: EventRow[] = []
      await backwards(workspace, last + 1, (change) => {
        if (first === 0 || change.seq < first) return true
        found.push(...rowsOfChange(change).filter((row) => answers(row, query)))
        return found.length >= limit
      })
      return newestFirst([...found, ...(await kept.rows(query))]).slice(0, limit)
    },
    runRows: (workspace, run) => kept.runRows(workspace, run),
    trace: (traceId) => kept.trace(traceId),
    metrics: (workspace, from, to) => kept.metrics(workspace, from, to),
    series: (workspace, from, to) => kept.series(workspace, from, to),
  }
}
