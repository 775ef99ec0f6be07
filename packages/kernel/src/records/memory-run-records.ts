import { type RecordRow, toRecord, toSummary } from "./bodies.ts"
import { cutReason } from "./cut.ts"
import {
  DEFAULT_RECORD_LIMITS,
  type RecordEntry,
  type RecordedEnd,
  type RecordedOpening,
  type RecordedTurn,
  type RecordLimits,
  type RunRecords,
} from "./run-records.ts"

interface Kept {
  row: RecordRow
  readonly source: string
  readonly steps: Map<number, { readonly turn: number; readonly seq: number; readonly body: string }>
}

/** Records in memory, gone with the process; for tests, and for kernels that keep nothing. */
export function createMemoryRunRecords(limits: RecordLimits = DEFAULT_RECORD_LIMITS): RunRecords {
  const all = new Map<string, Map<string, Kept>>()

  const put = (entry: RecordEntry): void => {
    const runs = all.get(entry.workspace) ?? new Map<string, Kept>()
    if (entry.kind === "opening") {
      for (const kept of runs.values()) kept.row = opened(kept, entry)
      return
    }
    const kept = (entry.kind === "turn" && begun(entry)) || runs.get(entry.run)
    if (!kept) return
    all.set(entry.workspace, runs.set(entry.run, kept))
    if (entry.kind === "turn") addTurn(kept, entry, limits.recordBytes)
    else kept.row = ended(kept, entry)
    while (runs.size > 1 && (runs.size > limits.workspaceRuns || bytesOf(runs.values()) > limits.workspaceBytes)) {
      const [oldest] = [...runs.values()].sort(newestFirst).toReversed()
      if (oldest) runs.delete(oldest.row.run)
    }
  }
  return {
    put: async (entries) => {
      for (const entry of entries) put(entry)
    },
    list: async (workspace, { panel, handler, before, since, after, limit }) => {
      const found = [...(all.get(workspace)?.values() ?? [])]
        .filter(
          ({ row }) =>
            (panel === undefined || row.panel === panel) &&
            (handler === undefined || row.handler === handler) &&
            (before === undefined || row.at < before) &&
            (after === undefined || row.at < after.at || (row.at === after.at && row.run < after.run)) &&
            (since === undefined || row.at >= since),
        )
        .sort(newestFirst)
      return { runs: found.slice(0, limit).map(({ row }) => toSummary(row)), more: found.length > limit }
    },
    read: async (workspace, run) => {
      const kept = all.get(workspace)?.get(run)
      return kept && toRecord({ ...kept, steps: [...kept.steps.values()] })
    },
    workspaces: async () => [...all.keys()].sort(),
    forget: async (workspace) => {
      all.delete(workspace)
    },
    close: async () => undefined,
  }
}

function begun({ head, run, at, status, seq }: RecordedTurn): Kept | undefined {
  if (!head) return undefined
  const { panel, handler, source, body, whole } = head
  const row = { run, panel, handler, at, status, seq, turns: 0, endedAt: undefined, failure: undefined, head: body }
  return { row: { ...row, cut: whole ? undefined : cutReason("arguments") }, source, steps: new Map() }
}

function addTurn(kept: Kept, { turn, seq, status, body }: RecordedTurn, most: number): void {
  const { row, steps } = kept
  const others = [...steps.values()].filter((step) => step.turn !== turn)
  const fits = body !== undefined && bytesOf([{ ...kept, steps: new Map(others.entries()) }]) + body.length <= most
  const cut = !fits ? cutReason("large") : turn > row.turns ? cutReason("gap") : undefined
  kept.row = {
    ...row,
    status,
    turns: Math.max(row.turns, turn + 1),
    seq: Math.max(row.seq, seq),
    cut: row.cut ?? cut,
  }
  if (fits) steps.set(turn, { turn, seq, body })
}

function ended({ row }: Kept, { at, status, failure, turns, seq }: RecordedEnd): RecordRow {
  return {
    ...row,
    status,
    endedAt: at,
    failure: failure && JSON.stringify(failure),
    turns: Math.max(row.turns, turns),
    seq: Math.max(row.seq, seq),
    cut: row.cut ?? (turns > row.turns ? cutReason("gap") : undefined),
  }
}

function opened({ row }: Kept, { at, going, failure }: RecordedOpening): RecordRow {
  if (row.status !== "waiting" || going.includes(row.run)) return row
  return { ...row, status: "failed", endedAt: at, failure: JSON.stringify(failure) }
}

function bytesOf(runs: Iterable<Kept>): number {
  let bytes = 0
  for (const { row, steps } of runs) {
    bytes += row.head.length
    for (const { body } of steps.values()) bytes += body.length
  }
  return bytes
}

function newestFirst(a: Kept, b: Kept): number {
  return b.row.at - a.row.at || (b.row.run < a.row.run ? -1 : 1)
}
