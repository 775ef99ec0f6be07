import { apply, type Change, type Entity, Graph, NexusError, type Relationship, sentenceOf } from "@nexus/protocol"
import type { RecordReader } from "../store/event-store.ts"

/**
 * The world rebuilt from records: the nearest snapshot before an instant, and the changes since through the same `apply`
 * that made the graph in the first place. So the twin at now equals the graph by construction, not by resemblance.
 * Reading state columns out of the store was refused: it would be a second meaning of every operation.
 */
export interface Twin {
  readonly graph: Graph
  readonly seq: number
}

/** A workspace at the instant `at` (ms since the epoch); `source` says who answered. */
export interface TwinState {
  /** The last change in it; 0 is the empty workspace. */
  readonly seq: number
  readonly at: number
  readonly entities: readonly Entity[]
  readonly relationships: readonly Relationship[]
  readonly source: "clickhouse" | "journal"
}

/** The workspace as it was after every change up to `at`. */
export async function twinAt(reader: RecordReader, workspace: string, at: number): Promise<Twin> {
  return await twinAfter(reader, workspace, await reader.seqAt(workspace, at))
}

/** The workspace as it was right after change `seq`. */
export async function twinAfter(reader: RecordReader, workspace: string, seq: number): Promise<Twin> {
  if (seq <= 0) return { graph: new Graph(), seq: 0 }
  const snapshot = await reader.snapshotBefore(workspace, seq)
  const graph = snapshot ? Graph.fromSnapshot(snapshot) : new Graph()
  const changes = await reader.changes(workspace, snapshot?.seq ?? 0, seq)
  for (const change of changes) {
    replay(graph, change)
    if (change.seq % KEPT_EVERY === 0)
      await reader.keepSnapshot?.({ workspace, seq: change.seq, ...graph.toSnapshot() })
  }
  return { graph, seq }
}

const KEPT_EVERY = 500

/** Advances `graph` by a change that was accepted once; that it is refused now means the record is not whole. */
function replay(graph: Graph, change: Change): void {
  const applied = apply(graph, change.operations)
  if (applied.ok) return
  const detail = `change ${change.seq} does not replay: ${sentenceOf(applied.failure)}`
  throw new NexusError({ code: "unavailable", what: "The record", detail })
}
