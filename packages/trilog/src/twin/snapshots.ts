import type { Change } from "@nexus/protocol"
import type { EventStore } from "../store/event-store.ts"
import { twinAfter } from "./twin.ts"

const BUCKET_MS = 6 * 3_600_000
const CHANGES = 500

/**
 * Writes the workspace whole at the edge of every six hours, and sooner where much happens, so that rebuilding a moment
 * replays little. A large graph waits for as many changes as it has entities: else snapshots outgrow the record.
 */
export function createSnapshots(store: EventStore): (workspace: string, last: Change) => Promise<void> {
  const taken = new Map<string, { seq: number; at: number; size: number }>()
  return async (workspace, last) => {
    let before = taken.get(workspace)
    if (!before) {
      const snapshot = await store.snapshotBefore(workspace, last.seq)
      before = { seq: snapshot?.seq ?? 0, at: last.at, size: snapshot?.entities.length ?? 0 }
      taken.set(workspace, before)
    }
    const edge = Math.floor(last.at / BUCKET_MS) > Math.floor(before.at / BUCKET_MS)
    const many = last.seq - before.seq >= Math.max(CHANGES, before.size)
    if (!edge && !many) return
    const seq = edge ? last.seq - 1 : last.seq
    if (seq <= before.seq) {
      taken.set(workspace, { ...before, at: last.at })
      return
    }
    const { graph } = await twinAfter(store, workspace, seq)
    await store.writeSnapshot({ workspace, seq, ...graph.toSnapshot() }, last.at)
    taken.set(workspace, { seq, at: last.at, size: graph.size })
  }
}
