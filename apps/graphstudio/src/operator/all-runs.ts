import type { RunRecordSummary } from "@nexus/protocol"

/** A run, and the workspace it was in. */
export interface PlacedRun extends RunRecordSummary {
  readonly workspace: string
}

export interface RunFilter {
  /** Nothing: in all of them. */
  readonly workspace: string
  readonly status: RunRecordSummary["status"] | "all"
  /** In its panel, its handler, or who set it off. */
  readonly text: string
}

/** The runs of all workspaces as one list, newest first. */
export function placed(runs: readonly { readonly workspace: string; readonly runs: readonly RunRecordSummary[] }[]) {
  const all = runs.flatMap(({ workspace, runs }) => runs.map((run): PlacedRun => ({ ...run, workspace })))
  return all.sort((a, b) => b.at - a.at)
}

export function chooseRuns(runs: readonly PlacedRun[], { workspace, status, text }: RunFilter): readonly PlacedRun[] {
  const wanted = text.trim().toLowerCase()
  return runs.filter((run) => {
    if (workspace !== "" && run.workspace !== workspace) return false
    if (status !== "all" && run.status !== status) return false
    return [run.title, run.handler, run.person?.name ?? ""].some((part) => part.toLowerCase().includes(wanted))
  })
}
