import type { ValueStore } from "../../storage/journal.ts"
import { WaitingRun } from "./waiting-run.ts"

/**
 * The waiting runs of one workspace, durable beside its journal. They stand in the journal's value store, in a space that
 * no handler can name: one file, one durable writer, and every journal keeps them. `acceptance/waiting-store.ts` holds
 * each journal to it.
 */
export interface WaitingStore {
  /** Resolves when the run would survive a power cut. A run is there once, as it was saved last. */
  save(run: WaitingRun): Promise<void>
  remove(run: string): Promise<void>
  list(): Promise<readonly WaitingRun[]>
}

const SPACE = "waiting-runs"
/** More waiting runs than this are no longer kept; they wait in memory alone. */
export const MAX_KEPT_RUNS = 1000

export function createWaitingStore(values: ValueStore, workspace: string, log: Log): WaitingStore {
  return {
    save: (run) => values.set(workspace, SPACE, run.run, JSON.stringify(run)),
    remove: (run) => values.set(workspace, SPACE, run, undefined),
    list: async () => {
      const runs: WaitingRun[] = []
      for (const [run, text] of await values.list(workspace, SPACE, "", MAX_KEPT_RUNS)) {
        const read = WaitingRun.safeParse(JSON.parse(text))
        if (read.success) runs.push(read.data)
        else log("a waiting run cannot be read", { workspace, run, error: read.error.message })
      }
      return runs
    },
  }
}

type Log = (message: string, detail: object) => void

/** Whether a workspace has runs to go on with, without reading them. */
export async function hasWaitingRuns(values: ValueStore, workspace: string): Promise<boolean> {
  return (await values.list(workspace, SPACE, "", 1)).length > 0
}
